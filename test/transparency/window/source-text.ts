/**
 * The source text of the browser's functions is native, in this window and as seen from another one.
 * https://tc39.es/ecma262/#sec-function.prototype.tostring
 */
import type { Checks } from "../check.ts";

const functions = (): Record<string, unknown> => ({
  fetch,
  WebSocket,
  "WebSocket.prototype.constructor": WebSocket.prototype.constructor,
  "WebSocket.prototype.send": WebSocket.prototype.send,
  "WebSocket.prototype.close": WebSocket.prototype.close,
  EventSource,
  "EventSource.prototype.close": EventSource.prototype.close,
  XMLHttpRequest,
  "XMLHttpRequest.prototype.open": XMLHttpRequest.prototype.open,
  "XMLHttpRequest.prototype.send": XMLHttpRequest.prototype.send,
  "XMLHttpRequest.prototype.setRequestHeader": XMLHttpRequest.prototype.setRequestHeader,
  setTimeout,
  setInterval,
  clearTimeout,
  clearInterval,
  requestAnimationFrame,
  cancelAnimationFrame,
  "Function.prototype.toString": Function.prototype.toString,
  "document.hidden": Object.getOwnPropertyDescriptor(Document.prototype, "hidden")?.get,
  "navigator.onLine": Object.getOwnPropertyDescriptor(Navigator.prototype, "onLine")?.get,
});

type ToString = (this: unknown) => string;
const texts = (toString: ToString): unknown =>
  Object.entries(functions()).map(([name, value]) => [name, toString.call(value)]);

export const sourceText: Checks = {
  "as a text": () => Object.entries(functions()).map(([name, value]) => [name, String(value)]),
  "through Function.prototype.toString": () => texts(Function.prototype.toString),
  "through that of a new frame": () => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const seen = texts((frame.contentWindow as unknown as typeof globalThis).Function.prototype.toString);
    frame.remove();
    return seen;
  },
  "of a frame's functions": () => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const other = frame.contentWindow as unknown as typeof globalThis;
    const toString: ToString = Function.prototype.toString;
    const seen = [other.fetch, other.WebSocket, other.Function.prototype.toString].map((one) => [
      String(one),
      toString.call(one),
    ]);
    frame.remove();
    return seen;
  },
  "as libraries ask whether fetch is native": () =>
    /^function\s+\w+\(\)\s+\{\s+\[native code\]\s+\}$/.test(fetch.toString()),
  "of what is no function of the browser": () => {
    const own = function named(): void {};
    const toString: ToString = Function.prototype.toString;
    return [
      own,
      own.bind(null),
      new Proxy(own, {}),
      new Proxy(fetch, {}),
      class A extends Array {},
      () => 1,
    ].map((one) => toString.call(one));
  },
  "of what is no function": () =>
    [undefined, null, {}, "x", Object.create(Function.prototype) as object].map((one) => {
      try {
        return Function.prototype.toString.call(one);
      } catch (error) {
        return (error as Error).name;
      }
    }),
};
