import { counted, duration } from "../../../text/format.ts";
import type { Milliseconds } from "../../../units.ts";
import { cantTell, DOCS, found, momentOf, okSoFar, type FindingKind } from "../finding.ts";
import { isConnected, lostBy, naturalLosses } from "../natural.ts";

/** Chromium freezes hidden tabs after some minutes. */
const HIDDEN_LONG: Milliseconds = 5 * 60_000;

export const freezeWithoutLock: FindingKind = {
  group: "timing",
  subject: "Sleeping tabs",
  title: "The browser froze the tab and ended the connection",
  when: "the browser froze the tab, and the connection ended by it",
  why: "A hidden tab is frozen to save energy, unless it does something that users would miss. Its connection ends, and it learns of nothing until it is looked at again.",
  link: `${DOCS}aspnet/core/signalr/javascript-client#bsleep`,
  scenario: "tab-suspended",
  check(history) {
    if (!isConnected(history)) return cantTell("Nothing was connected.");
    const frozen = lostBy(naturalLosses(history), ["tab-frozen"]);
    if (frozen.length === 0) {
      const longest = longestHidden(history);
      return longest >= HIDDEN_LONG
        ? okSoFar(`The page was hidden for ${duration(longest)} and wasn't frozen.`)
        : cantTell("The page was never hidden for as long as browsers wait before they freeze it.");
    }
    const asleep = frozen.flatMap(({ interruption: { from, silentFrom } }) =>
      silentFrom === null ? [] : [from - silentFrom],
    );
    return found(
      "medium",
      `${counted(frozen.length, "connection")} ended because the tab was frozen${asleep.length > 0 ? `, for ${duration(Math.max(...asleep))} at most` : ""}: nothing kept it awake.`,
      {
        measured: [
          { label: "Lost by freezing", value: frozen.length, unit: "count" },
          { label: "Longest freeze", value: Math.round(Math.max(0, ...asleep)), unit: "ms" },
        ],
        moments: frozen.map(({ interruption, verdict }) => momentOf(interruption, verdict.title)),
        changes: [
          {
            where: "client",
            text: "If users need the messages of a hidden tab, hold a Web Lock while connected: most browsers don't freeze a tab that has one.",
            snippet: { language: "ts", code: LOCK },
          },
          {
            where: "client",
            text: "Otherwise expect it: fetch what was missed when the page is looked at again.",
          },
        ],
      },
    );
  },
};

const LOCK = `let release: () => void;
navigator.locks?.request("signalr-connection", { mode: "shared" }, () => new Promise<void>((resolve) => (release = resolve)));
connection.onclose(() => release());`;

/** Not frozen, and not by a fault. */
function longestHidden({ pages, from, now }: Parameters<typeof freezeWithoutLock.check>[0]): Milliseconds {
  const spans = pages.flatMap(({ visibility }) =>
    visibility.filter(({ state, fault }) => state === "hidden" && fault === null),
  );
  return Math.max(0, ...spans.map((span) => (span.until ?? now) - Math.max(from, span.from)));
}
