import { counted, duration } from "../../../text/format.ts";
import { locationOf, named } from "../named.ts";
import type { TransportModel } from "../../../model/types.ts";
import { cantTell, DOCS, found, notApplicable, ok, type FindingKind } from "../finding.ts";
import { connectsOf, skipsNegotiation, TRANSPORT_WORD, type Connect } from "./connects.ts";

export const fallback: FindingKind = {
  group: "transport",
  subject: "Fallback to another transport",
  title: "WebSockets fail, and the client falls back",
  when: "at least half of the connects needed another transport because the WebSocket failed",
  why: "Each connect loses the time of the failed WebSocket and of a second negotiate. The fallback has more overhead for each message, and needs sticky sessions.",
  link: `${DOCS}aspnet/core/signalr/scale#linux-with-nginx`,
  scenario: "websockets-blocked",
  check(history) {
    if (skipsNegotiation(history)) return notApplicable("The client uses WebSockets only.");
    const connects = connectsOf(history);
    if (connects.length === 0) return cantTell("No connect was recorded.");
    const fallen = connects.flatMap((connect) => {
      const [first] = connect.transports;
      const last = connect.transports.at(-1);
      return first && last && first.transport === "WebSockets" && last.transport !== "WebSockets"
        ? [{ ...connect, first, last }]
        : [];
    });
    const [example] = fallen;
    if (!example) return ok("No connect needed a second transport.");
    // A single one among many may be a server that was just starting.
    if (fallen.length * 2 < connects.length)
      return ok(`Only ${counted(fallen.length, "connect")} of ${connects.length} needed a second transport.`);
    const lost = example.last.from - example.first.from;
    return found(
      "medium",
      `${counted(fallen.length, "connect")} of ${connects.length} fell back from WebSockets to ${TRANSPORT_WORD[example.last.transport]}: ${reasonOf(example.first)}.`,
      {
        measured: [
          { label: "Connects with a fallback", value: fallen.length, unit: "count" },
          { label: "Connects", value: connects.length, unit: "count" },
          { label: "Lost for each", value: Math.round(lost), unit: "ms" },
        ],
        moments: fallen.map(({ hub, first, last }) => ({
          t: first.from,
          hubKey: hub.key,
          text: `WebSocket failed, ${TRANSPORT_WORD[last.transport]} ${duration(last.from - first.from)} later`,
        })),
        changes: changesFor(example),
      },
    );
  },
};

function reasonOf({ upgrade, blockedBy, closed }: TransportModel): string {
  if (blockedBy !== null) return `the page's Content Security Policy forbids it (${named(blockedBy)})`;
  if (typeof upgrade?.status === "number") return `the upgrade was answered with ${upgrade.status}`;
  if (upgrade?.error) return named(upgrade.error);
  return `the browser doesn't say why${closed?.code ? ` (close code ${closed.code})` : ""}`;
}

function changesFor({ hub, transports }: Connect) {
  if (transports[0]?.blockedBy)
    return [
      {
        where: "server",
        text: "Allow the WebSocket's address in the page's Content Security Policy: connect-src needs it with wss:.",
      },
    ] as const;
  return [
    {
      where: "proxy",
      text: "Let the proxy pass the WebSocket's upgrade on.",
      snippet: {
        language: "nginx",
        code: `location ${locationOf(hub.path)} {\n  proxy_pass http://your-server;\n  proxy_http_version 1.1;\n  proxy_set_header Upgrade $http_upgrade;\n  proxy_set_header Connection "upgrade";\n}`,
      },
    },
    {
      where: "server",
      text: "On IIS switch the WebSocket Protocol feature on; on Azure App Service the setting Web sockets.",
    },
  ] as const;
}
