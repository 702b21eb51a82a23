/** The formats by the names that a user types: "trace" for trace.json, "csv" for every CSV file. */
import { EXPORT_FORMATS, type ExportKind } from "../../export/export-formats.ts";
import { usageError } from "../exit.ts";

const KINDS: readonly ExportKind[] = EXPORT_FORMATS.map(({ kind }) => kind);

const first = (kind: string): string => kind.split(".")[0] ?? kind;
const last = (kind: string): string => kind.split(".").at(-1) ?? kind;

/** Empty: there is no such format. A whole kind comes before its beginning, and that before its end. */
export function kindsNamed(name: string): readonly ExportKind[] {
  const whole = KINDS.filter((kind) => kind === name);
  if (whole.length > 0) return whole;
  const begins = KINDS.filter((kind) => first(kind) === name);
  return begins.length > 0 ? begins : KINDS.filter((kind) => last(kind) === name && kind !== name);
}

/** A short name for each format, and one for those that belong together. */
export function formatNames(): readonly string[] {
  const names = KINDS.map((kind) =>
    kindsNamed(first(kind))[0] === kind && kindsNamed(first(kind)).length === 1 ? first(kind) : kind,
  );
  const several = KINDS.map(last).filter((end) => kindsNamed(end).length > 1);
  return [...new Set([...names, ...several])];
}

/** @param value such as "html,csv" */
export function readFormats(value: string): readonly ExportKind[] {
  const kinds = value.split(",").flatMap((name) => {
    const named = kindsNamed(name.trim().toLowerCase());
    if (named.length === 0)
      throw usageError(`there is no format "${name}". There are ${formatNames().join(", ")}.`);
    return named;
  });
  return [...new Set(kinds)];
}
