import { counted, duration } from "../../../text/format.ts";
import { cantTell, DOCS, found, momentOf, notApplicable, ok, type FindingKind } from "../finding.ts";
import { gaveUpAt, isBlazor, lossesOf, type Lost } from "../history-parts.ts";
import { policySnippet } from "./policy-snippet.ts";

/** The delays of withAutomaticReconnect() without arguments: after the fourth try the client gives up. */
const DEFAULT_DELAYS = [0, 2_000, 10_000, 30_000];
/** A policy of the app's own seldom begins with the same three delays. */
const ALIKE = 3;

export const givesUp: FindingKind = {
  group: "retry",
  subject: "Retries until it is connected",
  title: "Gives up reconnecting",
  when: "the retry policy ended before the connection was back; or, inferred, its first three delays are those of the default policy, which gives up after four attempts",
  why: "Outages last longer than a few retries: a deployment, a train in a tunnel, a closed lid. A client that gives up stays disconnected although the server is back.",
  link: `${DOCS}aspnet/core/signalr/javascript-client#automatically-reconnect`,
  scenario: "wifi-drop-60s",
  check(history) {
    if (isBlazor(history))
      return notApplicable("Blazor has its own retries: see the circuit in Connections.");
    const losses = lossesOf(history).filter(({ hub }) => hub.hasReconnectPolicy !== false);
    const ends = losses.flatMap(({ hub, interruption }) => {
      const at = gaveUpAt(hub, interruption);
      return at === null || interruption.attempts.length === 0 ? [] : [{ hub, interruption, at }];
    });
    const changes = [
      {
        where: "client",
        text: "Give withAutomaticReconnect() a policy that never returns null, or call start() again in onclose.",
        snippet: policySnippet(history.url),
      },
    ] as const;
    const [first] = ends;
    if (first) {
      const { interruption, at } = first;
      const tried = counted(interruption.attempts.length, "attempt");
      return found(
        "high",
        `The client gave up ${duration(at - interruption.from)} after the loss, after ${tried}.`,
        {
          measured: [
            { label: "Times given up", value: ends.length, unit: "count" },
            { label: "From the loss until it gave up", value: at - interruption.from, unit: "ms" },
            { label: "Attempts until then", value: interruption.attempts.length, unit: "count" },
          ],
          moments: ends.map((one) => momentOf(one.interruption, "Gave up", one.at)),
          changes,
        },
      );
    }
    const like = losses.filter(isDefault);
    if (like.length > 0)
      return found(
        "medium",
        "The retry delays are those of withAutomaticReconnect() without arguments: 0, 2, 10, 30 s. After the fourth attempt the client gives up (inferred).",
        {
          measured: [{ label: "Losses with these delays", value: like.length, unit: "count" }],
          moments: like.map(({ interruption }) => momentOf(interruption, "Delays 0, 2, 10 s")),
          changes,
        },
      );
    const most = Math.max(0, ...losses.map(({ interruption }) => interruption.attempts.length));
    if (most > DEFAULT_DELAYS.length) return ok(`The client was still trying at attempt ${most}.`);
    return cantTell(
      losses.length === 0
        ? "The connection was never lost."
        : `No loss took more than ${counted(most, "attempt")}: whether the client would give up doesn't show.`,
    );
  },
};

function isDefault({ interruption: { attempts } }: Lost): boolean {
  const planned = attempts.flatMap(({ origin, planned: delay }) =>
    origin === "retry" && delay !== null ? [delay] : [],
  );
  return planned.length >= ALIKE && planned.every((delay, i) => delay === DEFAULT_DELAYS[i]);
}
