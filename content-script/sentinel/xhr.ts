/**
 * Wraps methods of XMLHttpRequest's prototype to see the requests of older SignalR clients. The objects stay native; our
 * listeners are added in `open`, before a client can add its own.
 */
import { looksLikeNegotiate } from "../../extension/core/protocol/negotiate.ts";
import { call, isCalled } from "./call.ts";
import { isSign } from "./fetch.ts";
import { happen, isLive } from "./happenings.ts";
import { getterOf, on, ownMethods } from "./platform/natives.ts";
import { afterCall, patchMethod } from "./platform/patches.ts";
import { couldBeSignalR } from "./signs.ts";

const prototype = XMLHttpRequest.prototype;
const stateOf = getterOf("XMLHttpRequest", "readyState");
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

/** Created with the first request that could be SignalR's. */
let requests: WeakMap<object, RawXhr> | undefined;

/** The hook replaces these with its own. */
export const xhrTraps = {
  open: afterCall((xhr, args) => {
    watch(xhr as XMLHttpRequest, args);
  }),
  setRequestHeader: afterCall((xhr, args) => {
    const name = args[0];
    const value = args[1];
    if (typeof name === "string" && typeof value === "string")
      requests?.get(xhr)?.headers.set(name.toLowerCase(), value);
  }),
  send: afterCall((xhr, args) => {
    const body = args[0];
    const raw = requests?.get(xhr);
    if (!raw) return;
    const { url, method } = raw;
    if (
      isSign(
        url,
        () => method,
        () => body,
      )
    )
      call();
    if (isCalled()) happen(raw, (hook) => hook.xhrSent(raw, body));
  }),
};

export function patchXhr(): void {
  patchMethod(prototype, "open", xhrTraps.open);
  patchMethod(prototype, "setRequestHeader", xhrTraps.setRequestHeader);
  patchMethod(prototype, "send", xhrTraps.send);
}

/** The address that the page passed to `open`. */
export const addressIn = (given: unknown): string =>
  typeof given === "string" ? given : given instanceof URL ? given.href : "";

function watch(xhr: XMLHttpRequest, args: readonly unknown[]): void {
  const method = args[0];
  const url = addressIn(args[1]);
  requests?.delete(xhr);
  if (typeof method !== "string" || !(looksLikeNegotiate(url) || (isCalled() && couldBeSignalR(url)))) return;
  const raw: RawXhr = {
    xhr,
    method: method.toUpperCase(),
    url,
    async: args[2] === undefined || Boolean(args[2]),
    headers: ownMethods(new Map<string, string>()),
    ears: undefined,
  };
  (requests ??= ownMethods(new WeakMap<object, RawXhr>())).set(xhr, raw);
  EVENTS.forEach((type) => {
    on(xhr, type, (event) => {
      if (!event.isTrusted || requests?.get(xhr) !== raw) return;
      if (isLive()) raw.ears?.(event);
      else if (isCalled() && (type !== "readystatechange" || stateOf(xhr) === DONE))
        happen(raw, (hook) => {
          hook.xhrEnded(raw, type);
        });
    });
  });
}
