/**
 * Refused connects. Connecting to an invalid URL wouldn't do (Chromium logs an error and dispatches no close event, Firefox
 * throws): the page gets an object that looks like a WebSocket or an EventSource and fails like a refused one.
 */
import {
  setPrototypeOf,
  entries,
  NativeCloseEvent,
  NativeEvent,
  apply,
  defineProperty,
  emit,
  nativeTimeout,
  on,
} from "../hook/shared-with-tools.ts";
import type { Milliseconds } from "../../extension/core/units.ts";

const CONNECTING = 0;

interface StandIn {
  readonly target: EventTarget;
  readonly connecting: boolean;
  /** @returns false: it had already failed */
  fail(): boolean;
}

function standIn(
  prototype: object,
  closedState: number,
  handlers: readonly string[],
  values: Readonly<Record<string, unknown>>,
): StandIn {
  const target = new EventTarget();
  let readyState = CONNECTING;
  setPrototypeOf(target, prototype);
  for (const [name, value] of entries(values))
    defineProperty(target, name, { configurable: true, writable: true, value });
  defineProperty(target, "readyState", { configurable: true, get: () => readyState });
  for (const type of handlers) defineHandler(target, type);
  return {
    target,
    get connecting() {
      return readyState === CONNECTING;
    },
    fail() {
      if (readyState === closedState) return false;
      readyState = closedState;
      emit(target, new NativeEvent("error"));
      return true;
    },
  };
}

/** @param after how long the connect takes before it fails */
export function refusedSocket(url: string, prototype: object, after: Milliseconds): object {
  const socket = standIn(prototype, 3, ["open", "message", "error", "close"], {
    url: url.replace(/^http/, "ws"),
    protocol: "",
    extensions: "",
    bufferedAmount: 0,
    binaryType: "blob",
    send: () => {
      if (socket.connecting)
        throw new DOMException(
          "Failed to execute 'send' on 'WebSocket': Still in CONNECTING state.",
          "InvalidStateError",
        );
    },
    close: () => {
      nativeTimeout(fail, 0);
    },
  });
  const fail = (): void => {
    if (socket.fail())
      emit(socket.target, new NativeCloseEvent("close", { code: 1006, reason: "", wasClean: false }));
  };
  nativeTimeout(fail, after);
  return socket.target;
}

export function refusedSource(url: string, prototype: object, after: Milliseconds): object {
  const source = standIn(prototype, 2, ["open", "message", "error"], {
    url,
    withCredentials: false,
    close: () => undefined,
  });
  nativeTimeout(source.fail, after);
  return source.target;
}

/** An event handler property (`on…`): it runs in the order in which it was first set, like the browser's own. */
function defineHandler(target: EventTarget, type: string): void {
  let handler: unknown = null;
  let listening = false;
  defineProperty(target, `on${type}`, {
    configurable: true,
    get: () => handler,
    set: (next: unknown) => {
      handler = typeof next === "function" ? next : null;
      if (listening) return;
      listening = true;
      on(target, type, (event) => {
        if (typeof handler === "function") apply(handler as (event: Event) => void, target, [event]);
      });
    },
  });
}
