/**
 * What only `webRequest` shows: the status of a refused upgrade (in Firefox), and connections that were opened in a worker.
 * Requests are never changed. The page's hook is notified immediately, as it knows which requests the page sent; nothing is
 * stored here.
 */
import browser, { type WebRequest } from "webextension-polyfill";
import { hooksLoaded, loadHookWithoutSign } from "./load-hook.ts";
import type { FaultAnswer, NetworkNote } from "../messages/hook-relay.ts";
import type { BackgroundToRelay, RelayAnswer } from "../messages/extension.ts";

/** Limits the tabs of a worker's origin that are asked when the browser doesn't report a tab. */
const MAX_TABS = 20;
const MAX_ASKED = 100;

const SWITCHING_PROTOCOLS = 101;
/** Chromium's error for every refused upgrade, whatever the reason is. */
const SAYS_NOTHING = "net::ERR_FAILED";

interface Ended {
  readonly url: string;
  readonly tabId: number;
  readonly frameId: number;
  readonly requestId: string;
  readonly method: string;
  readonly timeStamp: number;
  readonly statusCode?: number;
  readonly responseHeaders?: WebRequest.HttpHeaders | undefined;
  readonly error?: string;
  /** Firefox: the document's URL. */
  readonly documentUrl?: string | undefined;
  /** Chromium: the origin that sent the request. */
  readonly initiator?: string;
}

/** Running negotiates with their original URL: a redirect keeps the request's id. */
const asked = new Map<string, Pick<Ended, "url" | "timeStamp">>();

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
  const { onBeforeRequest, onCompleted, onErrorOccurred } = browser.webRequest;
  onBeforeRequest.addListener(({ requestId, url, timeStamp }) => {
    if (asked.has(requestId)) return undefined;
    asked.set(requestId, { url, timeStamp });
    const [oldest] = asked.keys();
    if (asked.size > MAX_ASKED && oldest !== undefined) asked.delete(oldest);
    return undefined;
  }, negotiates);
  onCompleted.addListener(negotiated, negotiates);
  onErrorOccurred.addListener(negotiated, negotiates);
}

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
  const upgraded = (details: Ended): void => {
    const { url, tabId, frameId, statusCode, error } = details;
    if (tabId >= 0 && statusCode !== SWITCHING_PROTOCOLS && error !== SAYS_NOTHING && concerns(url))
      void notifyFrames(noteOf(details, "upgrade"), [[tabId, frameId]]);
  };
  onHeadersReceived.addListener(upgraded, sockets, ["responseHeaders"]);
  // Only needed without an answer: otherwise the hook was already notified.
  onErrorOccurred.addListener(upgraded, sockets);
  return () => {
    onHeadersReceived.removeListener(upgraded);
    onErrorOccurred.removeListener(upgraded);
  };
}

function negotiated(details: Ended): void {
  const begun = asked.get(details.requestId);
  asked.delete(details.requestId);
  if (!begun || details.method !== "POST") return;
  const note = noteOf({ ...details, ...begun }, "negotiate");
  if (details.frameId > 0) void notifyFrames(note, [[details.tabId, details.frameId]]);
  else void askFirst(note, details);
}

/**
 * Asks whether a frame sent the request, before it is reported as a worker's. Chromium reports the top frame also for a frame
 * whose document a script has written. A shared or service worker belongs to all pages of its origin, and requests of their
 * frames may go through the service worker.
 */
async function askFirst(note: NetworkNote, details: Ended): Promise<void> {
  const tabs = details.tabId >= 0 ? [details.tabId] : await tabsOf(details);
  await Promise.all(tabs.map(hooksLoaded));
  const answers = await notifyFrames(
    note,
    tabs.map((tab) => [tab, null] as const),
    true,
  );
  if (answers.some((answer) => answer?.ok)) return;
  // A worker's connection is the only sign of SignalR that the sentinel can't see.
  await Promise.all(tabs.map((tab) => loadHookWithoutSign(tab, 0)));
  await notifyFrames(
    note,
    tabs.map((tab) => [tab, 0] as const),
  );
}

function noteOf(details: Ended, what: NetworkNote["what"]): NetworkNote {
  const { url, timeStamp, statusCode, error, responseHeaders } = details;
  const retryAfter = responseHeaders?.find(({ name }) => name.toLowerCase() === "retry-after")?.value;
  return {
    what,
    url,
    at: timeStamp,
    // Firefox reports 0 for no status.
    status: statusCode || null,
    ...(error === undefined ? {} : { error }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}

type NetworkMessage = Extract<BackgroundToRelay, { type: "network" }>;

/** null: all frames; the first answer counts. */
type Place = readonly [tab: number, frame: number | null];

/** @param asks only ask whether the page sent the request */
function notifyFrames(
  note: NetworkNote,
  places: readonly Place[],
  asks = false,
): Promise<(FaultAnswer | undefined)[]> {
  const message: NetworkMessage = { to: "relay", type: "network", note, asks };
  return Promise.all(
    places.map(async ([tab, frameId]) => {
      await hooksLoaded(tab);
      try {
        return await browser.tabs.sendMessage<NetworkMessage, RelayAnswer<NetworkMessage>>(
          tab,
          message,
          frameId === null ? {} : { frameId },
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
