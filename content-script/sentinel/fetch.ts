/** Wraps the page's fetch to see the requests of SignalR. Other requests are only checked for their URL. */
import { legacyProtocolIn, looksLikeNegotiate } from "../../extension/core/protocol/negotiate.ts";
import { call, isCalled } from "./call.ts";
import { happen } from "./happenings.ts";
import { guarded } from "./platform/guard.ts";
import {
  NativePromise,
  apply,
  cloneResponse,
  promiseThen,
  requestMethod,
  requestUrl,
  urlHref,
} from "./platform/natives.ts";
import { patchMethod, type ApplyTrap } from "./platform/patches.ts";
import { couldBeSignalR, looksLikeHandshake } from "./signs.ts";

/** A request that the page made after a sign of SignalR, and before the hook was there. */
export interface RawFetch {
  /** As the page passed them. */
  readonly args: readonly unknown[];
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
    const watched = concerns(args[0], args[1] as RequestInit | undefined);
    const running = apply(target, thisArg, args) as Promise<Response>;
    return watched ? watch(args, running) : running;
  },
};

export function patchFetch(): void {
  patchMethod(window, "fetch", fetchTrap);
}

/** @param method read only when needed: the page can notice that */
export function isSign(url: string, method: () => unknown, body: () => unknown): boolean {
  if (looksLikeNegotiate(url)) return legacyProtocolIn(url) !== undefined || isPost(method());
  return couldBeSignalR(url) && isPost(method()) && looksLikeHandshake(body());
}

const isPost = (method: unknown): boolean => typeof method === "string" && method.toUpperCase() === "POST";

/** Objects that would have to be converted to a string are not touched. */
export function addressOf(input: unknown): string {
  if (typeof input === "string") return input;
  return readFrom(input, requestUrl) ?? readFrom(input, urlHref) ?? "";
}

/** undefined: it isn't such an object. Unlike `instanceof` this also works with objects of other windows. */
export function readFrom<T>(input: unknown, get: (of: object) => T): T | undefined {
  try {
    return get(input as object);
  } catch {
    return undefined;
  }
}

function concerns(input: unknown, init: RequestInit | undefined): boolean {
  try {
    const url = addressOf(input);
    const method = (): unknown => init?.method ?? readFrom(input, requestMethod);
    if (isSign(url, method, () => init?.body)) call();
    return isCalled() && couldBeSignalR(url);
  } catch {
    return false; // the native fetch reports what is wrong with these arguments
  }
}

function watch(args: readonly unknown[], running: Promise<Response>): Promise<Response> {
  return new NativePromise<Response>((resolve, reject) => {
    const raw: RawFetch = { args, running, resolve, reject, taken: false };
    happen(raw, (hook) => hook.fetchBegan(raw));
    void apply(promiseThen, running, [
      (response: Response) => {
        if (raw.taken) return;
        guarded(() => {
          const copy = apply(cloneResponse, response, []);
          happen(raw, (hook) => hook.fetched(raw, copy));
        });
        resolve(response);
      },
      (error: unknown) => {
        if (raw.taken) return;
        happen(raw, (hook) => hook.fetchFailed(raw, error));
        (reject as (reason: unknown) => void)(error);
      },
    ]);
  });
}
