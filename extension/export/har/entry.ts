/** What all entries of a HAR have. */
import type { Entry, Header, Response, Timings } from "har-format";
import type { EpochMilliseconds, Milliseconds } from "../../core/units.ts";
import { isoTime } from "../../core/text/iso-time.ts";

/** An entry of the document whose page it names, or of a worker, which has none. */
export interface Initiator {
  readonly pageref: string | null;
  /** The worker's script. */
  readonly script: string | null;
}

interface Exchange {
  readonly of: Initiator;
  readonly type: "fetch" | "xhr" | "eventsource" | "websocket";
  readonly method: string;
  readonly url: string;
  readonly startedAt: EpochMilliseconds;
  readonly timings: Timings;
  readonly status: number | null;
  readonly statusText?: string | undefined;
  readonly headers?: readonly Header[];
  readonly content?: Response["content"] | undefined;
  readonly redirectURL?: string | undefined;
  readonly error?: string | undefined;
  readonly transferSize?: number | undefined;
  readonly byServiceWorker?: boolean | undefined;
  readonly comment?: string;
  readonly more?: Readonly<Record<`_${string}`, unknown>>;
}

/** For what was not recorded. */
const UNKNOWN = -1;

export function entryOf(exchange: Exchange): Entry {
  const { of, type, method, url, startedAt, timings, status, comment, error, transferSize } = exchange;
  return {
    ...(of.pageref === null ? {} : { pageref: of.pageref }),
    _initiator: initiatorOf(of),
    _resourceType: type,
    startedDateTime: isoTime(startedAt),
    time: totalOf(timings),
    request: {
      ...{ method, url: addressIn(url), httpVersion: "unknown", headers: [], cookies: [] },
      queryString: queryOf(url),
      headersSize: UNKNOWN,
      bodySize: UNKNOWN,
    },
    response: {
      status: status ?? 0,
      statusText: exchange.statusText ?? "",
      httpVersion: "unknown",
      headers: [...(exchange.headers ?? [])],
      cookies: [],
      content: exchange.content ?? { size: 0, mimeType: "x-unknown" },
      redirectURL: exchange.redirectURL ?? "",
      headersSize: UNKNOWN,
      bodySize: UNKNOWN,
      _transferSize: transferSize ?? UNKNOWN,
      _error: error ?? null,
      ...(exchange.byServiceWorker ? { _fetchedViaServiceWorker: true } : {}),
    } as Response & { readonly _error: string | null },
    cache: {},
    timings,
    ...exchange.more,
    ...(comment === undefined || comment === "" ? {} : { comment }),
  };
}

/** Other programs refuse a file with an address that is none. */
function addressIn(url: string): string {
  const spaceless = url.replaceAll(/[\s\p{Cc}\p{Cs}]/gu, "%20");
  return /^[a-z][a-z0-9+.-]*:./i.test(spaceless) ? spaceless : `about:invalid#${spaceless}`;
}

/** As Chrome has it: only the names of scripts are known here. */
function initiatorOf({ script }: Initiator): Entry["_initiator"] {
  const frame = { functionName: "", scriptId: "", url: script, lineNumber: 0, columnNumber: 0 };
  const stack = script === null ? {} : { stack: { callFrames: [frame] } };
  return { type: "script", ...stack };
}

/** All in one step: when the others began isn't known. */
export const waited = (wait: Milliseconds, receive: Milliseconds = 0): Timings => ({
  ...{ blocked: UNKNOWN, dns: UNKNOWN, connect: UNKNOWN, ssl: UNKNOWN, send: 0 },
  wait: Math.max(0, wait),
  receive: Math.max(0, receive),
});

/** `connect` contains `ssl`; -1 is no time. */
const totalOf = ({ blocked = 0, dns = 0, connect = 0, send = 0, wait, receive }: Timings): Milliseconds =>
  [blocked, dns, connect, send, wait, receive].reduce((sum, time) => sum + Math.max(0, time), 0);

const queryOf = (url: string): Entry["request"]["queryString"] =>
  (/\?([^#]*)/.exec(url)?.[1] ?? "").split("&").flatMap((pair) => {
    const [name = "", ...value] = pair.split("=");
    return name === "" ? [] : [{ name, value: value.join("=") }];
  });

/**
 * Connection tokens are secret, and recorded as "…". In their place is the number of the negotiate that gave them, so that it can be seen which
 * transport connection belongs to which negotiate.
 */
export const tokenOf = ({ pageref }: Initiator, request: number): string =>
  `token-${pageref === null ? "" : `${pageref}-`}${request}`;

/** "server: nginx". */
export const headerOf = (line: string): Header => {
  const at = line.indexOf(":");
  return at < 0
    ? { name: line, value: "" }
    : { name: line.slice(0, at).trim(), value: line.slice(at + 1).trim() };
};
