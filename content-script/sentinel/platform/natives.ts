/**
 * The browser's own functions, saved at `document_start` before any page script can replace them. Sentinel, hook and faults call only these.
 */
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import { guarded } from "./guard.ts";

/** A method of a platform object, before it is wrapped. */
export type Method = (this: unknown, ...args: unknown[]) => unknown;

export const apply = Reflect.apply;
export const construct = Reflect.construct;
export const getPrototypeOf = Reflect.getPrototypeOf;
export const deleteProperty = Reflect.deleteProperty;

const define = Reflect.defineProperty;
const describe = Reflect.getOwnPropertyDescriptor;
const ownKeys = Reflect.ownKeys;
export const setPrototypeOf = Reflect.setPrototypeOf;
const bare = <T extends PropertyDescriptor | undefined>(descriptor: T): T => {
  // Otherwise a page's `Object.prototype.get = …` would be part of every descriptor.
  if (descriptor) setPrototypeOf(descriptor, null);
  return descriptor;
};
/** A proxy of one of the browser's functions. Its source text stays the browser's (source-text.ts). */
export const wrap = <T extends object>(native: T, traps: ProxyHandler<T>): T => {
  setPrototypeOf(traps, null);
  return standIn(new Proxy(native, traps), native);
};
export const defineProperty = (target: object, key: PropertyKey, descriptor: PropertyDescriptor): boolean =>
  define(target, key, bare(descriptor));
export const getOwnPropertyDescriptor = (target: object, key: PropertyKey): PropertyDescriptor | undefined =>
  bare(describe(target, key));

export const NativeWebSocket = window.WebSocket;
export const socketClose = NativeWebSocket.prototype.close;
export const sourceClose = EventSource.prototype.close;
export const socketSend = NativeWebSocket.prototype.send;

export const NativePromise = Promise;
export const promiseThen = Promise.prototype.then;

const addListener = EventTarget.prototype.addEventListener;
const removeListener = EventTarget.prototype.removeEventListener;
const dispatch = EventTarget.prototype.dispatchEvent;
const timeout = window.setTimeout;
const clear = window.clearTimeout;
const performanceNow = performance.now.bind(performance);
const { timeOrigin } = performance;

export const NativeEvent = Event;
export const NativeMessageEvent = MessageEvent;
export const microtask = window.queueMicrotask.bind(window);

export const toJson = JSON.stringify;

export function on(
  target: EventTarget,
  type: string,
  listener: (event: Event) => void,
  capture = false,
): void {
  apply(addListener, target, [type, listener, capture]);
}

export function off(target: EventTarget, type: string, listener: (event: Event) => void): void {
  apply(removeListener, target, [type, listener]);
}

/** @returns false when a listener prevented the default, as dispatchEvent does */
export const emit = (target: EventTarget, event: Event): boolean => apply(dispatch, target, [event]);

/** For our own code. Unlike the page's setTimeout it is never held by a fault. */
export const nativeTimeout = (run: () => void, delay: number): number =>
  apply(timeout, window, [
    () => {
      guarded(run);
    },
    delay,
  ]) as unknown as number;
/** For the page's code, in its own task: its errors are reported as usual. */
export const inTask = (run: () => void): void => {
  apply(timeout, window, [run, 0]);
};
export const clearNativeTimeout = (timer: number): void => {
  apply(clear, window, [timer]);
};

/** 0: nothing is being replayed. */
let replayedAt: EpochMilliseconds = 0;

/** Runs something that happened at an earlier time: until it returns, `now()` is that time. */
export function atTime<T>(time: EpochMilliseconds, run: () => T): T {
  replayedAt = time;
  try {
    return run();
  } finally {
    replayedAt = 0;
  }
}

/** Whether something that happened earlier is being replayed. */
export const isReplaying = (): boolean => replayedAt !== 0;

/** Milliseconds since the epoch, monotonic within the page. */
export const now = (): EpochMilliseconds => replayedAt || timeOrigin + performanceNow();

export const dateNow = Date.now;

const NO_ARGUMENTS: [] = [];

/** Reads a getter of a platform object, even if the page has replaced it. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- no argument has the type of the property
export function getter<T>(prototype: object, name: string): (of: object) => T {
  const get = getOwnPropertyDescriptor(prototype, name)?.get;
  return (of) => (get ? apply(get, of, NO_ARGUMENTS) : (of as Record<string, unknown>)[name]) as T;
}

/** The original methods of each kind of collection. */
const prototypes = new Map<object, object>();
const { get: prototypeOf, set: keepPrototype } = Map.prototype;

/** Gives one of our collections its original methods: the page may replace those on the prototype. */
export function ownMethods<T extends object>(collection: T): T {
  const prototype = getPrototypeOf(collection) as object;
  let own = apply(prototypeOf, prototypes, [prototype]) as object | undefined;
  if (!own) {
    own = {};
    setPrototypeOf(own, null);
    for (const key of ownKeys(prototype)) {
      const descriptor = getOwnPropertyDescriptor(prototype, key);
      if (descriptor) defineProperty(own, key, descriptor);
    }
    apply(keepPrototype, prototypes, [prototype, own]);
  }
  setPrototypeOf(collection, own);
  return collection;
}

const originals = ownMethods(new WeakMap<object, object>());
/** Remembers which function of the browser one of ours replaces. */
export const standIn = <T extends object>(ours: T, native: object): T => {
  originals.set(ours, native);
  return ours;
};
/** The browser's function that `ours` replaces. */
export const originalOf = (ours: object): object | undefined => originals.get(ours);

export const messageData = getter<unknown>(MessageEvent.prototype, "data");
export const eventType = getter<string>(Event.prototype, "type");
export const eventTarget = getter<unknown>(Event.prototype, "target");
export const currentEvent = getter<Event | undefined>(window, "event");
export const socketUrl = getter<string>(NativeWebSocket.prototype, "url");
export const sourceUrl = getter<string>(EventSource.prototype, "url");
export const stopImmediately = Event.prototype.stopImmediatePropagation;

/** Whether the page is handling a message of this socket or event source right now. */
export function isHandling(target: object): boolean {
  const event = currentEvent(window);
  return event ? eventType(event) === "message" && eventTarget(event) === target : false;
}

export const requestUrl = getter<string>(Request.prototype, "url");
export const requestMethod = getter<string>(Request.prototype, "method");
export const urlHref = getter<string>(URL.prototype, "href");
export const cloneResponse = Response.prototype.clone;
