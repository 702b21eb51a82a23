/** The formats by the names that a user types: "trace" for trace.json, "csv" for every CSV file. */
import { EXPORT_FORMATS, type ExportKind } from "./export-formats.ts";

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
  const several = KINDS.map(last).filter((end) => kindsNamed(end).length > 1);
  return [...new Set([...singleFormatNames(), ...several])];
}

/** A short name for each format. */
export const singleFormatNames = (): readonly string[] =>
  KINDS.map((kind) => (kindsNamed(first(kind)).join() === kind ? first(kind) : kind));
