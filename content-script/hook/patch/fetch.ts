/** What the hook does at the page's fetch. Until it is there, the sentinel watches. */
import { look } from "./seen-fetch.ts";
import type { RawFetch } from "../../sentinel/fetch.ts";
import {
  networkError,
  type HttpAnswer,
  type HttpRequest,
  type HttpWatch,
  type Outcome,
} from "../transport/http-request.ts";
import {
  NativePromise,
  apply,
  atTime,
  cloneResponse,
  defineProperty,
  fetchTrap,
  getterOf,
  guarded,
  nativeTimeout,
  now,
  on,
  ownMethods,
  promiseThen,
} from "../../sentinel/shared-with-hook.ts";
import { discardCopy, readTextOf } from "../platform/read-text.ts";
import { classOf, methodOf } from "../platform/classes.ts";

const headerOf = methodOf("Headers", "get");
const NativeResponse = classOf("Response");
const NativeController = classOf("AbortController");
const anySignal = AbortSignal.any.bind(AbortSignal);
const abortController = methodOf("AbortController", "abort");
const signalReason = getterOf("AbortSignal", "reason");
const readBytes = methodOf("Response", "arrayBuffer");
const responseHeaders = getterOf("Response", "headers");
const responseStatus = getterOf("Response", "status");
const responseStatusText = getterOf("Response", "statusText");
const responseType = getterOf("Response", "type");
const responseUrl = getterOf("Response", "url");
const wasRedirected = getterOf("Response", "redirected");
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

export interface FetchHooks {
  /** Takes a request that the sentinel has seen. */
  adopt(raw: RawFetch): void;
  /** @param copy its body isn't read yet */
  answered(raw: RawFetch, copy: Response): Promise<void> | undefined;
  failed(raw: RawFetch, error: unknown): void;
  live(): void;
}

export function hookFetch(sees: (request: HttpRequest) => HttpWatch | undefined): FetchHooks {
  const watches = ownMethods(
    new Map<RawFetch, { readonly watch: HttpWatch; readonly signal: AbortSignal | undefined }>(),
  );
  return {
    adopt(raw) {
      const seen = look(raw.args[0], raw.args[1] as RequestInit | undefined);
      const watch = seen && sees(seen);
      if (watch) watches.set(raw, { watch, signal: seen.signal });
    },
    answered(raw, copy) {
      const watch = watches.get(raw)?.watch;
      watches.delete(raw);
      if (!watch) {
        discardCopy(copy);
        return undefined;
      }
      return new NativePromise<void>((resolve) => {
        readFirst(watch, copy, copy, resolve);
      });
    },
    failed(raw, error) {
      watches.get(raw)?.watch.failed(error);
      watches.delete(raw);
    },
    live() {
      for (const [raw, { watch, signal }] of watches) {
        raw.taken = true;
        observe(watch, signal, undefined, raw.running, raw.resolve, raw.reject);
      }
      watches.clear();
      fetchTrap.apply = (target, thisArg, args) => {
        const seen = look(args[0], args[1] as RequestInit | undefined);
        if (!seen) return apply(target, thisArg, args);
        let watch: HttpWatch | undefined;
        guarded(() => {
          watch = sees(seen);
        });
        if (!watch) return apply(target, thisArg, args);
        return observed(watch, seen.signal, (signal, body) => {
          let given = signal ? withOption(args, "signal", signal) : args;
          if (body !== undefined) given = withOption(given, "body", body);
          return apply(target, thisArg, given) as Promise<Response>;
        });
      };
    },
  };
}

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
  return new NativePromise((resolve, reject) => {
    observe(watch, given, controller, answer, resolve, reject);
  });
}

/** @param controller aborts the real request; undefined: that isn't possible any more */
function observe(
  watch: HttpWatch,
  given: AbortSignal | undefined,
  controller: AbortController | undefined,
  answer: Promise<Response>,
  resolve: (response: Response) => void,
  reject: (reason: unknown) => void,
): void {
  const { before } = watch;
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
        readFirst(watch, response, undefined, done);
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
}

/**
 * In the recording the response has to come before what the page does with it: so the body is read first if it is there.
 * @param own a copy that only we have
 */
function readFirst(watch: HttpWatch, response: Response, own: Response | undefined, done: () => void): void {
  const at = now();
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
      // Of an answer that came before the hook: at its own time.
      if (own)
        atTime(at, () => {
          watch.answered(answer, body);
        });
      else watch.answered(answer, body);
    });
    passOnce();
  };
  if (how === undefined) {
    if (own) discardCopy(own);
    notify("");
    return;
  }
  const copy = own ?? apply(cloneResponse, response, []);
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
