/** Wraps the page's fetch to see the requests of SignalR. Other requests are only checked for their URL. */
import { legacyProtocolIn, looksLikeNegotiate } from "../../extension/core/protocol/negotiate.ts";
import { call, isCalled } from "./call.ts";
import { happen } from "./happenings.ts";
import { theHook } from "./interpreter.ts";
import { guarded } from "./platform/guard.ts";
import {
  NativeHeaders,
  NativePromise,
  apply,
  cloneResponse,
  headerOf,
  isArray,
  promiseThen,
  requestHeaders,
  requestMethod,
  requestSignal,
  requestUrl,
  urlHref,
} from "./platform/natives.ts";
import { patchMethod, type ApplyTrap } from "./platform/patches.ts";
import { couldBeSignalR, looksLikeHandshake } from "./signs.ts";

/** A request as the page makes it. */
export interface SeenRequest {
  readonly api: "fetch" | "xhr";
  /** As the page passed it: may be relative. */
  readonly url: string;
  /** In upper case. */
  readonly method: string;
  readonly body: unknown;
  header(name: string): string | null;
}

export interface SeenFetch extends SeenRequest {
  readonly signal: AbortSignal | undefined;
}

/** A request that the page made after a sign of SignalR, and before the hook was there. */
export interface RawFetch {
  readonly seen: SeenFetch;
  readonly running: Promise<Response>;
  /** Settle the page's promise. */
  readonly resolve: (response: Response) => void;
  readonly reject: (error: unknown) => void;
  /** The hook settles the page's promise: it came before the answer. */
  taken: boolean;
}

/** The hook replaces this with its own. */
export const fetchTrap: ApplyTrap = {
  apply(target, thisArg, args) {
    const seen = look(args[0], args[1] as RequestInit | undefined);
    let watched = false;
    if (seen)
      guarded(() => {
        if (isSign(seen)) call();
        watched = isCalled();
      });
    const running = apply(target, thisArg, args) as Promise<Response>;
    return seen && watched ? watch(seen, running) : running;
  },
};

export function patchFetch(): void {
  patchMethod(window, "fetch", fetchTrap);
}

export function isSign({ url, method, body }: Pick<SeenRequest, "url" | "method" | "body">): boolean {
  if (looksLikeNegotiate(url)) return method === "POST" || legacyProtocolIn(url) !== undefined;
  return method === "POST" && looksLikeHandshake(body);
}

function watch(seen: SeenFetch, running: Promise<Response>): Promise<Response> {
  return new NativePromise<Response>((resolve, reject) => {
    const raw: RawFetch = { seen: asItIs(seen), running, resolve, reject, taken: false };
    happen(raw, () => theHook()?.fetch(raw));
    void apply(promiseThen, running, [
      (response: Response) => {
        if (raw.taken) return;
        guarded(() => {
          const copy = apply(cloneResponse, response, []);
          happen(raw, () => theHook()?.fetched(raw, copy));
        });
        resolve(response);
      },
      (error: unknown) => {
        if (raw.taken) return;
        happen(raw, () => theHook()?.fetchFailed(raw, error));
        reject(error);
      },
    ]);
  });
}

/** What is needed of the page's own objects, which it may change before the hook is there. */
function asItIs({ api, url, method, body, signal, header }: SeenFetch): SeenFetch {
  header("Authorization");
  return { api, url, method, body, signal, header };
}

/**
 * Reads the arguments without side effects: objects that would have to be converted to a string, and bodies that can be read
 * only once, are not touched.
 */
export function look(input: unknown, init: RequestInit | undefined): SeenFetch | undefined {
  try {
    let url: string | undefined;
    let request: Request | undefined;
    if (typeof input === "string") url = input;
    else if (typeof input === "object" && input !== null) {
      url = read(requestUrl, input);
      if (url === undefined) url = read(urlHref, input);
      else request = input as Request;
    }
    if (url === undefined || !couldBeSignalR(url)) return undefined;
    let headers: Headers | undefined;
    return {
      api: "fetch",
      url,
      // Read only when needed: the page can notice that they are read.
      get method() {
        return orElse("", () => {
          const method: unknown = init?.method ?? (request ? requestMethod(request) : "GET");
          return typeof method === "string" ? method.toUpperCase() : "";
        });
      },
      get body() {
        return orElse(undefined, () => init?.body);
      },
      get signal() {
        return orElse(undefined, () => init?.signal ?? (request ? requestSignal(request) : undefined));
      },
      header: (name) =>
        orElse(null, () => {
          headers ??= headersOf(init?.headers ?? (request ? requestHeaders(request) : undefined));
          return apply(headerOf, headers, [name]);
        }),
    };
  } catch {
    return undefined; // the native fetch reports what is wrong with these arguments
  }
}

/** Errors caused by the page's own arguments are ignored: the native fetch reports them, and no event is lost. */
function orElse<T>(otherwise: T, look: () => T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}

/** undefined: it isn't such an object. Unlike `instanceof` this also works with objects of other windows. */
function read(get: (of: object) => string, from: object): string | undefined {
  try {
    return get(from);
  } catch {
    return undefined;
  }
}

const headersOf = (given: unknown): Headers =>
  new NativeHeaders(isReadOnce(given) ? undefined : (given as HeadersInit | undefined));

const isReadOnce = (headers: unknown): boolean =>
  typeof headers === "object" &&
  headers !== null &&
  Symbol.iterator in headers &&
  !isArray(headers) &&
  !(headers instanceof NativeHeaders);
