/** Actions of a page while a fault is active: with raw sockets to the hub, timers, negotiates. */
import { describeError, nextEvent, rejectionOf, thrownBy, type Place } from "../check.ts";

const END = "\x1e";
const PING = `{"type":6}${END}`;
const sockets: WebSocket[] = [];
const received: unknown[] = [];
const log: unknown[] = [];

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function connect(hub: string): Promise<void> {
  const socket = new WebSocket(hub.replace("http", "ws"));
  sockets.push(socket);
  await nextEvent(socket, "open");
  const answered = nextEvent(socket, "message");
  socket.send(`{"protocol":"json","version":1}${END}`);
  await answered;
  socket.addEventListener("message", (event: MessageEvent<unknown>) => {
    // Pings are ignored, as they may come at any time.
    if (event.data !== PING) received.push([event.data, event.isTrusted]);
  });
  socket.addEventListener("error", (event) => log.push(["error", event.isTrusted]));
  socket.addEventListener("close", ({ code, wasClean }) => log.push(["close", code, wasClean]));
}

const echo = (text: string): string =>
  JSON.stringify({ type: 1, invocationId: text, target: "Echo", arguments: [text] }) + END;

/** Calls the hub and waits for its answer. @returns all received messages */
async function call(text: string): Promise<unknown[]> {
  const socket = sockets[0]!;
  const answered = new Promise<void>((resolve) => {
    const listen = ({ data }: MessageEvent<unknown>): void => {
      if (typeof data !== "string" || !data.includes(`"invocationId":"${text}"`)) return;
      socket.removeEventListener("message", listen);
      resolve();
    };
    socket.addEventListener("message", listen);
  });
  socket.send(echo(text));
  await answered;
  return received.splice(0);
}

/** The steps by name. Each gets the addresses of the servers and returns its observations. */
export const faultSteps = {
  async connect({ hub }: Place) {
    await connect(hub);
    return sockets.length;
  },
  /** Calls close() with codes that the browser rejects, and then makes a call. */
  async badClose() {
    const thrown = [999, 1001, 5000].map((code) => {
      const { thrown: name } = thrownBy(() => {
        sockets[0]!.close(code);
      }) as { thrown: string };
      return name;
    });
    const answers = await call("after");
    return [thrown, sockets[0]!.readyState, answers];
  },
  /** Makes a call and dispatches an event of the page's own while the connection is silent. */
  async speak() {
    const socket = sockets[0]!;
    socket.send(echo("into the void"));
    socket.dispatchEvent(new MessageEvent("message", { data: "the page's own" }));
    await wait(150);
    return [received.splice(0), socket.readyState, socket.bufferedAmount];
  },
  call: () => call("again"),
  closeOne() {
    const socket = sockets.shift()!;
    socket.close();
    return socket.readyState;
  },
  /** Sends requests while offline, with the page's `Promise` replaced as by zone.js. */
  async offline({ hub, origin, socket }: Place) {
    const seen: unknown[] = [navigator.onLine];
    const other = new WebSocket(socket);
    await nextEvent(other, "open");
    other.close();
    seen.push("another socket opens");
    seen.push((thrownBy(() => new WebSocket("ws://[")) as { thrown: string }).thrown);
    const refused = new WebSocket(hub.replace("http", "ws"));
    seen.push(refused instanceof WebSocket, refused.readyState);
    const order: unknown[] = [];
    refused.onerror = ({ type }) => order.push(type);
    const { code } = await nextEvent<CloseEvent>(refused, "close");
    seen.push(order, code, refused.readyState);
    seen.push(
      await withoutNativePromise(() => fetch(`${hub}/negotiate?negotiateVersion=1`, { method: "POST" })),
    );
    seen.push((await fetch(`${origin}/answers/json`)).status);
    return seen;
  },
  /** Starts what a suspension holds back; `suspended` checks it afterwards. */
  arm({ hub }: Place) {
    log.length = 0;
    // Started when the suspension begins, so that everything is due while it lasts.
    document.addEventListener(
      "freeze",
      () => {
        armTimers(hub);
      },
      { once: true },
    );
    return "armed";
  },
  async suspended() {
    while (log.length < 7) await wait(20);
    // Wait: anything that must not happen would happen now.
    await wait(100);
    return log.splice(0);
  },
};

function armTimers(hub: string): void {
  const reported = (event: ErrorEvent): void => {
    log.push(["reported", event.message]);
    event.preventDefault();
  };
  window.addEventListener("error", reported);
  document.addEventListener("resume", () => log.push("resume"), { once: true });
  setTimeout(() => {
    log.push("first");
    clearTimeout(third);
    throw new RangeError("mine");
  }, 50);
  setTimeout(() => log.push("second"), 60);
  const third = setTimeout(() => log.push("never"), 70);
  const fourth = setTimeout(() => log.push("never"), 80);
  setTimeout(() => {
    clearTimeout(fourth);
  }, 60);
  const at = performance.now();
  void withoutNativePromise(async () => {
    const response = await fetch(`${hub}/negotiate?negotiateVersion=1`, { method: "POST" });
    log.push(["negotiated", response.status, performance.now() - at > 500]);
    return response;
  });
}

/** Runs with `Promise` replaced by another class. */
async function withoutNativePromise(run: () => Promise<Response>): Promise<unknown> {
  const Native = Promise;
  // eslint-disable-next-line @typescript-eslint/no-extraneous-class -- it replaces Promise
  class Other {
    static resolve(): never {
      throw new Error("not this one");
    }
    static reject(): never {
      throw new Error("not this one");
    }
    constructor() {
      throw new Error("not this one");
    }
  }
  (window as { Promise: unknown }).Promise = Other;
  let started: Promise<Response>;
  try {
    started = run();
    // Wait a moment, as faults may also use `Promise` later.
    await new Native((resolve) => setTimeout(resolve, 50));
  } catch (error) {
    return describeError(error);
  } finally {
    (window as { Promise: unknown }).Promise = Native;
  }
  const rejection = await rejectionOf(() => started);
  return rejection === "nothing" ? "answered" : rejection.thrown;
}

export type FaultStep = keyof typeof faultSteps;
