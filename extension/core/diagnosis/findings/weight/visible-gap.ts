import { awakeTime } from "../../../model/awake.ts";
import { downFrom, type Gap } from "../../../model/downtime.ts";
import type { PageModel } from "../../../model/types.ts";
import { counted, duration } from "../../../text/format.ts";
import type { Milliseconds } from "../../../units.ts";
import { cantTell, DOCS, found, momentOf, ok, type FindingKind } from "../finding.ts";
import { lossesOf, type Lost } from "../history-parts.ts";

/** A restart of a server takes some seconds; a user waits that long. */
const LONG: Milliseconds = 10_000;
const VERY_LONG: Milliseconds = 60_000;

export const visibleGap: FindingKind = {
  group: "weight",
  subject: "What the user sees of a loss",
  title: "The page was visible without a connection for long",
  when: "a page was visible and without a connection for 10 s, not counting time offline and injected faults",
  why: "While the page is visible and not connected it shows old data. A user who isn't told decides by it, and what they do may be lost.",
  link: `${DOCS}aspnet/core/signalr/javascript-client#reconnect-clients`,
  scenario: "crash",
  check({ hubs, pages, now, ...rest }) {
    const losses = lossesOf({ hubs, pages, now, ...rest });
    if (losses.length === 0) return cantTell("The connection was never lost.");
    const gaps = losses.map((lost) => ({
      ...lost,
      gap: visibleOf(
        lost,
        pages.find(({ id }) => id === lost.hub.page),
        now,
      ),
    }));
    const long = gaps.filter(({ gap }) => gap >= LONG);
    const worst = [...gaps].sort((a, b) => b.gap - a.gap)[0];
    if (long.length === 0 || !worst)
      return ok(`A visible page was without a connection for ${duration(worst?.gap ?? 0)} at most.`);
    return found(
      worst.gap >= VERY_LONG ? "medium" : "low",
      `The page was visible and without a connection for ${duration(worst.gap)}, not counting time offline and injected faults.`,
      {
        measured: [
          { label: "Longest visible gap", value: Math.round(worst.gap), unit: "ms" },
          { label: "Gaps over 10 s", value: long.length, unit: "count" },
          { label: "Losses", value: losses.length, unit: "count" },
        ],
        moments: long.map(({ interruption, gap }) =>
          momentOf(
            interruption,
            `${duration(gap)} visible without a connection, ${counted(interruption.attempts.length, "attempt")}`,
          ),
        ),
        changes: [
          {
            where: "client",
            text: "Show that the page isn't live, and offer to try now: the next automatic attempt may be half a minute away.",
            snippet: { language: "ts", code: BANNER },
          },
          {
            where: "client",
            text: "Fetch what users need most over HTTP while there is no connection.",
          },
        ],
      },
    );
  },
};

const BANNER = `connection.onreconnecting(() => showBanner("Connection lost. Reconnecting…"));
connection.onreconnected(() => hideBanner());
connection.onclose(() => showBanner("Not connected.", { button: "Try again", onClick: () => connection.start() }));`;

/** Without the time offline, and without that of Hubscope's faults. */
function visibleOf({ interruption }: Lost, page: PageModel | undefined, now: number): Milliseconds {
  const { until, outcome } = interruption;
  // What the app or the server ended for good isn't waited for.
  if (outcome === "stopped-by-app" || outcome === "closed-by-server" || !page) return 0;
  const excused = [...page.offline, ...page.faults].map(({ from, until: end }): Gap => ({
    from,
    until: end ?? now,
  }));
  return awakeTime(page, downFrom(interruption), until ?? now, excused);
}
