/**
 * What only the browser's network sees: the status of a refused upgrade (Firefox tells it), and connections that were opened
 * inside a worker. Observed, never changed, and told to the page's own hook at once: it knows which requests were its own.
 * Nothing is kept of it here.
 */
import browser, { type WebRequest } from "webextension-polyfill";
import type { FaultAnswer, NetworkNote } from "../messages/hook-relay.ts";
import type { BackgroundToRelay, RelayAnswer } from "../messages/extension.ts";

/** Of a worker's origin, when the browser names no tab. */
const MAX_TABS = 20;
const MAX_ASKED = 100;

const SWITCHING_PROTOCOLS = 101;
/** What Chromium calls every refused upgrade, whatever the reason was. */
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
  /** Firefox: of the document. */
  readonly documentUrl?: string | undefined;
  /** Chromium: the origin of whoever asked. */
  readonly initiator?: string;
}

/** Negotiates that are under way, as they were asked for: a redirect keeps the request's number. */
const asked = new Map<string, Pick<Ended, "url" | "timeStamp">>();

/** To be called at once when the background starts: it is woken for these. */
export function watchNetwork(): void {
  const sockets: WebRequest.RequestFilter = { urls: ["<all_urls>"], types: ["websocket"] };
  const negotiates: WebRequest.RequestFilter = {
    urls: ["*://*/*negotiate?*negotiateVersion=*"],
    types: ["xmlhttprequest"],
  };
  const { onBeforeRequest, onHeadersReceived, onCompleted, onErrorOccurred } = browser.webRequest;
  const upgraded = (details: Ended): void => {
    if (details.tabId >= 0 && details.statusCode !== SWITCHING_PROTOCOLS && details.error !== SAYS_NOTHING)
      void notifyFrames(noteOf(details, "upgrade"), [[details.tabId, details.frameId]]);
  };
  onHeadersReceived.addListener(upgraded, sockets, ["responseHeaders"]);
  // Where there was no answer at all. After an answer the hook has been told already.
  onErrorOccurred.addListener(upgraded, sockets);
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

function negotiated(details: Ended): void {
  const begun = asked.get(details.requestId);
  asked.delete(details.requestId);
  if (!begun || details.method !== "POST") return;
  const note = noteOf({ ...details, ...begun }, "negotiate");
  if (details.frameId > 0) void notifyFrames(note, [[details.tabId, details.frameId]]);
  else void askFirst(note, details);
}

/**
 * Whether a frame sent it, before it is told as a worker's. Chromium names the top frame also for a frame that a script has filled.
 * A shared or a service worker belongs to all pages of its origin, and a request of any of their frames may go through the latter.
 */
async function askFirst(note: NetworkNote, details: Ended): Promise<void> {
  const tabs = details.tabId >= 0 ? [details.tabId] : await tabsOf(details);
  const answers = await notifyFrames(
    note,
    tabs.map((tab) => [tab, null] as const),
    true,
  );
  if (!answers.some((answer) => answer?.ok))
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
    // Firefox: 0 for none.
    status: statusCode || null,
    ...(error === undefined ? {} : { error }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}

type NetworkMessage = Extract<BackgroundToRelay, { type: "network" }>;

/** null: every frame, of which the first answer counts. */
type Place = readonly [tab: number, frame: number | null];

/** @param asks only whether it is a page's own: then its hook takes it for told */
function notifyFrames(
  note: NetworkNote,
  places: readonly Place[],
  asks = false,
): Promise<(FaultAnswer | undefined)[]> {
  const message: NetworkMessage = { to: "relay", type: "network", note, asks };
  return Promise.all(
    places.map(async ([tab, frameId]) => {
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
