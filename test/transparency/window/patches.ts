/**
 * Patches that pages and their libraries apply to the platform, each in a frame of its own. A function with which the page
 * replaces a built-in throws when an extension calls it: the page must never see such an error.
 */

function fromExtension(): boolean {
  const { stack = "" } = new Error();
  return /(?:chrome|moz)-extension:/.test(stack.split("\n").slice(0, 6).join("\n"));
}

let asking = false;
function refuseStrangers(): void {
  // The check may itself use a patched function.
  if (asking) return;
  asking = true;
  const stranger = fromExtension();
  asking = false;
  if (!stranger) return;
  throw new RangeError("called by an extension");
}

/** Replaces each of `names` by a function of the page. */
function guard(target: object, ...names: PropertyKey[]): void {
  for (const name of names) {
    const descriptor = Reflect.getOwnPropertyDescriptor(target, name);
    if (!descriptor) continue;
    const { apply, construct } = Reflect;
    const wrap = (native: object): object =>
      new Proxy(native, {
        apply(original, thisArg, args) {
          refuseStrangers();
          return apply(original as (...given: unknown[]) => unknown, thisArg, args);
        },
        construct(original, args, newTarget) {
          refuseStrangers();
          return construct(original as new () => object, args as [], newTarget as new () => object);
        },
      });
    const { value, get } = descriptor as { value?: unknown; get?: () => unknown };
    if (typeof value === "function")
      Object.defineProperty(target, name, { ...descriptor, value: wrap(value) });
    else if (get) Object.defineProperty(target, name, { ...descriptor, get: wrap(get) as () => unknown });
  }
}

const all = (target: object): PropertyKey[] =>
  Reflect.ownKeys(target).filter((key) => key !== "constructor" && key !== "toString");

function pollute(target: object, values: object): void {
  Object.assign(target, values);
}

