import { cantTell, DOCS, found, notApplicable, ok, type FindingKind } from "../finding.ts";
import { allowCode } from "./stateful-not-used.ts";

export const statefulNotGranted: FindingKind = {
  group: "state",
  subject: "Stateful reconnect granted",
  title: "Stateful reconnect is asked for, but not granted",
  when: "the client asks for it in its negotiate, and the answer doesn't grant it",
  why: "The client asks for stateful reconnect in each negotiate, and the server says no. After a loss the connection gets a new id, as without it.",
  link: `${DOCS}aspnet/core/signalr/configuration#configure-stateful-reconnect`,
  scenario: "wifi-drop-5s",
  check({ hubs }) {
    const asked = hubs.filter(({ stateful }) => stateful?.asked);
    if (asked.length === 0) return notApplicable("The client doesn't ask for it.");
    const refused = asked.filter(({ stateful }) => stateful?.granted === false);
    const [first] = refused;
    if (!first)
      return asked.some(({ stateful }) => stateful?.granted)
        ? ok("The server grants it.")
        : cantTell("No negotiate was answered.");
    // A connection that only works with a fallback can't have it.
    const elsewhere = refused.every(({ transport }) => transport !== null && transport !== "WebSockets");
    return found(
      "medium",
      elsewhere
        ? `The server didn't grant it; it works over WebSockets only, and ${first.transport} is in use.`
        : "The server's answer to the negotiate didn't grant it.",
      {
        measured: [{ label: "Connections without it", value: refused.length, unit: "count" }],
        moments: refused.flatMap(({ key, requests }) => {
          const last = requests.findLast(({ ended }) => ended?.connectionId !== undefined);
          return last?.ended ? [{ t: last.ended.t, hubKey: key, text: "Negotiate answered without it" }] : [];
        }),
        changes: [
          {
            where: "server",
            text: "Set AllowStatefulReconnects for this hub (ASP.NET Core 8 or later).",
            snippet: { language: "cs", code: allowCode(first.path) },
          },
        ],
      },
    );
  },
};
