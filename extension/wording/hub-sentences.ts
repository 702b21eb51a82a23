/** Who serves a hub connection and how it negotiates, in sentences. Shared by the report and the panel. */
import type { NegotiateEnded } from "../core/events/events.ts";
import type { Hosting, HubConnectionModel } from "../core/model/types.ts";
import { negotiateSeen } from "./hub-words.ts";

type Negotiated = Pick<HubConnectionModel, "requests" | "transports" | "connectionId">;

export const HOSTING_TEXT: Readonly<Record<Hosting["kind"], string>> = {
  "self-hosted": "served by the app's own server",
  "azure-default":
    "Azure SignalR Service in default mode: the app server negotiates, the service holds the connection",
  "azure-serverless": "Azure SignalR Service in serverless mode: there is no hub server behind it",
  redirected: "negotiate redirects the client to another server",
};

export function negotiateWords(hub: Negotiated): string {
  switch (negotiateSeen(hub)) {
    case "skipped":
      return "skipped (skipNegotiation): no connection id, no fallback, no redirect, no stateful reconnect";
    case "before":
      return "not known: before the recording began";
    case "unseen":
      return "not seen";
    case "none":
      return "not sent yet";
    case "seen":
      return answerWords(hub);
  }
}

/** Why it isn't known which server it uses. */
export function whyNoHosting(hub: Negotiated): string {
  switch (negotiateSeen(hub)) {
    case "before":
      return "the negotiate was before the recording began";
    case "seen":
      return `the negotiate was ${answerWords(hub)}`;
    case "skipped":
    case "unseen":
    case "none":
      return "no negotiate was seen";
  }
}

function answerWords({ requests }: Negotiated): string {
  const answer = requests.findLast(({ ended }) => ended?.connectionId !== undefined)?.ended;
  if (!answer) return failureWords(requests.findLast(({ ended }) => ended !== null)?.ended ?? null);
  const version = answer.negotiateVersion ?? 0;
  const offers = answer.transports?.length ? `; offers ${answer.transports.join(", ")}` : "";
  return version === 0
    ? `version 0: no separate connection token${offers}`
    : `version ${version}: separate connection token${offers}`;
}

function failureWords(newest: NegotiateEnded | null): string {
  if (newest === null) return "no answer yet";
  if (newest.redirectUrl !== undefined) return "redirected to another server, no answer from there yet";
  if (newest.status === null) return "no answer: it failed";
  return newest.status >= 400
    ? `answered with ${newest.status}`
    : `answered with ${newest.status}, but not by a SignalR hub`;
}
