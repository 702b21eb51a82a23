/**
 * Who serves a hub: recognised by the address to which its negotiate redirects.
 * https://learn.microsoft.com/azure/azure-signalr/signalr-concept-client-negotiation
 */
import { hostOf, isAzureHost } from "../protocol/addresses.ts";
import { resumeWindow } from "../protocol/defaults.ts";
import type { Milliseconds } from "../units.ts";
import type { Hosting } from "./types.ts";

/** @param redirectUrl where the app's negotiate redirects the client; null: nowhere */
export function hostingOf(url: string, redirectUrl: string | null): Hosting {
  const host = hostOf(redirectUrl ?? url);
  const service = isAzureHost(host) || /\/client\/?\?(?:.*&)?hub=/i.test(redirectUrl ?? "");
  if (!service) return { kind: redirectUrl === null ? "self-hosted" : "redirected", host };
  // In default mode the app server's SDK puts the hub's path into the address; in serverless mode there is none.
  return { kind: /[?&]asrs\.op=/i.test(redirectUrl ?? url) ? "azure-default" : "azure-serverless", host };
}

export const onAzure = (hosting: Hosting | null): boolean =>
  hosting?.kind === "azure-default" || hosting?.kind === "azure-serverless";

/** How long a connection that broke can be resumed. */
export const windowOf = (hosting: Hosting | null): Milliseconds => resumeWindow(onAzure(hosting));
