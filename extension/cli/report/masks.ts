/** What of a recording is replaced, by the options of the command line. */
import { problemOfPath } from "../../export/masks/mask-fields.ts";
import { NO_MASKS, type Masks } from "../../export/masks/masks.ts";
import { usageError } from "../exit.ts";

const NAMES: Readonly<Record<string, Exclude<keyof Masks, "fields">>> = {
  hosts: "hosts",
  "connection-ids": "connectionIds",
  emails: "emails",
  numbers: "numbers",
};

export const MASK_NAMES = Object.keys(NAMES);

/** The parser lists everything that could stand there. */
const LONGEST_REASON = 80;

const beginningOf = (reason: string): string =>
  reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason;

/** @throws Failure: there is no such kind, or a path is wrong */
export function readMasks(kinds: string | undefined, fields: readonly string[] = []): Masks {
  const chosen = (kinds ?? "").split(",").filter((name) => name.trim() !== "");
  const masks = { ...NO_MASKS, fields };
  for (const name of chosen) {
    const kind = Object.hasOwn(NAMES, name.trim()) ? NAMES[name.trim()] : undefined;
    if (!kind) throw usageError(`--replace: there is no ${name.trim()}, only ${MASK_NAMES.join(", ")}.`);
    masks[kind] = true;
  }
  for (const path of fields) {
    const problem = problemOfPath(path);
    if (problem !== null)
      throw usageError(`--replace-field: \`${path}\` is no JSONPath: ${beginningOf(problem)}`);
  }
  return masks;
}
