/**
 * Who serves a hub connection and how it negotiates, in a word or two; in sentences, see
 * `hub-sentences.ts`. Shared by the report and the panel.
 */
import type { Hosting, HubConnectionModel, StatefulModel } from "../model/types.ts";

export const HOSTING_WORD: Readonly<Record<Hosting["kind"], string>> = {
  "self-hosted": "Self-hosted",
  "azure-default": "Azure, default mode",
  "azure-serverless": "Azure, serverless",
  redirected: "Sent on",
};

/** It opens its WebSocket without asking first: skipNegotiation. */
export const skipsNegotiation = ({
  requests,
  transports,
}: Pick<HubConnectionModel, "requests" | "transports">): boolean =>
  requests.length === 0 && transports.length > 0;

/** Asking for it is not enough: the server must grant it. */
export function statefulWord(stateful: StatefulModel | null): string {
  if (!stateful) return "off";
  if (stateful.granted === null) return "asked for";
  return stateful.granted ? "on" : "not granted";
}
