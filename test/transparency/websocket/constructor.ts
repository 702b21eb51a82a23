/** https://websockets.spec.whatwg.org/#dom-websocket-websocket */
import { closeSocket, nextEvent, sloppy, thrownBy, type Checks } from "../check.ts";

type Loose = new (...args: unknown[]) => WebSocket;
const Loose = (): Loose => WebSocket as unknown as Loose;

/** An object that counts how often it is converted to a string. */
function counting(text: string): { calls: number; toString(): string } {
  return {
    calls: 0,
    toString() {
      this.calls++;
      return text;
    },
  };
}

export const websocketConstructor: Checks = {
  "called without new": () => thrownBy(() => (WebSocket as unknown as (url: string) => unknown)("ws://x")),
  "called with a socket as this": ({ socket }) => {
    const own = new WebSocket(socket);
    const thrown = thrownBy(() => (WebSocket as unknown as (url: string) => unknown).call(own, socket));
    own.close();
    return thrown;
  },
  "no argument": () => thrownBy(() => new (Loose())()),
  "bad URLs": () =>
    ["", "http://[", "ftp://host/", "ws://", "ws://host:99999/", "mailto:x"].map((url) => [
      url,
      thrownBy(() => {
        new WebSocket(url).close();
      }),
    ]),
  "a fragment": ({ socket }) =>
    thrownBy(() => {
      new WebSocket(`${socket}#part`).close();
    }),
  "bad protocols": ({ socket }) =>
    ["", "a b", "ü", ["a", "a"], [""], ["a", "A"]].map((protocols) => [
      protocols,
      thrownBy(() => {
        new WebSocket(socket, protocols).close();
      }),
    ]),
  "odd arguments": ({ socket }) =>
    [[Symbol("x")], [null], [undefined], [{}], [socket, null], [socket, Symbol("p")], [socket, 5]].map(
      (args) =>
        thrownBy(() => {
          new (Loose())(...args).close();
        }),
    ),
  "a relative URL": () => {
    const socket = new WebSocket("/echo?a=1");
    const { url } = socket;
    socket.close();
    return url.replace(/\d+/g, "N");
  },
  "an http URL": ({ origin }) => {
    const socket = new WebSocket(`${origin}/echo`);
    const { url } = socket;
    socket.close();
    return url.replace(/\d+/g, "N");
  },
  "a URL object": ({ socket }) => {
    const opened = new WebSocket(new URL(socket));
    opened.close();
    return opened.url === socket;
  },
  "the arguments are converted once": ({ socket }) => {
    const url = counting(socket);
    const protocol = counting("a");
    new (Loose())(url, protocol).close();
    return [url.calls, protocol.calls];
  },
  "a throwing argument": () =>
    thrownBy(
      () =>
        new (Loose())({
          toString() {
            throw new RangeError("mine");
          },
        }),
    ),
  "an iterable of protocols": async ({ socket }) => {
    const opened = new (Loose())(socket, new Set(["b", "c"]));
    await nextEvent(opened, "open");
    const { protocol } = opened;
    await closeSocket(opened);
    return protocol;
  },
  "a new socket": ({ socket }) => {
    const opened = new WebSocket(socket, ["x"]);
    const seen = [
      opened.readyState,
      opened.protocol,
      opened.extensions,
      opened.bufferedAmount,
      opened.binaryType,
      opened.onopen,
      opened.onmessage,
      Object.getOwnPropertyNames(opened),
      Object.prototype.toString.call(opened),
      opened instanceof WebSocket,
      opened instanceof EventTarget,
      opened.constructor === WebSocket,
      Object.getPrototypeOf(opened) === WebSocket.prototype,
    ];
    opened.close();
    return seen;
  },
  "sloppy code": ({ socket }) => {
    const open = sloppy("url", "var s = new WebSocket(url); s.close(); return s instanceof WebSocket");
    return open(socket);
  },
};
