// @vitest-environment happy-dom
/** Pages that open thousands of WebSockets of another kind: the sentinel lets go of them, and loses nothing of SignalR. */
import "../hook/in-a-page.ts";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type * as Happenings from "../../../content-script/sentinel/happenings.ts";
import type { Interpreter } from "../../../content-script/sentinel/interpreter.ts";
import type { RawWebSocket } from "../../../content-script/sentinel/websocket.ts";

/** All listeners on sockets. */
const listeners = new Set<unknown>();
/** The background isn't there: it is called, and the hook comes when a test says so. */
let called = false;
vi.mock("../../../content-script/sentinel/call.ts", () => ({
  call: () => (called = true),
  isCalled: () => called,
  isGivenUp: () => false,
}));

let happenings: typeof Happenings;
beforeEach(async () => {
  listeners.clear();
  called = false;
  vi.restoreAllMocks();
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  vi.spyOn(EventTarget.prototype, "addEventListener").mockImplementation(function (
    this: EventTarget,
    ...args
  ) {
    if (this instanceof WebSocket) listeners.add(args[1]);
    addEventListener.apply(this, args);
  });
  vi.spyOn(EventTarget.prototype, "removeEventListener").mockImplementation(function (
    this: EventTarget,
    ...args
  ) {
    if (this instanceof WebSocket) listeners.delete(args[1]);
    removeEventListener.apply(this, args);
  });
  // A class of its own for each test: that of the test before is patched.
  vi.stubGlobal(
    "WebSocket",
    class extends EventTarget {
      readonly #url: string;
      constructor(url: string) {
        super();
        this.#url = url;
      }
      get url(): string {
        return this.#url;
      }
      send(): void {}
      close(): void {}
    },
  );
  vi.resetModules();
  happenings = await import("../../../content-script/sentinel/happenings.ts");
  const { patchWebSocket } = await import("../../../content-script/sentinel/websocket.ts");
  patchWebSocket();
});

/** As the browser does. */
const dispatch = (socket: WebSocket, event: Event): void => {
  Object.defineProperty(event, "isTrusted", { value: true });
  socket.dispatchEvent(event);
};

/** Opens one that the network refuses; the page closes it, too. */
const refused = (i: number): void => {
  const socket = new WebSocket(`wss://prices.example/${i}`);
  dispatch(socket, new Event("error"));
  socket.close();
  dispatch(socket, new Event("close"));
};

/** The hook comes: what it is told, and how much was lost before. */
function loadHook(): { readonly told: string[]; readonly lost: number | undefined } {
  const heard = { told: [] as string[], lost: undefined as number | undefined };
  const tell = (what: string) => (): void => void heard.told.push(what);
  happenings.replay({
    socket(raw: RawWebSocket) {
      heard.told.push(`socket ${raw.url}`);
      raw.ears = {
        ...{ open: tell("open"), message: tell("message"), error: tell("error"), close: tell("close") },
        sent: (data) => void heard.told.push(`sent ${String(data)}`),
        closing: tell("closing"),
      };
    },
    live(lost: number) {
      heard.lost = lost;
    },
  } as unknown as Interpreter);
  return heard;
}

const HANDSHAKE = '{"protocol":"json","version":1}\u001e';

describe("12,000 dead WebSockets before SignalR", () => {
  it("leave nothing behind, and SignalR's is reported whole", () => {
    for (let i = 0; i < 12_000; i++) refused(i);
    expect(listeners.size).toBe(0);
    const socket = new WebSocket("wss://hub.example/board?id=1");
    dispatch(socket, new Event("open"));
    socket.send(HANDSHAKE);
    dispatch(socket, new MessageEvent("message", { data: "{}\u001e" }));
    expect(loadHook()).toEqual({
      told: ["socket wss://hub.example/board?id=1", "open", `sent ${HANDSHAKE}`, "message"],
      lost: 0,
    });
  });

  it("of which the newest are still open: only these are watched on", () => {
    for (let i = 0; i < 12_000; i++) new WebSocket(`wss://prices.example/${i}`);
    expect(listeners.size).toBe(100 * 4);
    const socket = new WebSocket("wss://hub.example/board?id=1");
    socket.send(HANDSHAKE);
    const { told, lost } = loadHook();
    expect(told.filter((what) => what.startsWith("socket"))).toHaveLength(100);
    expect(told.slice(-2)).toEqual(["socket wss://hub.example/board?id=1", `sent ${HANDSHAKE}`]);
    expect(lost).toBe(0);
  });
});
