import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBridge } from "../../../content-script/relay/bridge.ts";
import type { RelayToHook } from "../../../extension/messages/hook-relay.ts";
import { event } from "../fakes/events.ts";
import { MODE, fakeBackground, type FakeBackground } from "../fakes/fake-background.ts";

/** The relay's end of the channel, and what the hook would hear. */
function fakePort() {
  const port = {
    heard: [] as RelayToHook[],
    closed: false,
    onmessage: null as MessagePort["onmessage"],
    postMessage(message: RelayToHook) {
      port.heard.push(message);
      hook(message);
    },
    close() {
      port.closed = true;
    },
    say(data: object) {
      port.onmessage?.call({} as MessagePort, { data } as MessageEvent);
    },
  };
  return port;
}

let hook: (message: RelayToHook) => void;
let background: FakeBackground;
let port: ReturnType<typeof fakePort>;

beforeEach(() => {
  vi.useFakeTimers();
  hook = () => undefined;
  background = fakeBackground();
  port = fakePort();
  createBridge({
    newPage: () => "p",
    port,
    runtime: background.runtime,
    about: () => ({ top: false, url: "https://frame.example/", origin: "https://frame.example" }),
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const later = (time: number): Promise<unknown> => vi.advanceTimersByTimeAsync(time);
const kinds = (): string[] => port.heard.map(({ type }) => type);
const modes = (): unknown[] =>
  port.heard.flatMap((message) => (message.type === "mode" ? [message.mode] : []));

describe("the relay of a frame", () => {
  it("asks for the mode of its own origin, whatever the top page's is", async () => {
    background.mode = { ...MODE, payloads: false };
    port.say({ type: "events", batch: 1, events: [event(1)] });
    await later(0);
    background.mode = { ...MODE, payloadCap: 5 };
    void background.say({ to: "relay", type: "mode-changed" });
    await later(0);
    expect(modes()).toEqual([
      { ...MODE, payloads: false },
      { ...MODE, payloadCap: 5 },
    ]);
    expect(new Set(background.sent.map(({ origin }) => origin))).toEqual(new Set(["https://frame.example"]));
  });

  it("asks nothing while its page has no SignalR", async () => {
    void background.say({ to: "relay", type: "mode-changed" });
    await later(1_000);
    expect(background.sent).toEqual([]);
  });

  it("stops the hook and closes the port when the extension has left", async () => {
    port.say({ type: "events", batch: 1, events: [event(1)] });
    await later(0);
    background.alive = false;
    port.say({ type: "events", batch: 2, events: [event(2)] });
    expect(kinds().at(-2)).toBe("gone");
    expect(port.closed).toBe(true);
    expect(port.onmessage).toBeNull();
  });
});

describe("the faults' script", () => {
  const inject = { to: "relay", type: "inject", page: "p", command: { name: "offline" } };

  it("is asked for again when the page was too busy to answer the first time", async () => {
    let busy = true;
    hook = (message) => {
      if (!("call" in message) || busy) return;
      port.say({ type: "reply", call: message.call, answer: { ok: true, fault: 3 } });
    };
    const first = background.say(inject);
    await later(5_000);
    busy = false;
    await later(5_000);
    await first;
    expect(kinds().filter((kind) => kind === "expect-faults")).toHaveLength(1);
    const second = background.say(inject);
    await later(0);
    expect(await second).toEqual({ ok: true, fault: 3 });
    expect(kinds().filter((kind) => kind === "expect-faults")).toHaveLength(2);
  });

  it("is asked for once when it is there", async () => {
    hook = (message) => {
      if (!("call" in message)) return;
      const isThere = message.type === "expect-faults";
      port.say({
        type: "reply",
        call: message.call,
        answer: isThere ? { ok: false, error: "" } : { ok: true, fault: 1 },
      });
    };
    for (let i = 0; i < 3; i++) {
      const answer = background.say(inject);
      await later(0);
      expect(await answer).toEqual({ ok: true, fault: 1 });
    }
    expect(kinds().filter((kind) => kind === "expect-faults")).toHaveLength(1);
  });
});
