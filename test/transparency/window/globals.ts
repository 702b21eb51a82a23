/** Hubscope leaves nothing on the page: https://html.spec.whatwg.org/#the-window-object */
import { describeDescriptor, type Checks } from "../check.ts";

interface Witness {
  readonly received: readonly { readonly type: string; readonly trusted: boolean }[];
  readonly dispatched: readonly string[];
}
declare global {
  interface Window {
    /** Set by the page's first inline script. */
    witness: Witness;
  }
}

const BUILT_IN = [
  "WebSocket",
  "fetch",
  "EventSource",
  "XMLHttpRequest",
  "Promise",
  "Reflect",
  "EventTarget",
  "MessagePort",
  "MessageEvent",
  "Response",
  "Document",
  "Navigator",
];

export const globals: Checks = {
  "own names of the window": () => Object.getOwnPropertyNames(window).sort(),
  "symbols of the window": () => Object.getOwnPropertySymbols(window).map(String),
  "enumerable names, inherited too": () => {
    const names: string[] = [];
    // eslint-disable-next-line @typescript-eslint/no-for-in-array -- a window has a length, but is no array
    for (const name in window) names.push(name);
    return names.sort();
  },
  "prototypes keep their properties": () =>
    BUILT_IN.map((name) => {
      const value = window[name as keyof Window] as { prototype?: object } & object;
      return [name, Reflect.ownKeys(value).map(String), Reflect.ownKeys(value.prototype ?? {}).map(String)];
    }),
  "descriptors of what faults may change": () => [
    describeDescriptor(Object.getOwnPropertyDescriptor(Document.prototype, "visibilityState")),
    describeDescriptor(Object.getOwnPropertyDescriptor(Document.prototype, "hidden")),
    describeDescriptor(Object.getOwnPropertyDescriptor(Navigator.prototype, "onLine")),
  ],
  "elements and attributes": () => [
    document.querySelectorAll("script").length,
    document.documentElement.getAttributeNames(),
    document.head.children.length,
    [...document.childNodes].map(({ nodeName }) => nodeName),
    document.body.getAttributeNames(),
  ],
  "no event that isn't the browser's": () =>
    window.witness.received.filter(({ trusted }) => !trusted).map(({ type }) => type),
  "nothing was dispatched through the page's own methods": () => window.witness.dispatched,
  storage: () => [localStorage.length, sessionStorage.length, document.cookie],
  "performance entries of ours": () =>
    performance
      .getEntries()
      .map(({ name }) => name)
      .filter((name) => /extension/.test(name)),
  "the page's own listeners see no stranger": async () => {
    const seen: string[] = [];
    const listener = (event: Event): void => void seen.push(event.type);
    for (const type of ["hubscope", "port", "last-words"])
      for (const target of [window, document]) target.addEventListener(type, listener, true);
    await new WebSocketRoundTrip().done;
    return seen;
  },
};

/** Uses a little of everything that the hook wraps. */
class WebSocketRoundTrip {
  readonly done = new Promise<void>((resolve) => {
    const socket = new WebSocket(location.origin.replace("http", "ws") + "/echo");
    socket.onopen = () => {
      socket.send("a");
    };
    socket.onmessage = () => {
      socket.close();
    };
    socket.onclose = () => {
      resolve();
    };
  });
}
