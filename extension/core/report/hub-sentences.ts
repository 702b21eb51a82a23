/** Who serves a hub connection and how it negotiates, in sentences. Shared by the report and the panel. */
import type { Hosting, HubConnectionModel } from "../model/types.ts";
import { skipsNegotiation } from "./hub-words.ts";

export const HOSTING_TEXT: Readonly<Record<Hosting["kind"], string>> = {
  "self-hosted": "the app's own server answers",
  "azure-default":
    "Azure SignalR Service in default mode: the app server negotiates, the service holds the connection",
  "azure-serverless": "Azure SignalR Service in serverless mode: there is no hub server behind it",
  redirected: "the negotiate sends the client on to another server",
};

export function negotiateWords(hub: Pick<HubConnectionModel, "requests" | "transports">): string {
  if (skipsNegotiation(hub))
    return "skipped (skipNegotiation): no connection id, no fallback, no redirect, no stateful reconnect";
  const answer = hub.requests.findLast(({ ended }) => ended?.connectionId !== undefined)?.ended;
  if (!answer) return "not answered so far";
  const version = answer.negotiateVersion ?? 0;
  const offers = answer.transports?.length ? `; offers ${answer.transports.join(", ")}` : "";
  return version === 0
    ? `version 0: the connection id is also what lets a transport in${offers}`
    : `version ${version}: the connection token is kept apart from the id${offers}`;
}
