/**
 * A limit below ours: an extension that patches in every page what ours patches, and does nothing with it. What ours needs more is
 * the code for what happens until the hook is there, and the browser's functions that it takes before the page can replace them.
 */
import { cp, writeFile } from "node:fs/promises";
import path from "node:path";

const SCRIPT = `"use strict";(() => {
  const { apply, construct, defineProperty, getOwnPropertyDescriptor } = Reflect;
  const patch = (target, name, traps) => {
    const property = getOwnPropertyDescriptor(target, name);
    property.value = new Proxy(property.value, traps);
    defineProperty(target, name, property);
    return property.value;
  };
  const method = (target, name) => patch(target, name, { apply: (native, self, args) => apply(native, self, args) });
  const newOf = (name) => {
    const { prototype } = window[name];
    const wrapped = patch(window, name, {
      construct: (native, args, newTarget) => construct(native, args, newTarget === wrapped ? native : newTarget),
    });
    const property = getOwnPropertyDescriptor(prototype, "constructor");
    property.value = wrapped;
    defineProperty(prototype, "constructor", property);
  };
  method(Function.prototype, "toString");
  method(window, "fetch");
  method(XMLHttpRequest.prototype, "open");
  method(XMLHttpRequest.prototype, "setRequestHeader");
  method(XMLHttpRequest.prototype, "send");
  newOf("WebSocket");
  method(WebSocket.prototype, "send");
  method(WebSocket.prototype, "close");
  newOf("EventSource");
  method(EventSource.prototype, "close");
  defineProperty(Object.prototype, "keepAliveIntervalInMilliseconds", { configurable: true, set() {} });
  const hear = (event) => {
    event.preventDefault();
    performance.removeEventListener("hubscope-secret", hear);
    performance.addEventListener(event.detail, () => {});
  };
  performance.addEventListener("hubscope-secret", hear);
})();
`;

/** @param from our build */
export async function writePatchesOnly(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true });
  await writeFile(path.join(to, "sentinel.js"), SCRIPT);
}
