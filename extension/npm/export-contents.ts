/** What of a recording `writeExport` writes, by its options. They come from JavaScript, so any value may stand there. */
import type { ExportKind } from "../export/export-formats.ts";
import { kindsNamed, singleFormatNames } from "../export/format-names.ts";
import { namedMasks } from "../export/masks/named-masks.ts";
import type { OpenedRecording } from "../export/open-recording.ts";
import type { ExportContents } from "../export/write-export.ts";
import type { ExportOptions } from "./core-api.ts";

/** @throws Error: there is no such format, or the name is that of several */
export function kindNamed(format: string): ExportKind {
  const [kind, ...others] = kindsNamed(format);
  if (kind !== undefined && others.length === 0) return kind;
  const several = kind === undefined ? "" : ` alone: it stands for ${[kind, ...others].join(", ")}`;
  throw new Error(`There is no format "${format}"${several}. There are ${singleFormatNames().join(", ")}.`);
}

/** @throws Error, TypeError: an option is wrong */
export function contentsOf(
  recording: Pick<OpenedRecording, "from" | "to">,
  { payloads = true, from, to, replace = [], replaceFields = [] }: ExportOptions,
): ExportContents {
  const range = { from: from ?? recording.from, to: to ?? recording.to };
  for (const [name, time] of Object.entries(range))
    if (!Number.isFinite(time)) throw new TypeError(`${name}: it is no number of milliseconds since 1970.`);
  if (range.from > range.to) throw new Error("from is later than to.");
  const named = namedMasks(replace, replaceFields);
  if ("problem" in named)
    throw new Error(`replace${named.wrong === "field" ? "Fields" : ""}: ${named.problem}`);
  const isPart = from !== undefined || to !== undefined;
  return { payloads, masks: named.masks, ...(isPart ? { range } : {}) };
}
