/** The page's fetch, wrapped to see the requests of SignalR. Every other one passes after one look at its URL. */
import { guarded } from "../platform/guard.ts";
import {
  couldBeSignalR,
  networkError,
  type HttpAnswer,
  type HttpRequest,
  type HttpWatch,
  type Outcome,
} from "../transport/http-request.ts";
import {
  NativePromise,
  apply,
  defineProperty,
  getter,
  nativeTimeout,
  on,
  promiseThen,
  wrap,
} from "../platform/natives.ts";
import { patchValue } from "../platform/patches.ts";
import { readTextOf } from "../platform/read-text.ts";

const requestUrl = getter<string>(Request.prototype, "url");
const requestMethod = getter<string>(Request.prototype, "method");
const requestHeaders = getter<Headers>(Request.prototype, "headers");
const requestSignal = getter<AbortSignal>(Request.prototype, "signal");
const urlHref = getter<string>(URL.prototype, "href");
const NativeHeaders = Headers;
const NativeResponse = Response;
const NativeController = AbortController;
const headerOf = Headers.prototype.get;
const anySignal = AbortSignal.any.bind(AbortSignal);
const abortController = AbortController.prototype.abort;
const signalReason = getter<unknown>(AbortSignal.prototype, "reason");
const cloneResponse = Response.prototype.clone;
const readBytes = Response.prototype.arrayBuffer;
const responseHeaders = getter<Headers>(Response.prototype, "headers");
const responseStatus = getter<number>(Response.prototype, "status");
const responseStatusText = getter<string>(Response.prototype, "statusText");
const responseType = getter<string>(Response.prototype, "type");
const responseUrl = getter<string>(Response.prototype, "url");
const wasRedirected = getter<boolean>(Response.prototype, "redirected");
const { isArray } = Array;
const { create } = Object;

/** Whether one answers for this page. A document of an opaque origin may not even ask. */
function hasServiceWorker(): boolean {
  try {
    return navigator.serviceWorker.controller !== null;
  } catch {
    return false;
  }
}

/**
 * An answer that a service worker makes is "basic" whatever was asked for, where the network's is "cors" for another origin
 * (both browsers; "default", as the worker itself sees it, isn't what the page gets). And it lacks what servers and proxies
 * say of themselves: when they answered, or at least (haproxy) that it isn't to be kept.
 */
function isMade(response: Response, headers: Headers): boolean {
  const type = responseType(response);
  if (type !== "basic") return type === "default";
  const lacks = (name: string): boolean => apply(headerOf, headers, [name]) === null;
  return new URL(responseUrl(response)).origin !== origin || (lacks("Date") && lacks("Cache-Control"));
}

/**
 * A body that takes longer than this is not waited for: the page may want to read it piece by piece. A short one is read whole,
 * and a busy browser may be slow to give us our copy: what the page opens with a token that we don't know yet is missed.
 */
const SLOW_BODY = { any: 100, short: 2_000 };

interface Seen extends HttpRequest {
  readonly signal: AbortSignal | undefined;
}

export function hookFetch(sees: (request: HttpRequest) => HttpWatch | undefined): () => void {
  return patchValue(window, "fetch", (native: typeof fetch) => {
    return wrap(native, {
      apply(target, thisArg, args: unknown[]) {
        const seen = look(args[0], args[1] as RequestInit | undefined);
        if (!seen) return apply(target, thisArg, args) as unknown;
        let watch: HttpWatch | undefined;
        guarded(() => {
          watch = sees(seen);
        });
        if (!watch) return apply(target, thisArg, args) as unknown;
        return observed(watch, seen.signal, (signal, body) => {
          let given = signal ? withOption(args, "signal", signal) : args;
          if (body !== undefined) given = withOption(given, "body", body);
          return apply(target, thisArg, given) as Promise<Response>;
        });
      },
    });
  });
}

/** Looks without leaving a trace: what only turns into a text or can be read once is left alone. */
function look(input: unknown, init: RequestInit | undefined): Seen | undefined {
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
      // Read when they are asked for: the page may see that they are.
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
    return undefined; // what is wrong with these arguments, the native fetch says
  }
}

