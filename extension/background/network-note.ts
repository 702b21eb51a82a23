/** What the page's hook is told of a request that `webRequest` reported. */
import type { WebRequest } from "webextension-polyfill";
import { TELLING_HEADERS } from "../core/text/answered-by.ts";
import type { NetworkNote } from "../messages/hook-relay.ts";

/** How a request ended, or was redirected. */
export interface Ended {
  readonly url: string;
  readonly tabId: number;
  readonly frameId: number;
  readonly requestId: string;
  readonly method: string;
  readonly timeStamp: number;
  readonly statusCode?: number;
  readonly responseHeaders?: WebRequest.HttpHeaders | undefined;
  readonly error?: string;
  /** A redirect: where to. */
  readonly redirectUrl?: string;
  /**
   * The document that sent it, or whose worker did (Chromium). Firefox has none for a worker's request, and its older versions
   * have none at all.
   */
  readonly documentId?: string | null;
  /** Firefox: the document's URL. */
  readonly documentUrl?: string | undefined;
  /** Chromium: the origin that sent the request. */
  readonly initiator?: string;
}

const LONGEST_HEADER = 120;
const LONGEST_ERROR = 200;
/** Chromium's error for whatever it doesn't name. Of a request to another origin it usually means CORS. */
const SAYS_NOTHING = "net::ERR_FAILED";

export function noteOf(details: Ended, what: NetworkNote["what"], preflight?: Ended): NetworkNote {
  const { url, timeStamp, responseHeaders } = details;
  const retryAfter = responseHeaders?.find(({ name }) => name.toLowerCase() === "retry-after")?.value;
  const headers = tellingHeaders(responseHeaders);
  return {
    what,
    url,
    at: timeStamp,
    ...ending(details),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(what === "upgrade" ? (headers.length === 0 ? {} : { headers }) : seenOf(details, headers, preflight)),
  };
}

function ending({ statusCode, error }: Ended): Pick<NetworkNote, "status" | "error"> {
  return {
    // Firefox reports 0 for no status.
    status: statusCode || null,
    ...(error === undefined ? {} : { error: error.slice(0, LONGEST_ERROR) }),
  };
}

/** Firefox: the error of a request whose preflight has failed. The preflight has an ending of its own. */
const AFTER_PREFLIGHT = "NS_ERROR_DOM_BAD_URI";

function seenOf(
  details: Ended,
  headers: readonly string[],
  preflight: Ended | undefined,
): Pick<NetworkNote, "seen"> {
  const { method, url, error, redirectUrl, initiator } = details;
  if (method !== "GET" && method !== "POST" && method !== "DELETE") return {};
  const own = ending(details);
  const refused = error === AFTER_PREFLIGHT && preflight ? ending(preflight) : null;
  const isOwnOrigin = initiator !== undefined && url.startsWith(`${initiator}/`);
  const says = own.error !== undefined && !(own.error === SAYS_NOTHING && isOwnOrigin);
  const unseen = method === "GET" && own.status !== null;
  if (!says && !unseen && headers.length === 0 && redirectUrl === undefined) return {};
  return {
    seen: {
      method,
      ...(refused
        ? { status: refused.status, error: refused.error ?? AFTER_PREFLIGHT, preflight: true }
        : own),
      ...(redirectUrl === undefined ? {} : { redirectedTo: redirectUrl }),
      ...(headers.length === 0 ? {} : { headers }),
    },
  };
}

/** Each once, in a fixed order, with visible characters of ASCII only: they are from a server that nobody vouches for. */
function tellingHeaders(all: WebRequest.HttpHeaders | undefined): readonly string[] {
  if (!all) return [];
  return TELLING_HEADERS.flatMap((telling) => {
    const value = all.find(({ name }) => name.toLowerCase() === telling)?.value;
    const clean = value
      ?.replace(/[^\x20-\x7e]+/g, "")
      .trim()
      .slice(0, LONGEST_HEADER);
    return clean ? [`${telling}: ${clean}`] : [];
  });
}
