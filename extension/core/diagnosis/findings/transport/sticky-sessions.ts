import { onAzure } from "../../../model/hosting.ts";
import { counted } from "../../../text/format.ts";
import {
  cantTell,
  DOCS,
  found,
  notApplicable,
  okSoFar,
  type Change,
  type FindingKind,
  type HubHistory,
} from "../finding.ts";
import { refusalMoment, refusedBy, triesOf, type Refusal } from "../natural.ts";
import { skipsNegotiation } from "./connects.ts";

export const stickySessions: FindingKind = {
  group: "transport",
  subject: "Sticky sessions",
  title: "A server doesn't know the connection that another one negotiated",
  when: "a transport was answered with 404 after its negotiate had been answered; or, inferred where the browser doesn't tell the status, three WebSockets failed right after their negotiates and others worked",
  why: "With several servers all requests of a connection must reach the same one. Otherwise a connect works only by chance, and clients fall back and retry until it does.",
  link: `${DOCS}aspnet/core/signalr/scale#sticky-sessions`,
  scenario: "sticky-session-lost",
  check(history) {
    if (history.hubs.some(({ hosting }) => onAzure(hosting)))
      return notApplicable("Azure SignalR Service keeps a client's requests together itself.");
    if (skipsNegotiation(history)) return notApplicable("Without a negotiate there is one request only.");
    const unknown = refusedBy(history, ["no-such-connection"]).filter(
      ({ attempt }) => attempt.requests.length > 0 && attempt.origin !== "resume",
    );
    const hidden = hiddenRefusals(history);
    const tries = triesOf(history).filter(({ attempt }) => attempt.sockets.length > 0);
    if (unknown.length === 0 && hidden.length === 0)
      return tries.length < 2
        ? cantTell("There were fewer than two tries: that one of them worked may be chance.")
        : okSoFar(`No server answered 404 after a negotiate, in ${counted(tries.length, "try", "tries")}.`);
    if (unknown.length === 0)
      return found(
        "medium",
        `${counted(hidden.length, "WebSocket")} failed right after an answered negotiate, and others worked: as if another server had answered (inferred; this browser doesn't tell the status).`,
        {
          measured: [
            { label: "Failed after a negotiate", value: hidden.length, unit: "count" },
            { label: "Tries", value: tries.length, unit: "count" },
          ],
          moments: hidden.map(refusalMoment),
          changes: changesFor(history.url),
        },
      );
    return found(
      unknown.length > 1 ? "high" : "medium",
      `${counted(unknown.length, "try", "tries")} of ${tries.length} had a negotiate and then 404, No Connection with that ID: ${unknown.length > 1 ? "another server answered" : "another server answered, or it was restarted in between"} (inferred).`,
      {
        measured: [
          { label: "Refused after a negotiate", value: unknown.length, unit: "count" },
          { label: "Tries", value: tries.length, unit: "count" },
        ],
        moments: unknown.map(refusalMoment),
        changes: changesFor(history.url),
      },
    );
  },
};

const changesFor = (url: string): readonly Change[] => [
  {
    where: "proxy",
    text: "Switch session affinity on in the load balancer; on Azure App Service it is the setting Session affinity (ARR affinity).",
    snippet: {
      language: "nginx",
      code: "upstream your-servers {\n  ip_hash;\n  server server-1:5000;\n  server server-2:5000;\n}",
    },
  },
  {
    where: "azure",
    text: "Or let Azure SignalR Service hold the connections: it needs no sticky sessions at the app.",
    snippet: { language: "cs", code: "builder.Services.AddSignalR().AddAzureSignalR();" },
  },
  {
    where: "client",
    text: "Or use WebSockets only and skip the negotiate, where all clients can use WebSockets.",
    snippet: {
      language: "ts",
      code: `.withUrl(${JSON.stringify(url)}, {\n  skipNegotiation: true,\n  transport: signalR.HttpTransportType.WebSockets,\n})`,
    },
  },
];

/** Fewer may be a server that was just restarted. */
const FEWEST_HIDDEN = 3;
const SOON = 5_000;

/** Chromium doesn't tell the status of a refused WebSocket: only that some failed at once, between others that worked. */
function hiddenRefusals(history: HubHistory): Refusal[] {
  const works = history.hubs.some(({ transports }) =>
    transports.some(({ transport, handshakeAt }) => transport === "WebSockets" && handshakeAt !== null),
  );
  const failed = refusedBy(history, ["transport-failed"]).filter(
    ({ attempt: { outcome, requests } }) =>
      requests.length > 0 &&
      outcome.kind === "socket-failed" &&
      outcome.transport === "WebSockets" &&
      (outcome.after ?? Infinity) < SOON &&
      typeof outcome.status !== "number" &&
      outcome.blockedBy === undefined,
  );
  return works && failed.length >= FEWEST_HIDDEN ? failed : [];
}
