import { counted } from "../../../text/format.ts";
import { cantTell, DOCS, found, ok, type FindingKind, type Moment } from "../finding.ts";
import { START_CODE } from "./first-start-not-retried.ts";
import { gaveUpAt, lossesOf, triesIn } from "../history-parts.ts";

/** Fewer are no waste: the browser may be wrong for a moment. */
const MANY = 3;

export const retriesWhileOffline: FindingKind = {
  group: "retry",
  subject: "Retries while offline",
  title: "Retries while the browser is offline",
  when: "three or more attempts began while the browser said that it is offline",
  why: "No attempt can succeed without a network. Attempts in that time use up the retry policy and, on a phone, the battery; when the network is back, the client may have given up or wait for its longest delay.",
  link: `${DOCS}aspnet/core/signalr/javascript-client#automatically-reconnect`,
  scenario: "wifi-drop-60s",
  check(history) {
    const losses = lossesOf(history);
    const offline = history.pages.flatMap((page) => page.offline.map((span) => ({ page, span })));
    const seen = losses.flatMap(({ hub, interruption }) =>
      offline
        .filter(({ page }) => page.id === hub.page)
        .flatMap(({ span }) => {
          const from = Math.max(span.from, interruption.from);
          const to = Math.min(span.until ?? history.now, interruption.until ?? history.now);
          return from >= to ? [] : [{ hub, interruption, to, tries: triesIn(hub, from, to) }];
        }),
    );
    if (seen.length === 0) return cantTell("The browser was not offline while a connection was lost.");
    const many = seen.filter(({ tries }) => tries.length >= MANY);
    if (many.length === 0)
      return ok("The client didn't retry again and again while the browser was offline.");
    const most = Math.max(...many.map(({ tries }) => tries.length));
    const gaveUp = many.some(({ hub, interruption, to }) => (gaveUpAt(hub, interruption) ?? Infinity) <= to);
    return found(
      gaveUp ? "high" : "low",
      `${counted(most, "attempt")} while the browser was offline${gaveUp ? ": the client gave up before the network was back" : ""}.`,
      {
        measured: [{ label: "Attempts while offline", value: most, unit: "count" }],
        moments: many.flatMap(({ hub, tries, interruption }) =>
          tries.map((one): Moment => ({
            t: one.startedAt,
            hubKey: hub.key,
            key: interruption.key,
            text: `Attempt ${one.number} while offline`,
          })),
        ),
        changes: [
          {
            where: "client",
            text: "Use long delays while navigator.onLine is false, and start again on the online event.",
            snippet: { language: "ts", code: ONLINE_CODE },
          },
        ],
      },
    );
  },
};

const ONLINE_CODE = `${START_CODE}

addEventListener("online", async () => {
  // A client that waits for its next retry can't be hurried: stop it first.
  if (connection.state === signalR.HubConnectionState.Reconnecting) await connection.stop();
  if (connection.state === signalR.HubConnectionState.Disconnected) await startUntilConnected();
});`;
