/**
 * One request in a log in the HAR format (http://www.softwareishard.com/blog/har-12-spec/), as Chrome's DevTools writes it, with its
 * additions: `_resourceType`, `_initiator`, `_webSocketMessages`. What is in it comes from pages and servers: every field is
 * checked and bounded. Of an entry that is no request of SignalR as little as possible is read.
 */
import { isTime } from "../events/field-types.ts";
import { isObject } from "../is-object.ts";
import { looksLikeNegotiate } from "../protocol/negotiate.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";

/** Longer addresses are in no HAR of a client: browsers and servers refuse them. */
const LONGEST_URL = 100_000;
const MAX_HEADERS = 200;
const LONGEST_VALUE = 20_000;
const MAX_STACKS = 50;
const MAX_CALLS = 100;
/** A week: no request takes longer. */
const LONGEST_TIME: Milliseconds = 7 * 24 * 3_600_000;

export interface HarEntry {
  readonly method: string;
  readonly url: string;
  /** "http": of an event stream or long polling, if it is SignalR's at all. */
  readonly type: "fetch" | "xhr" | "websocket" | "http";
  readonly startedAt: EpochMilliseconds;
  /** When it ended; null: it goes on, as far as the log tells. */
  readonly endedAt: EpochMilliseconds | null;
  /** null: no HTTP answer, or none yet. */
  readonly status: number | null;
  readonly statusText: string;
  /** The browser's name of the network error, e.g. "net::ERR_CONNECTION_REFUSED". */
  readonly error: string | undefined;
  /** Of an answer with 3xx: where it leads. Of another one: where a redirect led. */
  readonly redirectedTo: string | undefined;
  /** A service worker has made the answer itself: it isn't the network's. */
  readonly byServiceWorker: true | undefined;
  /** undefined: it isn't in the log yet. null: it is nowhere. */
  readonly body: string | null | undefined;
  /** The scripts of the calls that led to it, the innermost first; the last one is the worker's own, mostly. */
  readonly scripts: readonly string[];
  readonly sentHeader: (name: string) => string | undefined;
  readonly gotHeader: (name: string) => string | undefined;
  /** Of a WebSocket, unchecked: see `frames.ts`. */
  readonly frames: readonly unknown[];
}

/**
 * The entry of a request that a worker has sent, if it may be one of SignalR's. null: it is another one.
 * A page's own requests name their page; those of dedicated workers don't, nor do those of frames of another site, but these go
 * through a script of an extension (our own hook), which no worker has. Those of shared and service workers are in the log of no page.
 */
export function readWorkerEntry(value: unknown): HarEntry | null {
  if (!isObject(value) || value["pageref"] !== undefined) return null;
  const entry = readEntry(value);
  return entry?.scripts.some((url) => url.startsWith("chrome-extension:")) ? null : entry;
}

/**
 * The entry of a request that may be one of SignalR's, whoever sent it. null: it is another one, or no entry.
 * @param isOne whether it is one, as something else says
 */
export function readEntry(value: unknown, isOne = false): HarEntry | null {
  if (!isObject(value)) return null;
  const { request, response } = value;
  if (!isObject(request) || !isObject(response)) return null;
  const { method, url } = request;
  if (typeof method !== "string" || typeof url !== "string" || url.length > LONGEST_URL) return null;
  const type = typeOf(value, method, url) ?? (isOne ? "fetch" : null);
  if (type === null) return null;
  const startedAt = typeof value["startedDateTime"] === "string" ? Date.parse(value["startedDateTime"]) : NaN;
  if (!isTime(startedAt)) return null;
  const status = isStatus(response["status"]) ? response["status"] : null;
  // Chrome's field, and Playwright's.
  const error = text(response["_error"]) || text(response["_failureText"]) || undefined;
  const frames = Array.isArray(value["_webSocketMessages"]) ? (value["_webSocketMessages"] as unknown[]) : [];
  return {
    method,
    url,
    type,
    startedAt,
    endedAt: hasEnded(value, type, status, error, frames) ? startedAt + lengthOf(value["time"]) : null,
    status,
    statusText: text(response["statusText"]) ?? "",
    error,
    redirectedTo: targetOf(text(response["redirectURL"]), url),
    // Chrome's fields. It may only have passed on what came from the network.
    byServiceWorker:
      status !== null &&
      response["_fetchedViaServiceWorker"] === true &&
      response["_serviceWorkerResponseSource"] !== "network"
        ? true
        : undefined,
    body: bodyOf(response["content"]),
    scripts: scriptsIn(value["_initiator"]),
    sentHeader: (name) => headerIn(request["headers"], name),
    gotHeader: (name) => headerIn(response["headers"], name),
    frames,
  };
}

