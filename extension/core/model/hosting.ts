/** Who serves a hub: told by where its negotiate is sent on to (azure-docs, "Client negotiation"). */
import type { Milliseconds } from "../units.ts";
import type { Hosting } from "./types.ts";

const SERVICE = /(?:^|\.)service\.signalr\.(?:net|azure\.\w+)(?::\d+)?$/i;

/** @param redirectUrl where the app's negotiate sends the client on to; null: it doesn't */
export function hostingOf(url: string, redirectUrl: string | null): Hosting {
  const host = hostOf(redirectUrl ?? url);
  const service = SERVICE.test(host) || /\/client\/?\?(?:.*&)?hub=/i.test(redirectUrl ?? "");
  if (!service) return { kind: redirectUrl === null ? "self-hosted" : "redirected", host };
  // The SDK of the app server puts the hub's path into the address; the bindings and SDKs for serverless have none.
  return { kind: /[?&]asrs\.op=/i.test(redirectUrl ?? url) ? "azure-default" : "azure-serverless", host };
}

export const onAzure = (hosting: Hosting | null): boolean =>
  hosting?.kind === "azure-default" || hosting?.kind === "azure-serverless";

/** How long a connection that broke can be resumed. */
export const windowOf = (hosting: Hosting | null): Milliseconds => (onAzure(hosting) ? 30_000 : 15_000);

const hostOf = (url: string): string => /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1] ?? "";
