/** When the connections of workers are read from DevTools' log, and what of them is sent, while recording is switched off and on. */
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { RelayToBackground } from "../../../extension/messages/extension.ts";

const background = vi.hoisted(() => ({
  record: true,
  sent: [] as unknown[],
  toDevtools: (_message: object): unknown => undefined,
}));
vi.mock("webextension-polyfill", () => ({
  default: {
    runtime: {
      sendMessage(message: RelayToBackground) {
        background.sent.push(structuredClone(message));
        const { record } = background;
        const mode = { record, payloads: true, payloadCap: 65_536, probe: true, flightRecorderRate: 20 };
        return Promise.resolve({ upTo: message.events.at(-1)?.seq ?? 0, mode });
      },
      connect: () => ({
        onDisconnect: { addListener: () => undefined },
        postMessage: () => undefined,
        disconnect: () => undefined,
      }),
      onMessage: {
        addListener(listener: (message: object) => unknown) {
          background.toDevtools = listener;
        },
      },
    },
  },
}));

interface Entry {
  readonly startedDateTime: string;
  readonly request: { readonly url: string };
  readonly _webSocketMessages?: readonly { readonly time: number }[];
  readonly timings: object;
}
const LOG = JSON.parse(
  readFileSync(new URL("../../fixtures/har/workers.json", import.meta.url), "utf8"),
) as Entry[];
const AT = LOG.findIndex(({ _webSocketMessages: frames }) => frames !== undefined);
const SOCKET = LOG[AT]!;
const BEGAN = Date.parse(SOCKET.startedDateTime);
const NEGOTIATED = LOG.findIndex(({ request }) => request.url.includes("/negotiate"));

let frames: object[] = [];
let navigated = (): void => undefined;
const log = () => ({
  pages: [],
  entries: [
    ...LOG.slice(0, AT),
    {
      ...SOCKET,
      _webSocketMessages: [...SOCKET._webSocketMessages!, ...frames],
      timings: { ...SOCKET.timings, receive: 0 },
    },
  ],
});
const invoke = (text: string): void => {
  const data = `{"type":1,"target":"Echo","arguments":["${text}"]}\x1e`;
  frames.push({ type: "send", time: Date.now() / 1_000, opcode: 1, data });
};
const pass = (time: number): Promise<unknown> => vi.advanceTimersByTimeAsync(time);
const record = async (on: boolean): Promise<void> => {
  background.record = on;
  background.toDevtools({ to: "devtools", type: "mode-changed", tabId: 1 });
  await pass(50);
};
const told = (recording: string, more: object = {}): void => {
  const url = LOG[NEGOTIATED]!.request.url.replace(/\/negotiate.*/, "");
  const origin = "https://board.example";
  background.toDevtools({
    ...{ to: "devtools", type: "worker", tabId: 1, recording, origin, url },
    ...{ at: BEGAN, ...more },
  });
};
/** What was sent of each record, by its id. */
function records(): { readonly recording: string | undefined; readonly events: readonly RecordedEvent[] }[] {
  const all = background.sent as RelayToBackground[];
  const ids = new Set(all.filter(({ events }) => events.length > 0).map(({ page }) => page));
  return [...ids].map((id) => {
    const own = all.filter(({ page }) => page === id);
    return { recording: own[0]?.worker?.recording, events: own.flatMap(({ events }) => events) };
  });
}

beforeEach(async () => {
  vi.useFakeTimers({ now: BEGAN + 1_000, toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
  vi.resetModules();
  frames = [];
  background.record = true;
  background.sent = [];
  vi.stubGlobal("navigator", { userAgent: "Chrome/156" });
  vi.stubGlobal("chrome", {
    devtools: {
      network: {
        getHAR: (done: (value: unknown) => void) => {
          done(log());
        },
        onRequestFinished: { addListener: () => undefined },
        onNavigated: {
          addListener(listener: () => void) {
            navigated = listener;
          },
        },
      },
    },
  });
  const { readWorkers } = await import("../../../extension/devtools/read-workers.ts");
  readWorkers(1);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("a worker's connection, while recording is switched off and on", () => {
  it("is recorded up to the one moment and from the other, and not in between", async () => {
    told("first");
    await pass(50);
    invoke("before");
    await pass(1_500);
    await record(false);
    invoke("secret-while-off");
    await pass(3_000);
    await record(true);
    const on = Date.now();
    // At once, not only when it connects again.
    const [first, second, ...more] = records();
    expect(more).toEqual([]);
    expect(first).toMatchObject({ recording: "first" });
    expect(first!.events.at(-1)).toMatchObject({ kind: "recording-ended", reason: "switched-off" });
    expect(JSON.stringify(first)).toContain("before");
    expect(second!.recording).toBeUndefined();
    expect(second!.events).toMatchObject([
      { kind: "page", midway: true },
      { kind: "socket", already: "connected" },
    ]);
    invoke("after");
    told("second", { at: on });
    await pass(1_500);
    expect(records()).toHaveLength(2);
    expect(records()[1]!.events.at(-1)).toMatchObject({
      kind: "message",
      payload: expect.stringContaining("after") as string,
    });
    expect(JSON.stringify(background.sent)).not.toContain("secret-while-off");
  });

  it("isn't read while recording is off, whatever else changes, nor after its page is left", async () => {
    told("first");
    await pass(50);
    await record(false);
    await record(false);
    navigated();
    await record(true);
    await pass(3_000);
    expect(records()).toHaveLength(1);
  });

  it("isn't read from before its recording, if DevTools was opened while that was off", async () => {
    invoke("secret-while-off");
    await pass(100);
    told("second", { from: Date.now() });
    await pass(100);
    expect(records()).toMatchObject([
      { recording: "second", events: [{ midway: true }, { kind: "socket" }] },
    ]);
    expect(JSON.stringify(background.sent)).not.toContain("secret-while-off");
  });
});
