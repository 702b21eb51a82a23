import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBridge, type Bridge } from "../../../content-script/relay/bridge.ts";
import type { RelayToHook } from "../../../extension/messages/hook-relay.ts";
import { event } from "../fakes/events.ts";
import { MODE, fakeBackground, type FakeBackground } from "../fakes/fake-background.ts";

/** A fake of the relay's port, which collects the messages to the hook. */
function fakePort() {
  const port = {
    received: [] as RelayToHook[],
    closed: false,
    onmessage: null as MessagePort["onmessage"],
    postMessage(message: RelayToHook) {
      port.received.push(message);
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
let bridge: Bridge;

beforeEach(() => {
  vi.useFakeTimers();
  hook = () => undefined;
  background = fakeBackground();
  port = fakePort();
  bridge = createBridge({
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
const kinds = (): string[] => port.received.map(({ type }) => type);
const modes = (): unknown[] =>
  port.received.flatMap((message) => (message.type === "mode" ? [message.mode] : []));

describe("the relay of a frame", () => {
  it("asks for the mode of its own origin, not of the top page's", async () => {
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

  it("sends no requests while its page doesn't use SignalR", async () => {
    void background.say({ to: "relay", type: "mode-changed" });
    await later(1_000);
    expect(background.sent).toEqual([]);
  });

  it("stops the hook and closes the port when the extension is gone", async () => {
    port.say({ type: "events", batch: 1, events: [event(1)] });
    await later(0);
    background.alive = false;
    port.say({ type: "events", batch: 2, events: [event(2)] });
    expect(kinds().at(-2)).toBe("gone");
    expect(port.closed).toBe(true);
    expect(port.onmessage).toBeNull();
  });
});

describe("the last events of a page", () => {
  it("are sent at once, without waiting for outstanding answers, as there is no later chance", async () => {
    port.say({ type: "events", batch: 1, events: [event(1)] });
    await later(0);
    const send = vi.spyOn(background.runtime, "send").mockReturnValue(new Promise(() => undefined));
    port.say({ type: "events", batch: 2, events: [event(2)] });
    send.mockClear();
    bridge.hearLast(JSON.stringify([event(2), event(3)]));
    expect(send.mock.calls).toMatchObject([[{ type: "append", events: [event(2), event(3)] }]]);
  });
});

describe("messages to the relay", () => {
  const last = (text: string): Promise<unknown> => {
    bridge.hearLast(text);
    return later(0);
  };

  it.each(["", "{", "null", '"text"', '{"kind":"page"}'])(
    "are ignored if the last events of the page are %j",
    async (text) => {
      await last(text);
      expect(background.sent.flatMap(({ events }) => events)).toEqual([]);
    },
  );

  it("don't change the identity of the page, which only the relay knows", async () => {
    port.say({ type: "events", batch: 1, events: [event(1)], page: "other" });
    await later(0);
    expect(bridge.who()).toEqual({
      ...{ page: "p", active: true, url: "https://frame.example/", origin: "https://frame.example" },
    });
  });

  it("are ignored when they are for another recipient or page", () => {
    const command = { to: "relay", type: "end-fault", page: "other", fault: "all", why: "undone" };
    expect(background.say(command)).toBeUndefined();
    expect(background.say({ to: "panel", type: "lease", duration: 1 })).toBeUndefined();
    expect(
      background.say({ to: "relay", type: "inject", page: null, command: { name: "offline" } }),
    ).toBeUndefined();
    expect(kinds()).toEqual([]);
  });

  it("are confirmed batch by batch, even invalid ones", () => {
    port.say({ type: "events", batch: 7, events: "nonsense" });
    port.say({ type: "events", batch: 8, events: [event(1)] });
    expect(port.received.filter(({ type }) => type === "got")).toEqual([
      { type: "got", batch: 7 },
      { type: "got", batch: 8 },
    ]);
  });
});

describe("the question whose request it was", () => {
  const note = { what: "negotiate", url: "https://a.example/negotiate", at: 1, status: 200 };
  const owns = (own: boolean): void => {
    hook = (message) => {
      if (message.type !== "network" || message.call === undefined) return;
      const answer = own ? { ok: true, fault: 0 } : { ok: false, error: "" };
      port.say({ type: "reply", call: message.call, answer });
    };
  };
  const asked = async (time: number): Promise<unknown> => {
    let answer: unknown = "none yet";
    void background
      .say({ to: "relay", type: "network", note, asks: true })
      ?.then((given) => (answer = given));
    await later(time);
    return answer;
  };

  it("is answered at once by the frame that sent it, and later by the others: the first answer counts", async () => {
    owns(true);
    expect(await asked(0)).toEqual({ ok: true, fault: 0 });
    owns(false);
    expect(await asked(499)).toBe("none yet");
    expect(await asked(500)).toMatchObject({ ok: false });
  });

  it("gets no answer from a page that is too busy", async () => {
    expect(await asked(5_000)).toBe("none yet");
    expect(await asked(5_500)).toBeUndefined();
  });

  it("isn't asked for other network notes, which are only forwarded", () => {
    expect(background.say({ to: "relay", type: "network", note, asks: false })).toBeUndefined();
    expect(port.received).toEqual([{ type: "network", note }]);
  });
});

describe("the answer to a command", () => {
  const end = { to: "relay", type: "end-fault", page: "p", fault: 3, why: "undone" };

  it("is sent when the earlier events are stored", async () => {
    hook = (message) => {
      if (message.type !== "end-fault") return;
      port.say({ type: "events", batch: 1, events: [event(1)] });
      port.say({ type: "reply", call: message.call, answer: { ok: true, fault: 3 } });
    };
    const order: string[] = [];
    background.fate = () => {
      order.push("stored");
      return "store";
    };
    void background.say(end)?.then(() => order.push("answered"));
    await later(0);
    expect(order).toEqual(["stored", "answered"]);
  });

  it("reports a busy page after five seconds, and ignores a later answer", async () => {
    const answer = background.say(end);
    await later(5_000);
    expect(await answer).toMatchObject({
      ok: false,
      error: expect.stringContaining("main thread blocked") as string,
    });
    port.say({ type: "reply", call: 1, answer: { ok: true, fault: 3 } });
    expect(await answer).toMatchObject({ ok: false });
  });

  it.each([{ ok: true }, { ok: "yes", fault: 3 }, { ok: false, error: 5 }])(
    "is a refusal without a reason, when the page says %j",
    async (given) => {
      hook = (message) => {
        if (message.type === "end-fault") port.say({ type: "reply", call: message.call, answer: given });
      };
      const answer = background.say(end);
      await later(0);
      expect(await answer).toEqual({ ok: false, error: "The page gave no reason." });
    },
  );
});

describe("the fault script", () => {
  const inject = { to: "relay", type: "inject", page: "p", command: { name: "offline" } };

  it("is requested again if the page was too busy to answer the first time", async () => {
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
    expect(kinds().filter((kind) => kind === "expect")).toHaveLength(1);
    const second = background.say(inject);
    await later(0);
    expect(await second).toEqual({ ok: true, fault: 3 });
    expect(kinds().filter((kind) => kind === "expect")).toHaveLength(2);
  });

  it("is requested only once if it was loaded", async () => {
    hook = (message) => {
      if (!("call" in message)) return;
      const isThere = message.type === "expect";
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
    expect(kinds().filter((kind) => kind === "expect")).toHaveLength(1);
  });
});
