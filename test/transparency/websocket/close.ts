/**
 * https://websockets.spec.whatwg.org/#dom-websocket-close
 * https://websockets.spec.whatwg.org/#eventdef-websocket-close
 */
import { nextEvent, openSocket, thrownBy, type Checks } from "../check.ts";

const told = ({ code, reason, wasClean, isTrusted, bubbles, cancelable }: CloseEvent): unknown[] => [
  code,
  reason,
  wasClean,
  isTrusted,
  bubbles,
  cancelable,
];

export const websocketClose: Checks = {
  "bad codes and reasons": async (place) => {
    const socket = await openSocket(place);
    const close = socket.close.bind(socket) as (...args: unknown[]) => void;
    const bad: unknown[][] = [[0], [999], [1001], [1005], [2999], [5000], [-1], ["x"], [NaN], [Symbol("x")]];
    const thrown = [...bad, [1000, "x".repeat(124)], [1000, "ü".repeat(62)], [3000, Symbol("x")]].map(
      (args) =>
        thrownBy(() => {
          close(...args);
        }),
    );
    const { readyState } = socket;
    socket.send("alive");
    const { data } = await nextEvent<MessageEvent<unknown>>(socket, "message");
    const closed = nextEvent<CloseEvent>(socket, "close");
    socket.close();
    return [thrown, readyState, data, told(await closed)];
  },
  "good codes and reasons": async (place) => {
    const results: unknown[] = [];
    for (const args of [[], [1000], [3000, "x".repeat(123)], [4999, "bye"], [undefined, "why"], ["4000.7"]]) {
      const socket = await openSocket(place);
      const closed = nextEvent<CloseEvent>(socket, "close");
      (socket.close as (...given: unknown[]) => void)(...args);
      const closing = socket.readyState;
      results.push([closing, told(await closed), socket.readyState]);
    }
    return results;
  },
  "by the server": async (place) => {
    const socket = await openSocket(place);
    const closed = nextEvent<CloseEvent>(socket, "close");
    socket.send("close 4001 bye");
    return [told(await closed), socket.readyState];
  },
  "cut off": async (place) => {
    const socket = await openSocket(place);
    const order: unknown[] = [];
    socket.addEventListener("error", (event) => order.push(["error", event.isTrusted]));
    const closed = nextEvent<CloseEvent>(socket, "close");
    socket.send("drop");
    order.push(told(await closed));
    return order;
  },
  refused: async ({ origin }) => {
    const socket = new WebSocket(`${origin.replace("http", "ws")}/nothing-here`);
    const order: unknown[] = [];
    socket.addEventListener("open", () => order.push("open"));
    socket.addEventListener("error", (event) => {
      order.push(["error", event.constructor.name, socket.readyState]);
    });
    order.push(told(await nextEvent<CloseEvent>(socket, "close")));
    return order;
  },
  "while connecting": async ({ socket }) => {
    const opened = new WebSocket(socket);
    const order: string[] = [];
    for (const type of ["open", "error", "close"]) opened.addEventListener(type, () => order.push(type));
    const closed = nextEvent<CloseEvent>(opened, "close");
    opened.close();
    const closing = opened.readyState;
    return [closing, told(await closed), order, opened.readyState];
  },
  twice: async (place) => {
    const socket = await openSocket(place);
    let count = 0;
    socket.addEventListener("close", () => count++);
    const closed = nextEvent<CloseEvent>(socket, "close");
    socket.close(4002, "first");
    socket.close(4003, "second");
    const event = told(await closed);
    socket.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    return [event, count];
  },
  "from within a message": async (place) => {
    const socket = await openSocket(place);
    const seen: unknown[] = [];
    socket.onmessage = ({ data }) => {
      seen.push(data);
      socket.close(4004);
    };
    const closed = nextEvent<CloseEvent>(socket, "close");
    socket.send("a");
    socket.send("b");
    const event = told(await closed);
    return [seen[0], event];
  },
  "returns undefined, and converts once": async (place) => {
    const socket = await openSocket(place);
    const closed = nextEvent<CloseEvent>(socket, "close");
    const reads: string[] = [];
    const code = { valueOf: () => (reads.push("code"), 4005) };
    const reason = { toString: () => (reads.push("reason"), "mine") };
    const returned = (socket.close as (...given: unknown[]) => unknown).call(socket, code, reason);
    return [returned === undefined, told(await closed), reads];
  },
};
