import { duration } from "../../../text/format.ts";
import { downFrom } from "../../../model/downtime.ts";
import type { PageModel } from "../../../model/types.ts";
import type { EpochMilliseconds, Milliseconds } from "../../../units.ts";
import { cantTell, DOCS, found, momentOf, ok, type FindingKind } from "../finding.ts";
import { START_CODE } from "./first-start-not-retried.ts";
import { downtimesIn, triesIn } from "../history-parts.ts";

/** Users who come back wait no longer than this before they reload. */
const PATIENCE: Milliseconds = 10_000;

export const noRecoveryOnReturn: FindingKind = {
  group: "retry",
  subject: "Recovery on return",
  title: "No attempt when the page or the network comes back",
  when: "the page was shown, the tab resumed, or the network came back while the connection was lost, and no attempt began in the next 10 s",
  why: "A tab that resumes or a network that returns is the best moment to connect: the user looks at the page just then. A client that has given up, or waits for a long delay, lets that moment pass.",
  link: `${DOCS}aspnet/core/signalr/javascript-client#bsleep`,
  scenario: "laptop-lid",
  check(history) {
    const returns = downtimesIn(history).flatMap(({ hub, one }) => {
      const page = history.pages.find(({ id }) => id === hub.page);
      if (!page) return [];
      const until = Math.min(one.until ?? history.now, page.endedAt ?? Infinity, history.now);
      return returnsOf(page)
        .filter(({ t }) => t > downFrom(one) && t < until)
        .map(({ t, what }) => {
          const next = triesIn(hub, t - 500, until)[0]?.startedAt ?? null;
          return { one, t, what, wait: (next ?? until) - t, tried: next !== null };
        });
    });
    // Whether an attempt follows in time shows only if the connection was followed for so long.
    const known = returns.filter(({ tried, wait }) => tried || wait >= PATIENCE);
    if (known.length === 0)
      return cantTell("No page came back, and no network, while a connection was lost.");
    const late = known.filter(({ wait }) => wait >= PATIENCE);
    const [first] = late;
    if (!first) return ok("The client tried to connect right after the return.");
    const worst = late.reduce((a, b) => (b.wait > a.wait ? b : a), first);
    const never = late.some(({ tried }) => !tried);
    return found(
      never ? "high" : "medium",
      worst.tried
        ? `The next attempt came ${duration(worst.wait)} after ${worst.what}.`
        : `No attempt in the ${duration(worst.wait)} after ${worst.what}.`,
      {
        measured: [
          { label: "Returns without a quick attempt", value: late.length, unit: "count" },
          { label: "Longest time until an attempt", value: worst.wait, unit: "ms" },
        ],
        moments: late.map(({ one, t, what, wait, tried }) =>
          momentOf(
            one,
            `${sentence(what)}; ${tried ? `next attempt after ${duration(wait)}` : "no attempt"}`,
            t,
          ),
        ),
        changes: [
          {
            where: "client",
            text: "Start the connection again when the page becomes visible, resumes or comes online.",
            snippet: { language: "ts", code: RETURN_CODE },
          },
        ],
      },
    );
  },
};

interface Return {
  readonly t: EpochMilliseconds;
  /** After "after". */
  readonly what: string;
}

/** When the page was shown or resumed, and when the network was back. */
function returnsOf({ visibility, offline }: PageModel): Return[] {
  const shown = visibility.flatMap((span, i): Return[] => {
    const before = visibility[i - 1];
    if (span.state !== "visible" || !before) return [];
    const frozen = before.state === "frozen" || visibility[i - 2]?.state === "frozen";
    return [{ t: span.from, what: frozen ? "the tab resumed" : "the page was shown again" }];
  });
  const online = offline.flatMap(({ until }): Return[] =>
    until === null ? [] : [{ t: until, what: "the browser was online again" }],
  );
  return [...shown, ...online].sort((a, b) => a.t - b.t);
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const RETURN_CODE = `${START_CODE}

for (const [target, event] of [
  [document, "visibilitychange"],
  [document, "resume"],
  [window, "online"],
] as const)
  target.addEventListener(event, () => {
    if (!document.hidden && connection.state === signalR.HubConnectionState.Disconnected)
      void startUntilConnected();
  });`;
