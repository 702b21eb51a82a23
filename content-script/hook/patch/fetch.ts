/** Wraps the page's fetch to see the requests of SignalR. Other requests are only checked for their URL. */
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

/** Whether a service worker controls this page. In a document with an opaque origin even reading that throws. */
function hasServiceWorker(): boolean {
  try {
    return navigator.serviceWorker.controller !== null;
  } catch {
    return false;
  }
}

/**
 * Recognises a response that a service worker created itself. To the page its type is "basic", also for another origin, where a
 * response from the network is "cors" (in both browsers). And it lacks headers that servers and proxies add: `Date`, or at
 * least `Cache-Control` (haproxy).
 */
function isMade(response: Response, headers: Headers): boolean {
  const type = responseType(response);
  if (type !== "basic") return type === "default";
  const lacks = (name: string): boolean => apply(headerOf, headers, [name]) === null;
  return new URL(responseUrl(response)).origin !== origin || (lacks("Date") && lacks("Cache-Control"));
}

/**
 * How long the page waits until we have read a body. Usually short, as the page may want to stream it. Longer for a short body,
 * such as a negotiate's: a busy browser may be slow to give us our copy, and a connection with a token that we don't know yet
 * would be missed.
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

/**
 * Reads the arguments without side effects: objects that would have to be converted to a string, and bodies that can be read
 * only once, are not touched.
 */
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

/** The same arguments with one more option; all other options are still read from the page's own object. */
function withOption(args: readonly unknown[], name: "signal" | "body", value: unknown): unknown[] {
  const init = create((args[1] as object | undefined) ?? null) as object;
  defineProperty(init, name, { value, enumerable: true });
  return [args[0], init];
}

type Start = (signal: AbortSignal | undefined, body?: string | ArrayBuffer) => Promise<Response>;

/** With a fault: the outcome that replaces or delays the network's. */
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

/** The page's promise. It settles like the browser's own, possibly later. */
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
    /** With a fault it waits, unless the page aborts in the meantime. */
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
          done(); // an error of ours: the page still gets its response
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

/** In the recording the response has to come before what the page does with it: so the body is read first if it is there. */
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
