/** The formats that are wanted, by the option of the command line. */
import type { ExportKind } from "../../export/export-formats.ts";
import { formatNames, kindsNamed } from "../../export/format-names.ts";
import { usageError } from "../exit.ts";

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
