import { counted, duration } from "../../../text/format.ts";
import { cantTell, DOCS, found, momentOf, okSoFar, type FindingKind } from "../finding.ts";
import { median } from "../history-parts.ts";
import { lostBy, naturalLosses } from "../natural.ts";
import { ageAt } from "../timing/quiet.ts";

export const lifetimeLimit: FindingKind = {
  group: "transport",
  subject: "Age of connections",
  title: "Something on the way ends connections at a certain age",
  when: "connections ended at the same age each (the cause is a lifetime limit)",
  why: "A proxy or load balancer closes every connection at its limit, also while it is in use: calls in flight are lost again and again.",
  link: `${DOCS}azure/azure-signalr/signalr-concept-client-disconnections`,
  scenario: "flapping",
  check(history) {
    const losses = naturalLosses(history);
    const ended = lostBy(losses, ["lifetime-limit"]);
    if (ended.length === 0)
      return losses.length >= 2
        ? okSoFar("Connections ended at different ages.")
        : cantTell("A limit on the age shows only when two connections have ended by it.");
    const ages = ended.flatMap(({ interruption }) => ageAt(interruption) ?? []);
    const age = ages.length > 0 ? median(ages) : null;
    return found(
      "medium",
      `${counted(ended.length, "connection")} ended${age === null ? "" : ` at an age of ${duration(age)}`} each (inferred: ${ended[0]?.verdict.confidence ?? "medium"} confidence).`,
      {
        measured: [
          { label: "Ended at that age", value: ended.length, unit: "count" },
          ...(age === null ? [] : [{ label: "Age", value: Math.round(age), unit: "ms" } as const]),
        ],
        moments: ended.map(({ interruption, verdict }) => momentOf(interruption, verdict.title)),
        changes: [
          {
            where: "proxy",
            text: "Raise or switch off the limit: timeout tunnel in HAProxy, max_connection_duration in Envoy, the backend service's timeout of Google Cloud's load balancer.",
          },
          {
            where: "client",
            text: "If it can't be raised, use stateful reconnect: the client goes on without losing messages.",
            snippet: {
              language: "ts",
              code: `new signalR.HubConnectionBuilder()\n  .withUrl(${JSON.stringify(history.url)})\n  .withAutomaticReconnect(policy) // as it is\n  .withStatefulReconnect()\n  .build();`,
            },
          },
        ],
      },
    );
  },
};
