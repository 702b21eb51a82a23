/**
 * Wraps methods of XMLHttpRequest's prototype to see the requests of older SignalR clients. The objects stay native; our
 * listeners are added in `open`, before a client can add its own.
 */
import { looksLikeNegotiate } from "../../extension/core/protocol/negotiate.ts";
import { call, isCalled } from "./call.ts";
import { isSign } from "./fetch.ts";
import { happen, isLive } from "./happenings.ts";
import { theHook } from "./interpreter.ts";
import { guarded } from "./platform/guard.ts";
import { apply, eventType, getter, on, ownMethods } from "./platform/natives.ts";
import { patchMethod, type ApplyTrap } from "./platform/patches.ts";
import { couldBeSignalR } from "./signs.ts";

const prototype = XMLHttpRequest.prototype;
const stateOf = getter<number>(prototype, "readyState");
const statusOf = getter<number>(prototype, "status");
const statusTextOf = getter<string>(prototype, "statusText");
const responseUrlOf = getter<string>(prototype, "responseURL");
const responseTypeOf = getter<string>(prototype, "responseType");
const responseOf = getter<unknown>(prototype, "response");
const allHeaders = prototype.getAllResponseHeaders;

const DONE = 4;
const EVENTS = ["readystatechange", "error", "abort", "timeout", "load", "loadend"];

/** One use of a request object, from `open` on. */
export interface RawXhr {
  readonly xhr: XMLHttpRequest;
  /** In upper case. */
  readonly method: string;
  /** As the page passed it: may be relative. */
  readonly url: string;
  readonly async: boolean;
  /** Names in lower case. */
  readonly headers: Map<string, string>;
  /** What the hook does with its events. undefined: it isn't there yet. */
  ears: ((event: Event) => void) | undefined;
}

/** What a request object says when it has ended. */
export interface XhrEnd {
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly headers: string;
  readonly response: unknown;
  /** The browser has parsed the response as JSON. */
  readonly json: boolean;
}

/** Created with the first request that could be SignalR's. */
let requests: WeakMap<object, RawXhr> | undefined;

/** The hook replaces these with its own. */
export const xhrTraps: {
  readonly open: ApplyTrap;
  readonly setRequestHeader: ApplyTrap;
  readonly send: ApplyTrap;
} = {
  open: {
    apply(target, xhr, args) {
      const opened = apply(target, xhr, args);
      guarded(() => {
        watch(xhr as XMLHttpRequest, args);
      });
      return opened;
    },
  },
  setRequestHeader: {
    apply(target, xhr, args) {
      const done = apply(target, xhr, args);
      const [name, value] = args;
      if (typeof name === "string" && typeof value === "string")
        requests?.get(xhr)?.headers.set(name.toLowerCase(), value);
      return done;
    },
  },
  send: {
    apply(target, xhr, args) {
      const raw = requests?.get(xhr);
      if (raw)
        guarded(() => {
          const { url, method } = raw;
          const body = args[0];
          if (isSign({ url, method, body })) call();
          if (isCalled()) happen(raw, () => theHook()?.xhrSent(raw, body));
        });
      return apply(target, xhr, args);
    },
  },
};

export function patchXhr(): void {
  patchMethod(prototype, "open", xhrTraps.open);
  patchMethod(prototype, "setRequestHeader", xhrTraps.setRequestHeader);
  patchMethod(prototype, "send", xhrTraps.send);
}

/** The address that the page passed to `open`. */
export const addressIn = (given: unknown): string =>
  typeof given === "string" ? given : given instanceof URL ? given.href : "";

export const readXhr = (xhr: XMLHttpRequest): XhrEnd => ({
  status: statusOf(xhr),
  statusText: statusTextOf(xhr),
  url: responseUrlOf(xhr),
  headers: apply(allHeaders, xhr, []),
  response: responseOf(xhr),
  json: responseTypeOf(xhr) === "json",
});

function watch(xhr: XMLHttpRequest, [method, given, async = true]: readonly unknown[]): void {
  const url = addressIn(given);
  requests?.delete(xhr);
  if (typeof method !== "string" || !(looksLikeNegotiate(url) || (isCalled() && couldBeSignalR(url)))) return;
  const raw: RawXhr = {
    xhr,
    method: method.toUpperCase(),
    url,
    async: Boolean(async),
    headers: ownMethods(new Map<string, string>()),
    ears: undefined,
  };
  (requests ??= ownMethods(new WeakMap<object, RawXhr>())).set(xhr, raw);
  for (let i = 0; i < EVENTS.length; i++)
    on(xhr, EVENTS[i] ?? "", (event) => {
      if (!event.isTrusted || requests?.get(xhr) !== raw) return;
      const type = eventType(event);
      if (isLive()) raw.ears?.(event);
      else if (isCalled() && (type !== "readystatechange" || stateOf(xhr) === DONE)) {
        const end = readXhr(xhr);
        happen(raw, () => theHook()?.xhrEnded(raw, type, end));
      }
    });
}