/** Names an entry in each later state of its log. Those of equal requests in the same millisecond differ by their order. */
export const keyOf = ({ method, url, startedAt }: HarEntry): string => `${method} ${startedAt} ${url}`;

/** null: no request of SignalR. Where the log doesn't name types, as Firefox's, the address says what a request is. */
function typeOf(
  { _resourceType, _webSocketMessages }: Readonly<Record<string, unknown>>,
  method: string,
  url: string,
): HarEntry["type"] | null {
  const isSocket = /^wss?:/i.test(url) || Array.isArray(_webSocketMessages);
  const type = typeof _resourceType === "string" ? _resourceType : isSocket ? "websocket" : "fetch";
  if (type === "websocket") return type;
  if (type !== "fetch" && type !== "xhr" && type !== "eventsource") return null;
  if (type !== "eventsource" && method === "POST" && looksLikeNegotiate(url)) return type;
  return tokenIn(url) === undefined ? null : "http";
}

/** The connection token in an address. */
export const tokenIn = (url: string): string | undefined => /[?&]id=([^&#]*)/.exec(url)?.[1];

const text = (value: unknown): string | undefined =>
  typeof value === "string" ? value.slice(0, LONGEST_VALUE) : undefined;

/** The browser follows it itself: the page never sees this status. */
export const isRedirect = ({ status, redirectedTo }: HarEntry): boolean =>
  redirectedTo !== undefined && (status ?? 0) >= 300 && (status ?? 0) < 400;

/** Logs have the header "Location" as it was sent, perhaps a path. */
function targetOf(location: string | undefined, url: string): string | undefined {
  return location && URL.canParse(location, url) ? new URL(location, url).href : undefined;
}

const isStatus = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 100 && (value as number) <= 999;

const lengthOf = (time: unknown): Milliseconds =>
  typeof time === "number" && time >= 0 && time <= LONGEST_TIME ? time : 0;

/** Of a WebSocket that is open the log says that nothing was received since its answer: `timings.receive` is 0. */
function hasEnded(
  entry: Readonly<Record<string, unknown>>,
  type: HarEntry["type"],
  status: number | null,
  error: string | undefined,
  frames: readonly unknown[],
): boolean {
  if (entry["_finished"] === true || error !== undefined) return true;
  if (type !== "websocket") return status !== null;
  const { timings } = entry;
  if (isObject(timings) && typeof timings["receive"] === "number" && timings["receive"] > 0) return true;
  return status === null && frames.some((frame) => isObject(frame) && frame["type"] === "error");
}

function bodyOf(content: unknown): string | null | undefined {
  if (!isObject(content)) return undefined;
  if (content["text"] === null) return null;
  const body = text(content["text"]);
  if (body === undefined || content["encoding"] !== "base64") return body;
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(body), (character) => character.charCodeAt(0)));
  } catch {
    return null; // no base64
  }
}

function headerIn(headers: unknown, wanted: string): string | undefined {
  if (!Array.isArray(headers)) return undefined;
  const name = wanted.toLowerCase();
  for (const header of headers.slice(0, MAX_HEADERS) as unknown[])
    if (isObject(header) && typeof header["name"] === "string" && header["name"].toLowerCase() === name)
      return text(header["value"]);
  return undefined;
}

function scriptsIn(initiator: unknown): string[] {
  if (!isObject(initiator)) return [];
  const found: string[] = [];
  let stack: unknown = initiator["stack"];
  for (let depth = 0; isObject(stack) && depth < MAX_STACKS; depth++) {
    const calls = stack["callFrames"];
    for (const call of Array.isArray(calls) ? (calls.slice(0, MAX_CALLS) as unknown[]) : [])
      if (isObject(call) && typeof call["url"] === "string" && call["url"] !== "")
        found.push(call["url"].slice(0, LONGEST_VALUE));
    stack = stack["parent"];
  }
  const { url } = initiator;
  return found.length === 0 && typeof url === "string" ? [url.slice(0, LONGEST_VALUE)] : found;
}