/** What is wrong with the page's own arguments, the native fetch says: nothing of ours is missing for it. */
function orElse<T>(otherwise: T, look: () => T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}

/** undefined: it is no such object. Works for those of other windows too, as `instanceof` doesn't. */
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

/** The same arguments with one thing more; whatever else the page's own options hold is still read from them. */
function withOption(args: readonly unknown[], name: "signal" | "body", value: unknown): unknown[] {
  const init = create((args[1] as object | undefined) ?? null) as object;
  defineProperty(init, name, { value, enumerable: true });
  return [args[0], init];
}

type Start = (signal: AbortSignal | undefined, body?: string | ArrayBuffer) => Promise<Response>;

/** Under a fault: what comes in the network's place, or after a while from it. */
const after = (before: Promise<Outcome>, signal: AbortSignal | undefined, start: Start): Promise<Response> =>
  apply(promiseThen, before, [
    (outcome: Outcome) => {
      if (outcome === null) throw networkError();
      if (outcome === undefined) return start(signal);
      if ("body" in outcome) return start(signal, outcome.body);
      const { text, ...init } = outcome;
      return new NativeResponse(text, init);
    },
  ]) as Promise<Response>;

/** The page's promise. It is the browser's own but for the moment at which the page hears of it. */
function observed(watch: HttpWatch, given: AbortSignal | undefined, start: Start): Promise<Response> {
  const { before } = watch;
  const controller = watch.takes ? new NativeController() : undefined;
  let signal: AbortSignal | undefined;
  guarded(() => {
    const own = controller?.signal;
    signal = own && given ? anySignal([given, own]) : own;
  });
  const answer = before ? after(before, signal, start) : start(signal);
  return new NativePromise((resolve, refuse) => {
    const reject = refuse as (reason: unknown) => void;
    let taken = false;
    watch.takes?.({
      fail() {
        taken = true;
        reject(networkError());
      },
      answer(data) {
        taken = true;
        resolve(new NativeResponse(data));
      },
      abort() {
        if (controller) apply(abortController, controller, []);
      },
    });
    const givenUp = (): void => {
      if (given)
        on(given, "abort", () => {
          reject(signalReason(given));
        });
    };
    if (before) givenUp();
    /** Under a fault it waits, unless the page gives up meanwhile. */
    const pass = (settle: () => void): void => {
      const held = taken ? undefined : watch.hold();
      if (!held) {
        settle();
        return;
      }
      givenUp();
      void apply(promiseThen, held, [settle]);
    };
    void apply(promiseThen, answer, [
      (response: Response) => {
        const done = (): void => {
          pass(() => {
            resolve(response);
          });
        };
        if (taken) return;
        try {
          readFirst(watch, response, done);
        } catch {
          done(); // ours; the page gets its answer all the same
        }
      },
      (error: unknown) => {
        if (!taken)
          guarded(() => {
            watch.failed(error);
          });
        pass(() => {
          reject(error);
        });
      },
    ]);
  });
}

/** What the page does with an answer comes after the answer in the recording: so a body that is there is read first. */
function readFirst(watch: HttpWatch, response: Response, done: () => void): void {
  const headers = responseHeaders(response);
  const answer: HttpAnswer = {
    status: responseStatus(response),
    statusText: responseStatusText(response),
    answeredBy: wasRedirected(response) ? responseUrl(response) : undefined,
    made: hasServiceWorker() && isMade(response, headers),
    header: (name) => apply(headerOf, headers, [name]),
  };
  const how = watch.reads(answer);
  let passed = false;
  const passOnce = (): void => {
    if (passed) return;
    passed = true;
    done();
  };
  const notify = (body: string | ArrayBuffer): void => {
    guarded(() => {
      watch.answered(answer, body);
    });
    passOnce();
  };
  if (how === undefined) {
    notify("");
    return;
  }
  const copy = apply(cloneResponse, response, []);
  if (how === "bytes")
    void apply(promiseThen, apply(readBytes, copy, []), [
      notify,
      () => {
        notify("");
      },
    ]);
  else readTextOf(copy, notify);
  nativeTimeout(passOnce, how === "short text" ? SLOW_BODY.short : SLOW_BODY.any);
}
