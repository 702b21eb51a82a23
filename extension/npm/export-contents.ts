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

const OPTIONS: readonly string[] = [
  "payloads",
  "from",
  "to",
  "replace",
  "replaceFields",
] satisfies (keyof ExportOptions)[];

/** @throws Error, TypeError: an option is wrong. A wrong one that is passed over would let more out than is wanted. */
export function contentsOf(
  recording: Pick<OpenedRecording, "from" | "to">,
  options: ExportOptions,
): ExportContents {
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`There is no option "${unknown}". There are ${OPTIONS.join(", ")}.`);
  const { payloads = true } = options;
  if (typeof payloads !== "boolean") throw new TypeError("payloads: it is neither true nor false.");
  const names = textsOf("replace", options.replace);
  const named = namedMasks(names, textsOf("replaceFields", options.replaceFields));
  if ("problem" in named)
    throw new Error(`replace${named.wrong === "field" ? "Fields" : ""}: ${named.problem}`);
  return { payloads, masks: named.masks, ...partOf(recording, options) };
}

function textsOf(option: string, value: unknown = []): readonly string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value;
  throw new TypeError(`${option}: it is no array of texts.`);
}

function partOf(
  recording: Pick<OpenedRecording, "from" | "to">,
  { from, to }: ExportOptions,
): Pick<ExportContents, "range"> {
  for (const [name, time] of Object.entries({ from, to }))
    if (time !== undefined && !Number.isFinite(time))
      throw new TypeError(`${name}: it is no number of milliseconds since 1970.`);
  if (from !== undefined && to !== undefined && from > to) throw new Error("from is later than to.");
  const begin = from ?? Math.min(recording.from, to ?? Infinity);
  const end = to ?? Math.max(recording.to, from ?? -Infinity);
  const isWhole = begin <= recording.from && end >= recording.to;
  return isWhole ? {} : { range: { from: begin, to: end } };
}
