/** The weight of an interruption in words. */
import type { EndReason, Work } from "../core/diagnosis/weight/steady.ts";
import type { Weight } from "../core/diagnosis/weight/weight.ts";
import { bytes, counted, duration } from "../core/text/format.ts";
import type { Bytes } from "../core/units.ts";
import { visibleText } from "../core/text/visible-text.ts";

/** How many methods are listed by name. */
const MAX_METHODS = 8;

/** @returns for example "GetBoard ×12, Join ×2" */
export function methodsOf({ methods }: Pick<Work, "methods">): string {
  const names = methods.map(({ target, count }) => `${visibleText(target)}${count > 1 ? ` ×${count}` : ""}`);
  const hidden = names.length - MAX_METHODS;
  return hidden > 0 ? `${names.slice(0, MAX_METHODS).join(", ")} and ${hidden} more` : names.join(", ");
}

/** When the traffic was steady, after the time from the loss to then. */
export function steadyWords({ lostAt, connectedAt, steady, usual }: Weight): string {
  const connected = `${duration(connectedAt - lostAt)} to connect`;
  const time = Math.max(0, steady.t - connectedAt);
  const after = duration(time);
  switch (steady.kind) {
    case "steady":
      if (time === 0) return `until steady again: ${connected}, and steady at once`;
      return `until steady again: ${connected}, then ${after} until all calls were answered and ${
        usual ? "traffic was as in the minute before" : "none was made for 2 s"
      }`;
    case "never":
      return `${connected}. Not steady a minute later: ${
        steady.open === null
          ? usual
            ? "there was more traffic than in the minute before"
            : "the app made one call after the other"
          : `${visibleText(steady.open)} had no answer yet`
      }`;
    case "unknown":
      return `${connected}. When traffic was steady isn\u2019t known: ${UNKNOWN[steady.why](after)}`;
  }
}

const UNKNOWN: Readonly<Record<EndReason, (after: string) => string>> = {
  "lost-again": (after) => `the connection was lost again ${after} later`,
  stopped: (after) => `the connection was stopped ${after} later`,
  "page-ended": (after) => `the page was left ${after} later`,
  "recording-ended": (after) => `only ${after} after that are recorded`,
  counted: (after) => `from ${after} later on messages were only counted`,
  removed: () => "messages of that time were removed from the recording, which was too large",
};

/** A call or two and some bytes aren't compared: they are light in any case. */
export const isWorthTelling = (calls: number, size: Bytes): boolean => calls >= 3 || size >= 10_000;

/** "As heavy as": within a quarter. */
const CLOSE = 0.25;
const FEW_BYTES = 1_000;

/** null: one of them isn't known, or there is nothing to compare. */
export function comparedToStart({
  work,
  firstStart,
  steady,
}: Weight): { readonly figure: string; readonly text: string } | null {
  if (!firstStart || firstStart.took === null || steady.kind !== "steady") return null;
  const { took } = firstStart;
  const [now, first] = [work, firstStart];
  if (!isWorthTelling(Math.max(now.calls, first.calls), Math.max(now.in.bytes, first.in.bytes))) return null;
  const isClose = (a: number, b: number, least: number): boolean =>
    Math.abs(a - b) <= Math.max(least, b * CLOSE);
  const start = `the first start: ${counted(first.calls, "call")}, ${bytes(first.in.bytes)} received, ${duration(took)}`;
  if (isClose(now.calls, first.calls, 0) && isClose(now.in.bytes, first.in.bytes, FEW_BYTES))
    return { figure: "≈", text: `as heavy as ${start}` };
  if (now.calls <= first.calls && now.in.bytes <= first.in.bytes)
    return { figure: "<", text: `lighter than ${start}` };
  if (now.calls >= first.calls && now.in.bytes >= first.in.bytes)
    return { figure: ">", text: `heavier than ${start}` };
  return { figure: "≠", text: `compared with ${start}` };
}
