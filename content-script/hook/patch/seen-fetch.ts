/** Reads a request from the arguments of fetch. */
import type { HttpRequest } from "../transport/http-request.ts";
import {
  addressOf,
  apply,
  couldBeSignalR,
  getterOf,
  readFrom,
  requestMethod,
  requestUrl,
} from "../../sentinel/shared-with-hook.ts";
import { classOf, methodOf } from "../platform/classes.ts";

const requestHeaders = getterOf("Request", "headers");
const requestSignal = getterOf("Request", "signal");
const NativeHeaders = classOf("Headers");
const headerOf = methodOf("Headers", "get");
const { isArray } = Array;

export interface SeenFetch extends HttpRequest {
  readonly signal: AbortSignal | undefined;
}

/**
 * Reads the arguments without side effects: objects that would have to be converted to a string, and bodies that can be read
 * only once, are not touched.
 */
export function look(input: unknown, init: RequestInit | undefined): SeenFetch | undefined {
  try {
    const url = addressOf(input);
    if (!couldBeSignalR(url)) return undefined;
    const request = readFrom(input, requestUrl) === undefined ? undefined : (input as Request);
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

const headersOf = (given: unknown): Headers =>
  new NativeHeaders(isReadOnce(given) ? undefined : (given as HeadersInit | undefined));

const isReadOnce = (headers: unknown): boolean =>
  typeof headers === "object" &&
  headers !== null &&
  Symbol.iterator in headers &&
  !isArray(headers) &&
  !(headers instanceof NativeHeaders);
