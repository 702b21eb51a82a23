/**
 * What only `webRequest` shows: the status of a refused upgrade (in Firefox), and connections that were opened in a worker.
 * Requests are never changed. The page's hook is notified immediately, as it knows which requests the page sent; nothing is
 * stored here.
 */
import browser, { type WebRequest } from "webextension-polyfill";
import { noteOf, type Ended } from "./network-note.ts";
import { listenForTransports } from "./http-transports.ts";
import { hooksLoaded, loadHookWithoutSign, type Place } from "./load-hook.ts";
import { inFirefox } from "./suspend-in-cache.ts";
import type { FaultAnswer, NetworkNote } from "../messages/hook-relay.ts";
import type { BackgroundToRelay, RelayAnswer } from "../messages/extension.ts";

/** Limits the tabs of a worker's origin that are asked when the browser doesn't report a tab. */
const MAX_TABS = 20;
const MAX_ASKED = 100;

const SWITCHING_PROTOCOLS = 101;
/** Chromium's error for every refused upgrade, whatever the reason is. */
const SAYS_NOTHING = "net::ERR_FAILED";

/** Running negotiates with their original URL: a redirect keeps the request's id. */
const asked = new Map<string, Begun>();

type Begun = Pick<Ended, "url" | "timeStamp"> & { redirectUrl?: string };

/** Firefox: preflights that have ended, by their address. Chromium reports none. */
const preflights = new Map<string, Ended>();

/**
 * Negotiated sockets have their token in the address. Other protocols' sockets must not start the background: a filter without
 * addresses would, at each of them on every site.
 */
const WITH_TOKEN = ["ws://*/*?id=*", "ws://*/*&id=*", "wss://*/*?id=*", "wss://*/*&id=*"];

export const hasToken = (url: string): boolean => /[?&]id=/.test(url);

/** Call synchronously when the background starts: the browser starts it for these events. */
export function watchNetwork(): void {
  listenForUpgrades(WITH_TOKEN);
  const negotiates: WebRequest.RequestFilter = {
    urls: ["*://*/*negotiate?*negotiateVersion=*"],
    types: ["xmlhttprequest"],
  };
  const { onBeforeRequest, onBeforeRedirect, onCompleted, onErrorOccurred } = browser.webRequest;
  onBeforeRequest.addListener(({ requestId, url, timeStamp, method }) => {
    if (asked.has(requestId)) return undefined;
    remember(asked, requestId, { url, timeStamp });
    // Its transports follow at once: before anything is stored of it.
    if (method === "POST") listenForTransports(url, reportTransport);
    return undefined;
  }, negotiates);
  onBeforeRedirect.addListener(redirected, negotiates, ["responseHeaders"]);
  onCompleted.addListener(negotiated, negotiates, ["responseHeaders"]);
  onErrorOccurred.addListener(negotiated, negotiates);
}

/** Limits what is remembered: the oldest entry goes. */
function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MAX_ASKED && oldest !== undefined) map.delete(oldest);
}

/** A request that is redirected to an address of another kind is heard of no more. */
function redirected(details: Ended): void {
  const begun = asked.get(details.requestId);
  const { redirectUrl } = details;
  if (!begun || redirectUrl === undefined) return;
  begun.redirectUrl = redirectUrl;
  if (!/negotiate\?.*negotiateVersion=/.test(redirectUrl)) negotiated(details);
}

/** An event stream or a poll. No worker sends these unnoticed: its negotiate was reported. */
function reportTransport(details: Ended): void {
  const note = noteOf(details, "transport");
  if (note.seen && details.tabId >= 0) void notifyFrames(note, [placeOf(details)]);
}

export const placeOf = ({ tabId, frameId, documentId }: Ended): Place => ({
  tabId,
  target: documentId ? { documentId } : { frameId },
});

/**
 * Reports upgrades that fail to the frame that sent them.
 * @param urls match patterns
 * @param concerns whether an upgrade that matches one of them is reported; all are when absent
 * @returns ends it
 */
