import { about, counted } from "../../../text/format.ts";
import { cantTell, DOCS, found, momentOf, notApplicable, ok, type FindingKind } from "../finding.ts";
import { isBlazor, lossesOf } from "../history-parts.ts";
import { hasNewId, isBack, missedIn } from "../loss-cost.ts";

export const messagesMissed: FindingKind = {
  group: "state",
  subject: "Missed messages",
  title: "Missed messages aren't fetched",
  when: "messages arrived regularly before a loss, the connection came back with a new id, and no method was called in the next 10 s",
  why: "SignalR doesn't keep messages for a client that isn't connected. After a loss with a new id the page shows old data until the next change, unless it asks for what it has missed.",
  link: `${DOCS}azure/azure-signalr/signalr-concept-client-disconnections`,
  scenario: "wifi-drop-60s",
  check(history) {
    if (isBlazor(history)) return notApplicable("A Blazor circuit keeps what is not rendered yet.");
    const back = lossesOf(history).filter((lost) => isBack(lost));
    if (back.length === 0) return cantTell("No lost connection came back.");
    if (!back.some(({ interruption }) => hasNewId(interruption)))
      return ok("The connection came back with its old id each time: nothing was missed.");
    const missed = back.flatMap((lost) => {
      const count = missedIn(lost, history.now);
      return count === null ? [] : [{ ...lost, count }];
    });
    if (missed.length === 0)
      return cantTell("There were too few messages before the loss to estimate how many were missed.");
    const some = missed.filter(({ count }) => count > 0);
    if (some.length === 0)
      return ok("After the reconnect the app called methods, which may have fetched what it had missed.");
    const all = some.reduce((sum, { count }) => sum + count, 0);
    return found(
      "medium",
      `About ${counted(about(all), "message")} were missed, and the app called no method afterwards that could fetch them (inferred; HTTP requests of the app aren't seen).`,
      {
        measured: [
          { label: "Messages missed, estimate", value: about(all), unit: "count" },
          { label: "Reconnects", value: some.length, unit: "count" },
        ],
        moments: some.map(({ interruption, count }) =>
          momentOf(interruption, `About ${counted(about(count), "message")} missed`),
        ),
        changes: [
          {
            where: "client",
            text: "Number or date the messages, and ask in onreconnected for what came after the last one.",
            snippet: {
              language: "ts",
              code: `connection.onreconnected(async () => {\n  for (const message of await connection.invoke("MessagesSince", lastNumber)) show(message);\n});`,
            },
          },
        ],
      },
    );
  },
};
