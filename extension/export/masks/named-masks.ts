/** Masks by the names that a user gives: on the command line, and in `hubscope/core`. */
import { problemOfPath } from "./mask-fields.ts";
import { NO_MASKS, type Masks } from "./masks.ts";

export const MASK_NAMES = ["hosts", "connection-ids", "emails", "numbers"] as const;

export type MaskName = (typeof MASK_NAMES)[number];

const MASK_OF: Readonly<Record<MaskName, Exclude<keyof Masks, "fields">>> = {
  hosts: "hosts",
  "connection-ids": "connectionIds",
  emails: "emails",
  numbers: "numbers",
};

/** What of these names is wrong, in words for the user. */
interface NoMasks {
  readonly wrong: "kind" | "field";
  readonly problem: string;
}

export type NamedMasks = { readonly masks: Masks } | NoMasks;

/** The parser lists everything that could stand there. */
const LONGEST_REASON = 80;

const beginningOf = (reason: string): string =>
  reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason;

const isMaskName = (name: string): name is MaskName => MASK_NAMES.some((known) => known === name);

/** @param fields JSONPath expressions: what they find in the payload of a message is replaced */
export function namedMasks(names: readonly string[], fields: readonly string[]): NamedMasks {
  const masks = { ...NO_MASKS, fields };
  for (const name of names) {
    if (!isMaskName(name))
      return { wrong: "kind", problem: `there is no ${name}, only ${MASK_NAMES.join(", ")}.` };
    masks[MASK_OF[name]] = true;
  }
  for (const path of fields) {
    const problem = problemOfPath(path);
    if (problem !== null)
      return { wrong: "field", problem: `\`${path}\` is no JSONPath: ${beginningOf(problem)}` };
  }
  return { masks };
}