export function listenForUpgrades(
  urls: string[],
  concerns: (url: string) => boolean = () => true,
): () => void {
  const sockets: WebRequest.RequestFilter = { urls, types: ["websocket"] };
  const { onHeadersReceived, onErrorOccurred } = browser.webRequest;
  const refused = new Map<string, true>();
  const upgraded = (details: Ended): void => {
    const { requestId, url, tabId, frameId, statusCode, error } = details;
    // One that was answered has an error, too.
    if (refused.delete(requestId)) return;
    if (statusCode !== undefined && statusCode !== SWITCHING_PROTOCOLS) remember(refused, requestId, true);
    if (tabId >= 0 && statusCode !== SWITCHING_PROTOCOLS && error !== SAYS_NOTHING && concerns(url))
      void notifyFrames(noteOf(details, "upgrade"), [{ tabId, target: { frameId } }]);
  };
  onHeadersReceived.addListener(upgraded, sockets, ["responseHeaders"]);
  // Only needed without an answer.
  onErrorOccurred.addListener(upgraded, sockets);
  return () => {
    onHeadersReceived.removeListener(upgraded);
    onErrorOccurred.removeListener(upgraded);
  };
}

function negotiated(details: Ended): void {
  const begun = asked.get(details.requestId);
  asked.delete(details.requestId);
  if (details.method === "OPTIONS") remember(preflights, details.url, details);
  if (!begun || details.method !== "POST") return;
  const preflight = preflights.get(details.url);
  preflights.delete(details.url);
  const note = noteOf({ ...details, ...begun }, "negotiate", preflight);
  const { frameId, documentId } = details;
  const sender = placeOf(details);
  // Certainly not a worker's: the page only has to know that it was reported.
  if (documentId && inFirefox()) void notifyFrames(note, [sender], true);
  else if (frameId > 0) void notifyFrames(note, [sender]);
  else void askFirst(note, details);
}

/**
 * Asks whether a frame sent the request, before it is reported as a worker's. Chromium reports the top frame also for a frame
 * whose document a script has written. A shared or service worker belongs to all pages of its origin, and requests of their
 * frames may go through the service worker.
 */
async function askFirst(note: NetworkNote, details: Ended): Promise<void> {
  const { tabId, documentId } = details;
  const tabs = tabId >= 0 ? [tabId] : await tabsOf(details);
  await Promise.all(tabs.map(hooksLoaded));
  const answers = await notifyFrames(
    note,
    tabs.map((tab) => ({ tabId: tab, target: {} })),
    true,
  );
  if (answers.some((answer) => answer?.ok)) return;
  // The tab may be on another page by now, or still show the one that prerenders the sender: neither has sent it.
  const places: Place[] = documentId
    ? [{ tabId, target: { documentId } }]
    : tabs.map((tab) => ({ tabId: tab, target: { frameId: 0 } }));
  // A worker's connection is the only sign of SignalR that the sentinel can't see.
  await Promise.all(places.map(loadHookWithoutSign));
  await notifyFrames(note, places);
}

type NetworkMessage = Extract<BackgroundToRelay, { type: "network" }>;

/** @param asks only ask whether the page sent the request */
function notifyFrames(
  note: NetworkNote,
  places: readonly Place[],
  asks = false,
): Promise<(FaultAnswer | undefined)[]> {
  const message: NetworkMessage = { to: "relay", type: "network", note, asks };
  return Promise.all(
    places.map(async ({ tabId, target }) => {
      await hooksLoaded(tabId);
      try {
        return await browser.tabs.sendMessage<NetworkMessage, RelayAnswer<NetworkMessage>>(
          tabId,
          message,
          target,
        );
      } catch {
        return undefined; // a page without our scripts
      }
    }),
  );
}

async function tabsOf({ documentUrl, initiator }: Ended): Promise<number[]> {
  const origin = initiator ?? documentUrl ?? "";
  if (!URL.canParse(origin) || !origin.startsWith("http")) return [];
  const from = new URL(origin);
  const tabs = await browser.tabs.query({ url: `${from.protocol}//${from.hostname}/*` });
  return tabs
    .filter(({ url }) => url?.startsWith(`${from.origin}/`))
    .slice(0, MAX_TABS)
    .flatMap(({ id }) => id ?? []);
}
