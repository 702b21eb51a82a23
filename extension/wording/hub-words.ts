/**
 * Who serves a hub connection and how it negotiates, in a word or two; in sentences, see
 * `hub-sentences.ts`. Shared by the report and the panel.
 */
import type { Hosting, HubConnectionModel } from "../core/model/types.ts";

export const HOSTING_WORD: Readonly<Record<Hosting["kind"], string>> = {
  "self-hosted": "Self-hosted",
  "azure-default": "Azure, default mode",
  "azure-serverless": "Azure, serverless",
  redirected: "Redirected",
};

/**
 * What is known of a hub connection's negotiate. "skipped": it opens its WebSocket without a negotiate (skipNegotiation), and
 * so without an id in the address. "before": the connection existed when the recording began. "unseen": its transport has an id
 * from a negotiate that isn't in this recording. "none": nothing was tried.
 */
export type NegotiateSeen = "seen" | "skipped" | "before" | "unseen" | "none";

type Negotiated = Pick<HubConnectionModel, "requests" | "transports" | "connectionId">;

export function negotiateSeen({ requests, transports, connectionId }: Negotiated): NegotiateSeen {
  if (requests.length > 0) return "seen";
  if (transports.some(({ since, url }) => since === null && !/[?&]id=/i.test(url))) return "skipped";
  if (transports.some(({ since }) => since !== null)) return "before";
  if (transports.length > 0) return "unseen";
  return connectionId === null ? "none" : "before";
}

/** The server must allow it, too. That the client didn't request it is known only from a recorded negotiate. */
export function statefulWord(hub: Negotiated & Pick<HubConnectionModel, "stateful">): string {
  const { stateful } = hub;
  const seen = negotiateSeen(hub);
  if (!stateful) return seen === "before" || seen === "unseen" ? "unknown" : "off";
  if (stateful.granted === null) return "requested";
  return stateful.granted ? "on" : "not granted";
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  json: "JSON",
  messagepack: "MessagePack",
  blazorpack: "Blazorpack",
};
export const protocolName = (protocol: string): string => PROTOCOLS[protocol] ?? protocol;

/** "0, 2, 10 s": the delays that the policy has returned. That there are no more is known only when it gives up. */
export function retryPlan({ interruptions }: Pick<HubConnectionModel, "interruptions">): string | null {
  let longest: number[] = [];
  let whole = false;
  // The newest first: of two that are as long it is the newer one that counts.
  for (const { attempts, outcome } of interruptions.toReversed()) {
    if (attempts.length <= longest.length) continue;
    const planned = attempts.flatMap((attempt) => (attempt.planned === null ? [] : [attempt.planned]));
    if (planned.length <= longest.length) continue;
    longest = planned;
    whole = outcome === "gave-up" || outcome === "restarted";
  }
  if (longest.length === 0) return null;
  const seconds = longest.slice(0, 6).map((delay) => String(Math.round(delay / 100) / 10));
  const end = longest.length > 6 ? " …" : whole ? "" : " (observed)";
  return `${seconds.join(", ")} s${end}`;
}
