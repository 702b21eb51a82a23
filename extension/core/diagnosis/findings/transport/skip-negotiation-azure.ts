import { isAzureHost, hostOf, originOf } from "../../../protocol/addresses.ts";
import { onAzure } from "../../../model/hosting.ts";
import { counted } from "../../../text/format.ts";
import { DOCS, found, notApplicable, ok, cantTell, type FindingKind } from "../finding.ts";
import { isConnected, triesOf } from "../natural.ts";
import { skipsNegotiation } from "./connects.ts";

export const skipNegotiationAzure: FindingKind = {
  group: "transport",
  subject: "skipNegotiation",
  title: "skipNegotiation with Azure SignalR Service",
  when: "a client without negotiate never connected, and Azure serves the hub, or another one of the same server",
  why: "Azure's address and token come with the negotiate's answer. A client that skips the negotiate asks the app's own server for a WebSocket, which it doesn't serve.",
  link: `${DOCS}azure/azure-signalr/signalr-concept-client-negotiation`,
  scenario: null,
  check(history) {
    const { model, url } = history;
    if (!skipsNegotiation(history)) return notApplicable("The client negotiates.");
    const direct = history.hubs.some(({ transports }) =>
      transports.some((one) => isAzureHost(hostOf(one.url))),
    );
    if (isConnected(history))
      return ok(
        direct
          ? "The client connects to Azure directly, and that works."
          : "It connects without a negotiate.",
      );
    const azure = model.hubs.find((hub) => onAzure(hub.hosting) && originOf(hub.url) === originOf(url));
    if (!azure && !direct)
      return cantTell("It never connected, and nothing shows whether Azure serves this hub.");
    const failed = triesOf(history);
    return found(
      "high",
      `${counted(failed.length, "start")} without a negotiate failed; ${azure ? `${azure.path} of the same server is redirected to Azure` : "the address is Azure's"}.`,
      {
        measured: [{ label: "Failed starts", value: failed.length, unit: "count" }],
        moments: failed.map(({ hub, t }) => ({
          t,
          hubKey: hub.key,
          text: "Start without a negotiate failed",
        })),
        changes: [
          {
            where: "client",
            text: "Leave skipNegotiation out.",
            snippet: {
              language: "ts",
              code: `new signalR.HubConnectionBuilder()\n  .withUrl(${JSON.stringify(url)}) // without skipNegotiation\n  .withAutomaticReconnect(policy) // as it is\n  .build();`,
            },
          },
        ],
      },
    );
  },
};
