/** What the hook does at the page's XMLHttpRequest, with which older SignalR clients send. Until it is there, the sentinel watches. */
import { stringify } from "../platform/stringify.ts";
import { readUtf8 } from "../../../extension/core/protocol/messagepack/utf8.ts";
import type { RawXhr } from "../../sentinel/xhr.ts";
import {
  NativeEvent,
  addressIn,
  apply,
  defineProperty,
  deleteProperty,
  emit,
  eventType,
  getterOf,
  guarded,
  on,
  ownMethods,
  promiseThen,
  stopImmediately,
  xhrTraps,
} from "../../sentinel/shared-with-hook.ts";
import type {
  HttpAnswer,
  HttpRequest,
  HttpWatch,
  Outcome,
  StandInAnswer,
} from "../transport/http-request.ts";
import { classOf, methodOf } from "../platform/classes.ts";

const stateOf = getterOf("XMLHttpRequest", "readyState");
const statusOf = getterOf("XMLHttpRequest", "status");
const statusTextOf = getterOf("XMLHttpRequest", "statusText");
const responseUrlOf = getterOf("XMLHttpRequest", "responseURL");
const responseTypeOf = getterOf("XMLHttpRequest", "responseType");
const responseOf = getterOf("XMLHttpRequest", "response");
const allHeaders = methodOf("XMLHttpRequest", "getAllResponseHeaders");
const nativeAbort = methodOf("XMLHttpRequest", "abort");
const NativeProgressEvent = classOf("ProgressEvent");

const DONE = 4;
const ENDINGS = ["error", "abort", "timeout", "load", "loadend"];
/** Properties that a fault defines on the native object. */
const STAND_INS = ["readyState", "status", "statusText", "response", "responseText"] as const;

interface Exchange {
  method: string;
  url: string;
  async: boolean;
  readonly headers: Map<string, string>;
  watch: HttpWatch | undefined;
  /** The page has already got the end of the request, or will get it from us. */
  silent: boolean;
  /** Events that a fault holds. */
  held: Event[] | undefined;
}

const NEW: Omit<Exchange, "headers"> = {
  method: "",
  url: "",
  async: true,
  watch: undefined,
  silent: false,
  held: undefined,
};

export interface XhrHooks {
  /** The only check that most requests of a page go through. */
  cares(url: string): boolean;
  sees(request: HttpRequest): HttpWatch | undefined;
}

export interface Xhrs {
  /** Takes a request that the sentinel has seen, when it is sent. */
  adopt(raw: RawXhr, body: unknown): void;
  ended(raw: RawXhr, type: string): void;
  live(): void;
}

export function hookXhr(hooks: XhrHooks): Xhrs {
  const known = ownMethods(new WeakMap<object, Exchange>());
  return {
    adopt(raw, body) {
      const { xhr, method, url, async, headers } = raw;
      const exchange: Exchange = { ...NEW, method, url, async, headers };
      known.set(xhr, exchange);
      raw.ears = (event) => {
        if (eventType(event) !== "readystatechange" || stateOf(xhr) === DONE || exchange.silent)
          handleEvent(xhr, exchange, event);
      };
      send(xhr, exchange, body);
    },
    ended(raw, type) {
      const watch = known.get(raw.xhr)?.watch;
      if (watch) notify(raw.xhr, watch, type);
    },
    live() {
      xhrTraps.open.apply = (target, xhr, args) => {
        const opened = apply(target, xhr, args);
        guarded(() => {
          open(xhr as XMLHttpRequest, args);
        });
        return opened;
      };
      xhrTraps.setRequestHeader.apply = (target, xhr, args) => {
        const done = apply(target, xhr, args);
        const [name, value] = args;
        if (typeof name === "string" && typeof value === "string")
          known.get(xhr)?.headers.set(name.toLowerCase(), value);
        return done;
      };
      xhrTraps.send.apply = (target, self, args) => {
        const xhr = self as XMLHttpRequest;
        const exchange = known.get(xhr);
        if (exchange?.url && stateOf(xhr) === 1)
          guarded(() => {
            send(xhr, exchange, args[0]);
          });
        const before = exchange?.async ? exchange.watch?.before : undefined;
        if (!exchange || !before) return apply(target, xhr, args);
        void apply(promiseThen, before, [
          (outcome: Outcome) => {
            if (outcome === undefined) apply(target, xhr, args);
            else if (outcome !== null && "body" in outcome) apply(target, xhr, [outcome.body]);
            else replace(xhr, exchange, outcome);
          },
        ]);
        return undefined;
      };
    },
  };

  function open(xhr: XMLHttpRequest, [method, given, async = true]: readonly unknown[]): void {
    const url = addressIn(given);
    let exchange = known.get(xhr);
    const cares = typeof method === "string" && hooks.cares(url);
    if (!exchange && !cares) return;
    if (!exchange) {
      const made: Exchange = { ...NEW, headers: ownMethods(new Map<string, string>()) };
      exchange = made;
      known.set(xhr, made);
      on(xhr, "readystatechange", (event) => {
        if (stateOf(xhr) === DONE || made.silent) handleEvent(xhr, made, event);
      });
      for (const type of ENDINGS)
        on(xhr, type, (event) => {
          handleEvent(xhr, made, event);
        });
    }
    for (const name of STAND_INS) if (exchange.silent) deleteProperty(xhr, name);
    exchange.method = cares ? method.toUpperCase() : "";
    exchange.url = cares ? url : "";
    exchange.async = Boolean(async);
    exchange.headers.clear();
    exchange.watch = exchange.held = undefined;
    exchange.silent = false;
  }

  function send(xhr: XMLHttpRequest, exchange: Exchange, body: unknown): void {
    const { method, url, headers } = exchange;
    const watch = hooks.sees({
      api: "xhr",
      method,
      url,
      body: body === "" ? undefined : body,
      header: (name) => headers.get(name.toLowerCase()) ?? null,
    });
    exchange.watch = watch;
    if (!exchange.async) return;
    watch?.takes?.({
      fail() {
        exchange.silent = true;
        standIn(xhr, 0, "", "");
      },
      answer(data) {
        exchange.silent = true;
        standIn(xhr, 200, "OK", data);
      },
      abort() {
        apply(nativeAbort, xhr, []);
      },
    });
  }
}

