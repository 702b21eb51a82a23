import { cantTell, DOCS, found, ok, type Change, type FindingKind } from "../finding.ts";
import { connectsOf, TRANSPORT_WORD } from "./connects.ts";

export const transportRestricted: FindingKind = {
  group: "transport",
  subject: "WebSockets where they are possible",
  title: "WebSockets aren't used",
  when: "no WebSocket was tried although the server offers WebSockets",
  why: "Long polling and Server-Sent Events send every message of the client as a request of its own, need sticky sessions, and can't use stateful reconnect.",
  link: `${DOCS}aspnet/core/signalr/configuration#configure-allowed-transports`,
  scenario: null,
  check(history) {
    const connects = connectsOf(history);
    if (connects.length === 0) return cantTell("No connect was recorded.");
    if (history.hubs.some(({ transports }) => transports.some(({ transport }) => transport === "WebSockets")))
      return ok("WebSockets are used, or were tried.");
    const known = connects.flatMap((connect) => {
      const ended = connect.requests.findLast((request) => request.ended?.transports)?.ended;
      const last = connect.transports.at(-1);
      return ended?.transports && ended.fault === undefined && last
        ? [{ ...connect, offered: ended.transports, last }]
        : [];
    });
    const [example] = known;
    if (!example) return cantTell("No negotiate with the server's transports was recorded.");
    if (!example.offered.includes("WebSockets"))
      return ok("The server offers no WebSockets: the client uses the best that there is.");
    const word = TRANSPORT_WORD[example.last.transport];
    return found(
      example.last.transport === "LongPolling" ? "medium" : "low",
      `${known.length === 1 ? "The connect" : `All ${known.length} connects`} used ${word}, although the server offers WebSockets: the client's options leave them out.`,
      {
        measured: [{ label: `Connects with ${word}`, value: known.length, unit: "count" }],
        moments: known.map(({ hub, last }) => ({
          t: last.from,
          hubKey: hub.key,
          text: `Connected by ${TRANSPORT_WORD[last.transport]}`,
        })),
        changes: [clientChange(history.url)],
      },
    );
  },
};

const clientChange = (url: string): Change => ({
  where: "client",
  text: "Leave the option transport out: the client then takes WebSockets, and falls back by itself where they fail.",
  snippet: {
    language: "ts",
    code: `new signalR.HubConnectionBuilder()\n  .withUrl(${JSON.stringify(url)}) // without { transport: … }\n  .withAutomaticReconnect(policy) // as it is\n  .build();`,
  },
});
