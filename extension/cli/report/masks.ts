/** What of a recording is replaced, by the options of the command line. */
import type { Masks } from "../../export/masks/masks.ts";
import { MASK_NAMES, namedMasks } from "../../export/masks/named-masks.ts";
import { usageError } from "../exit.ts";

/** @throws Failure: there is no such kind, or a path is wrong */
export function readMasks(kinds: string | undefined, fields: readonly string[] = []): Masks {
  const names = (kinds ?? "").split(",").flatMap((name) => name.trim() || []);
  // As of a variable that isn't set: more would leave than is wanted.
  if (kinds !== undefined && names.length === 0)
    throw usageError(`--replace is empty: name ${MASK_NAMES.join(", ")}, or leave it out.`);
  const named = namedMasks(names, fields);
  if ("masks" in named) return named.masks;
  throw usageError(`--replace${named.wrong === "field" ? "-field" : ""}: ${named.problem}`);
}