/** With a fault: the end of a request that was never sent. */
function replace(xhr: XMLHttpRequest, exchange: Exchange, answer: StandInAnswer | null): void {
  const { watch } = exchange;
  exchange.silent = true;
  guarded(() => {
    if (answer === null) watch?.failed("network error");
    else {
      const { headers } = answer;
      const seen: HttpAnswer = {
        ...answer,
        answeredBy: undefined,
        made: true,
        header: (name) => headers[name] ?? null,
      };
      watch?.answered(seen, watch.reads(seen) === undefined ? "" : answer.text);
    }
  });
  standIn(xhr, answer?.status ?? 0, answer?.statusText ?? "", answer?.text ?? "");
}

function handleEvent(xhr: XMLHttpRequest, exchange: Exchange, event: Event): void {
  if (!event.isTrusted) return;
  const { watch } = exchange;
  if (exchange.silent) apply(stopImmediately, event, []);
  else if (watch) {
    const type = eventType(event);
    guarded(() => {
      notify(xhr, watch, type);
    });
    const held = exchange.async ? watch.hold() : undefined;
    if (!held && !exchange.held) return;
    apply(stopImmediately, event, []);
    if (exchange.held) exchange.held[exchange.held.length] = event;
    else {
      exchange.held = [event];
      if (held)
        void apply(promiseThen, held, [
          () => {
            const late = exchange.held ?? [];
            exchange.held = undefined;
            // A fault may have ended the request for the page in the meantime.
            if (!exchange.silent) for (const { type } of late) emit(xhr, eventOf(type));
          },
        ]);
    }
  }
}

function notify(xhr: XMLHttpRequest, watch: HttpWatch, type: string): void {
  const status = statusOf(xhr);
  if (type === "readystatechange") {
    if (status === 0) return; // the error event follows
    const answer: HttpAnswer = {
      status,
      statusText: statusTextOf(xhr),
      answeredBy: responseUrlOf(xhr),
      made: false,
      header: (name) => headerIn(apply(allHeaders, xhr, []), name),
    };
    const how = watch.reads(answer);
    watch.answered(answer, how === undefined ? "" : bodyOf(xhr, how));
  } else if (type === "error") watch.failed("network error");
  else if (type === "abort") watch.failed(new DOMException("The request was aborted.", "AbortError"));
  else if (type === "timeout") watch.failed(new DOMException("The request timed out.", "TimeoutError"));
}

/** `getResponseHeader` would log an error to the console for a header that CORS doesn't expose. */
function headerIn(all: string, name: string): string | null {
  const wanted = `${name.toLowerCase()}: `;
  const line = all.split("\r\n").find((line) => line.toLowerCase().startsWith(wanted));
  return line === undefined ? null : line.slice(wanted.length);
}

function bodyOf(xhr: XMLHttpRequest, how: "text" | "short text" | "bytes"): string | ArrayBuffer {
  const response: unknown = responseOf(xhr);
  if (responseTypeOf(xhr) === "json") return stringify(response);
  if (typeof response === "string") return response;
  if (!(response instanceof ArrayBuffer)) return "";
  return how === "bytes" ? response : readUtf8(new Uint8Array(response), 0, response.byteLength);
}

/** The page gets this end instead of the network's. */
function standIn(
  xhr: XMLHttpRequest,
  status: number,
  statusText: string,
  response: string | ArrayBuffer,
): void {
  const values: Record<(typeof STAND_INS)[number], unknown> = {
    readyState: DONE,
    status,
    statusText,
    response,
    responseText: response,
  };
  for (const name of STAND_INS) {
    const value = values[name];
    defineProperty(xhr, name, { configurable: true, enumerable: false, get: () => value });
  }
  for (const type of ["readystatechange", status === 0 ? "error" : "load", "loadend"])
    emit(xhr, eventOf(type));
}

const eventOf = (type: string): Event =>
  type === "readystatechange" ? new NativeEvent(type) : new NativeProgressEvent(type);
