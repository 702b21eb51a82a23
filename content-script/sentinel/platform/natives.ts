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

/** Of the browser. For these two use descriptors that inherit nothing. */
export const nativeDefine = Reflect.defineProperty;
export const nativeDescriptor = Reflect.getOwnPropertyDescriptor;
export const setPrototypeOf = Reflect.setPrototypeOf;
const bare = <T extends PropertyDescriptor | undefined>(descriptor: T): T => {
  // Otherwise a page's `Object.prototype.get = …` would be part of every descriptor.
  if (descriptor) setPrototypeOf(descriptor, null);
  return descriptor;
};
export const defineProperty = (target: object, key: PropertyKey, descriptor: PropertyDescriptor): boolean =>
  nativeDefine(target, key, bare(descriptor));
export const getOwnPropertyDescriptor = (target: object, key: PropertyKey): PropertyDescriptor | undefined =>
  bare(nativeDescriptor(target, key));

export const NativePromise = Promise;
export const promiseThen = Promise.prototype.then;

const addListener = EventTarget.prototype.addEventListener;
const removeListener = EventTarget.prototype.removeEventListener;
const dispatch = EventTarget.prototype.dispatchEvent;
const timeout = window.setTimeout;
const clear = window.clearTimeout;
const performanceNow = performance.now.bind(performance);
export const { timeOrigin } = performance;

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

/** The original methods of each kind of collection. */
const methodsOf = new Map<object, object>();
// No map(): it would be a function to compile in every page.
for (const { prototype } of [Map, Set, WeakMap])
  methodsOf.set(prototype, Object.create(null, Object.getOwnPropertyDescriptors(prototype)) as object);
const { get: mapGet } = Map.prototype;

/** Gives one of our collections its original methods: the page may replace those on the prototype. */
export function ownMethods<T extends object>(collection: T): T {
  setPrototypeOf(collection, apply(mapGet, methodsOf, [getPrototypeOf(collection)]) as object);
  return collection;
}

const originals = ownMethods(new WeakMap<object, object>());
/** Remembers which function of the browser one of ours replaces. */
export const standIn = <T extends object>(ours: T, native: object): T => {
  originals.set(ours, native);
  return ours;
};
/** A proxy of one of the browser's functions. Its source text stays the browser's (source-text.ts). */
export const wrap = <T extends object>(native: T, traps: ProxyHandler<T>): T => {
  setPrototypeOf(traps, null);
  const proxy = new Proxy(native, traps);
  // Not by `standIn`: that would be one more function to compile in every page.
  originals.set(proxy, native);
  return proxy;
};
/** The browser's function that `ours` replaces. */
export const originalOf = (ours: object): object | undefined => originals.get(ours);

/** What is taken of classes at `document_start`. Of others, and of their other members, only the hook needs anything. */
const TAKEN = {
  Event: "type target stopImmediatePropagation",
  MessageEvent: "data ports",
  CloseEvent: "code reason wasClean",
  WebSocket: "url readyState send close",
  EventSource: "url close",
  Request: "url method headers",
  Response: "headers status statusText type url clone",
  Headers: "get",
  URL: "href",
  MessagePort: "postMessage start",
} as const;

export type ClassName =
  | keyof typeof TAKEN
  | "AbortController"
  | "AbortSignal"
  | "ArrayBuffer"
  | "Blob"
  | "ProgressEvent"
  | "ReadableStream"
  | "ReadableStreamDefaultReader"
  | "TextDecoder"
  | "XMLHttpRequest";
export type Instance<N extends ClassName> = (typeof globalThis)[N]["prototype"];

/** Classes by their name, and members by class and name. Their descriptors are whole, so nothing is inherited. */
export const taken: Record<string, unknown> = {};
setPrototypeOf(taken, null);
taken["fetch"] = fetch;
for (const name of Object.keys(TAKEN) as (keyof typeof TAKEN)[]) {
  const native = window[name];
  taken[name] = native;
  for (const member of TAKEN[name].split(" "))
    taken[name + member] = nativeDescriptor(native.prototype, member);
}

/** Reads a property of a platform object with the browser's own getter. */
export const getterOf = <N extends ClassName, K extends keyof Instance<N> & string>(
  name: N,
  member: K,
): ((of: object) => Instance<N>[K]) => {
  const get = (
    (taken[name + member] ?? nativeDescriptor(window[name].prototype, member)) as
      PropertyDescriptor | undefined
  )?.get;
  return (of) => (get ? apply(get, of, NO_ARGUMENTS) : (of as Instance<N>)[member]) as Instance<N>[K];
};

export const NativeEvent = Event;
export const NativeMessageEvent = MessageEvent;
export const messageData: (of: object) => unknown = getterOf("MessageEvent", "data");
export const messagePorts: (of: object) => readonly MessagePort[] = getterOf("MessageEvent", "ports");
export const eventType = getterOf("Event", "type");
export const stopImmediately = Event.prototype.stopImmediatePropagation;
export const socketUrl = getterOf("WebSocket", "url");
export const sourceUrl = getterOf("EventSource", "url");
export const requestUrl = getterOf("Request", "url");
export const requestMethod = getterOf("Request", "method");
export const urlHref = getterOf("URL", "href");
export const cloneResponse = Response.prototype.clone;
const eventTarget = getterOf("Event", "target");
const currentEvent = nativeDescriptor(window, "event")?.get as (() => Event | undefined) | undefined;

/** Whether the page is handling a message of this socket or event source right now. */
export function isHandling(target: object): boolean {
  const event = currentEvent && apply(currentEvent, window, NO_ARGUMENTS);
  return event ? eventType(event) === "message" && eventTarget(event) === target : false;
}