export const patches: Readonly<Record<string, () => void>> = {
  nothing: () => undefined,
  "toJSON-on-Array": () => {
    Object.defineProperty(Array.prototype, "toJSON", { value: () => "spoilt", configurable: true });
  },
  "toJSON-on-Object": () => {
    Object.defineProperty(Object.prototype, "toJSON", {
      value(this: unknown) {
        return this;
      },
      configurable: true,
      writable: true,
    });
  },
  "Promise-then": () => {
    guard(Promise.prototype, "then", "catch", "finally");
  },
  // As in zone.js: the page's promises are not native ones.
  "Promise-replaced": () => {
    const Native = Promise;
    class OwnPromise {
      readonly inner: Promise<unknown>;
      constructor(run: (resolve: (value: unknown) => void, reject: (reason: unknown) => void) => void) {
        this.inner = new Native(run);
      }
      then(...args: [never, never]): OwnPromise {
        return new OwnPromise((resolve, reject) => void this.inner.then(...args).then(resolve, reject));
      }
      catch(failed: never): OwnPromise {
        return this.then(undefined as never, failed);
      }
      finally(done: () => void): OwnPromise {
        return this.then(
          ((value: unknown) => (done(), value)) as never,
          ((reason: unknown) => {
            done();
            throw reason;
          }) as never,
        );
      }
      static resolve = (value: unknown): OwnPromise =>
        new OwnPromise((resolve) => {
          resolve(value);
        });
      static reject = (reason: unknown): OwnPromise =>
        new OwnPromise((_resolve, reject) => {
          reject(reason);
        });
      static all = (values: Iterable<unknown>): OwnPromise => OwnPromise.resolve(Native.all(values));
      static race = (values: Iterable<unknown>): OwnPromise => OwnPromise.resolve(Native.race(values));
    }
    (window as { Promise: unknown }).Promise = OwnPromise;
  },
  "Array-methods": () => {
    guard(Array.prototype, ...all(Array.prototype));
  },
  "Array-push": () => {
    guard(Array.prototype, "push");
  },
  "Array-iterator": () => {
    guard(Array.prototype, Symbol.iterator);
    guard(Object.getPrototypeOf([][Symbol.iterator]()) as object, "next");
  },
  "Map-methods": () => {
    guard(Map.prototype, ...all(Map.prototype));
  },
  "Set-methods": () => {
    guard(Set.prototype, ...all(Set.prototype));
  },
  "WeakMap-methods": () => {
    guard(WeakMap.prototype, ...all(WeakMap.prototype));
  },
  "Reflect-methods": () => {
    guard(Reflect, ...all(Reflect));
  },
  "Reflect-gone": () => {
    Reflect.deleteProperty(window, "Reflect");
  },
  "Object-methods": () => {
    guard(Object, ...all(Object).filter((key) => key !== "prototype"));
  },
  "Object-prototype-frozen": () => {
    Object.freeze(Object.prototype);
  },
  "Object-prototype-polluted": () => {
    pollute(Object.prototype, {
      kind: "spoilt",
      t: 5,
      fault: 9,
      socket: 3,
      get: 1,
      value: 2,
    });
  },
  "String-methods": () => {
    guard(String.prototype, ...all(String.prototype).filter((key) => key !== "valueOf"));
  },
  "RegExp-methods": () => {
    guard(RegExp.prototype, "exec", "test", Symbol.replace, Symbol.match, Symbol.split);
  },
  "Function-methods": () => {
    guard(Function.prototype, "call", "apply", "bind");
  },
  "JSON-methods": () => {
    guard(JSON, "parse", "stringify");
  },
  "Number-methods": () => {
    guard(Number, "isFinite", "isSafeInteger");
    guard(Math, "min", "max", "floor");
  },
  "EventTarget-methods": () => {
    guard(EventTarget.prototype, "addEventListener", "removeEventListener", "dispatchEvent");
  },
  "Event-constructors": () => {
    guard(window, "Event", "MessageEvent", "CloseEvent");
  },
  "Event-getters": () => {
    guard(Event.prototype, "target", "type", "stopImmediatePropagation");
    guard(MessageEvent.prototype, "data", "ports");
    guard(CloseEvent.prototype, "code", "reason", "wasClean");
    guard(window, "event");
  },
  "CloseEvent-odd": () => {
    Object.defineProperty(CloseEvent.prototype, "reason", {
      get: () => () => "a function",
      configurable: true,
    });
  },
  "WebSocket-getters": () => {
    guard(WebSocket.prototype, "url", "readyState", "protocol", "bufferedAmount");
  },
  "WebSocket-methods": () => {
    guard(WebSocket.prototype, "send", "close");
  },
  "WebSocket-wrapped": () => {
    const Native = WebSocket;
    window.WebSocket = new Proxy(Native, {
      construct: (target, args: [string]) => new target(...args),
    });
  },
  "WebSocket-prototype-frozen": () => {
    Object.freeze(WebSocket.prototype);
    Object.freeze(WebSocket);
  },
  "fetch-wrapped": () => {
    const native = window.fetch;
    window.fetch = async (...args) => {
      const answer = await native(...args);
      return answer;
    };
  },
  "fetch-guarded": () => {
    guard(window, "fetch");
  },
  "fetch-classes": () => {
    guard(window, "Request", "Response", "Headers", "URL", "TextDecoder");
  },
  "fetch-getters": () => {
    guard(Response.prototype, "clone", "text", "status", "statusText", "ok", "headers", "type");
    guard(Request.prototype, "url", "method", "headers");
    guard(Headers.prototype, "get", "has");
  },
  "MessagePort-methods": () => {
    guard(MessagePort.prototype, "postMessage", "start");
  },
  microtasks: () => {
    guard(window, "queueMicrotask");
  },
  "microtasks-never": () => {
    window.queueMicrotask = () => undefined;
  },
  clocks: () => {
    guard(performance, "now");
    guard(Performance.prototype, "now", "getEntriesByType", "timeOrigin");
    guard(Date, "now");
  },
  observers: () => {
    guard(window, "PerformanceObserver");
    Object.defineProperty(PerformanceObserver, "supportedEntryTypes", { value: undefined });
  },
  "typed-arrays": () => {
    guard(window, "ArrayBuffer", "Uint8Array", "Uint32Array", "Float64Array");
    guard(ArrayBuffer.prototype, "slice", "byteLength");
  },
  "document-and-navigator": () => {
    guard(Document.prototype, "visibilityState", "hidden");
    guard(Node.prototype, "baseURI");
    guard(Navigator.prototype, "onLine", "userAgent");
  },
  base64: () => {
    guard(window, "atob", "btoa");
  },
};
