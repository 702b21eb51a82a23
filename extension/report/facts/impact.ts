/** What an interruption cost the app, in short: the card of the panel says it at length. */
import type { Trouble } from "../../core/diagnosis/hang.ts";
import type { CallModel } from "../../core/model/types.ts";
import { about, counted, whole } from "../../core/text/format.ts";
import { shortened } from "../../core/text/shortened.ts";
import { visibleText } from "../../core/text/visible-text.ts";

const MAX_NAMES = 3;
const LONGEST_NAME = 60;

/** Empty: nothing is known to be lost. */
export function impactOf(one: Trouble): string[] {
  if (one.kind !== "interruption") return [];
  const { pending, missedEstimate, notRepeated, swallowed } = one;
  const lost = pending.filter(({ fate }) => fate === "lost");
  const missed = about(missedEstimate ?? 0);
  const held = swallowed.in + swallowed.out;
  return [
    lost.length > 0 && `${counted(lost.length, "call")} lost in flight (${targets(lost)})`,
    missed > 0 && `about ${counted(missed, "message")} missed`,
    held > 0 && `${whole(held)} swallowed by a fault`,
    notRepeated !== null &&
      notRepeated.length > 0 &&
      `not called again with the new id: ${listed(notRepeated)}`,
  ].filter((part) => typeof part === "string");
}

const targets = (calls: readonly CallModel[]): string =>
  listed([...new Set(calls.map(({ target }) => target))]);

const listed = (names: readonly string[]): string =>
  [
    ...names.slice(0, MAX_NAMES).map((name) => shortened(visibleText(name), LONGEST_NAME)),
    ...(names.length > MAX_NAMES ? [`${names.length - MAX_NAMES} more`] : []),
  ].join(", ");
