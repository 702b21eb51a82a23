import type { TestPage } from "./browser/index.ts";

/** Property descriptors of everything that hook and faults may patch, as text, to compare them before and after a fault. */
export const globals = (page: TestPage): Promise<string> =>
  page.evaluate(() => {
    const describeAll = (object: object, names: string[]): string[] =>
      names.map((name) => {
        const d = Object.getOwnPropertyDescriptor(object, name);
        return `${name}: ${d ? `${String(d.configurable)} ${String(d.enumerable)} ${String(d.writable)} ${typeof d.value} ${String(d.get)} ${String(d.set)}` : "none"}`;
      });
    return [
      ...describeAll(window, [
        "WebSocket",
        "fetch",
        "setTimeout",
        "setInterval",
        "requestAnimationFrame",
        "clearTimeout",
        "clearInterval",
        "cancelAnimationFrame",
        "EventSource",
        "XMLHttpRequest",
      ]),
      ...[WebSocket, EventSource, XMLHttpRequest].flatMap(({ prototype }) =>
        describeAll(prototype, Object.getOwnPropertyNames(prototype)),
      ),
      ...describeAll(Document.prototype, ["visibilityState", "hidden"]),
      ...describeAll(Navigator.prototype, ["onLine"]),
      ...describeAll(Object.prototype, Object.getOwnPropertyNames(Object.prototype)),
      Object.getOwnPropertyNames(window).sort().join(),
    ].join("\n");
  });
