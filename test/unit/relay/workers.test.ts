import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listenForWorkers, type WorkerChannel, type Workers } from "../../../content-script/relay/workers.ts";
import type { RelayToWorker } from "../../../extension/messages/hook-relay.ts";
import { START, event } from "../fakes/events.ts";
import { MODE, fakeBackground, type FakeBackground } from "../fakes/fake-background.ts";

/** A fake of the channel to a worker, with the worker's answers. */
class FakeChannel implements WorkerChannel {
  readonly received: RelayToWorker[] = [];
  onmessage: WorkerChannel["onmessage"] = null;
  closed = false;
  worker: (message: RelayToWorker) => void = () => undefined;

  constructor(readonly name: string) {}

  postMessage(message: RelayToWorker): void {
    this.received.push(message);
    this.worker(message);
  }
  close(): void {
    this.closed = true;
  }
  say(data: unknown): void {
    this.onmessage?.({ data } as MessageEvent);
  }
  get types(): string[] {
    return this.received.map(({ type }) => type);
  }
}

const PAGE = {
  kind: "page",
  url: "https://app.example/worker.js",
  userAgent: "Firefox",
  openedAt: START,
  top: false,
  visible: true,
  online: true,
  wasDiscarded: false,
  navigation: "unknown",
  probe: true,
};

let background: FakeBackground;
let channels: FakeChannel[];
let workers: Workers;

beforeEach(() => {
  vi.useFakeTimers();
  background = fakeBackground();
  channels = [];
  workers = listenForWorkers({
    runtime: background.runtime,
    open(name) {
      const channel = new FakeChannel(name);
      channels.push(channel);
      return channel;
    },
    origin: "https://app.example",
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const later = (time: number): Promise<unknown> => vi.advanceTimersByTimeAsync(time);

function announce(kind: "dedicated" | "shared" = "dedicated", name = "secret"): FakeChannel {
  const url = "https://app.example/worker.js?token=x";
  void background.say({ to: "relay", type: "worker", channel: name, kind, url });
  return channels.at(-1)!;
}

/** A worker that has seen SignalR. */
async function active(kind: "dedicated" | "shared" = "dedicated"): Promise<FakeChannel> {
  const channel = announce(kind);
  channel.say({ type: "events", batch: 1, events: [{ ...PAGE, seq: 1, t: START, worker: kind }, event(2)] });
  await later(0);
  return channel;
}

describe("the relay of a worker", () => {
  it("opens the channel that the background names, and says that it is there", () => {
    const channel = announce();
    expect(channel.name).toBe("secret");
    expect(channel.types).toEqual(["here"]);
  });

  it("stores its events as a page of its own, without the page's frame", async () => {
    const channel = await active();
    expect(channel.received).toContainEqual({ type: "got", batch: 1 });
    expect(background.stored.map(({ kind, seq }) => [kind, seq])).toEqual([
      ["page", 1],
      [event(2).kind, 2],
    ]);
    expect(background.sent.at(-1)).toMatchObject({
      page: workers.pages()[0],
      top: false,
      url: "https://app.example/worker.js?token=x",
      origin: "https://app.example",
    });
  });

  it("passes the mode on, and asks for it again when it changes", async () => {
    const channel = await active();
    background.mode = { ...MODE, payloads: false };
    void background.say({ to: "relay", type: "mode-changed" });
    await later(0);
    expect(
      channel.received.flatMap((message) => (message.type === "mode" ? [message.mode.payloads] : [])),
    ).toEqual([true, false]);
  });

  it("begins another recording when this one has become too large", async () => {
    const channel = await active();
    void background.say({ to: "relay", type: "start-over" });
    expect(channel.types.at(-1)).toBe("start-over");
  });

  it("asks the worker whether it sent a request, and tells it of refused upgrades only", async () => {
    const channel = await active();
    channel.worker = (message) => {
      if (message.type === "network" && message.call !== undefined)
        channel.say({ type: "reply", call: message.call, answer: { ok: true, fault: 0 } });
    };
    const note = { what: "negotiate", url: "https://app.example/negotiate", at: 1, status: 200 };
    expect(await background.say({ to: "relay", type: "network", note, asks: true })).toEqual({
      ok: true,
      fault: 0,
    });
    const before = channel.received.length;
    void background.say({ to: "relay", type: "network", note, asks: false });
    expect(channel.received).toHaveLength(before);
    void background.say({ to: "relay", type: "network", note: { ...note, what: "upgrade" }, asks: false });
    expect(channel.received.at(-1)).toMatchObject({ type: "network", note: { what: "upgrade" } });
  });

  it("injects no fault", async () => {
    await active();
    const command = { name: "abrupt-loss", target: { scope: "page" } };
    const [page] = workers.pages();
    expect(await background.say({ to: "relay", type: "inject", page, command })).toEqual({
      ok: false,
      error: "Faults can't be injected into a worker.",
    });
    expect(background.say({ to: "relay", type: "inject", page: "other", command })).toBeUndefined();
  });

  it("ends the recording of a worker that doesn't answer any more, and begins another one when it does", async () => {
    const channel = await active();
    for (let i = 0; i < 20; i++) {
      await later(5_000);
      channel.say({ type: "alive" });
    }
    const [first] = workers.pages();
    expect(background.stored).toHaveLength(2);
    await later(25_000);
    expect(background.stored.at(-1)).toMatchObject({
      kind: "recording-ended",
      reason: "worker-silent",
      seq: 3,
    });
    await later(25_000);
    channel.say({ type: "alive" });
    channel.say({ type: "alive" });
    expect(channel.types.filter((type) => type === "start-over")).toHaveLength(1);
    channel.say({
      type: "events",
      batch: 2,
      events: [event(3), event(4), { ...PAGE, seq: 5, t: START }, event(6)],
    });
    await later(0);
    expect(background.stored.slice(3).map(({ kind, seq }) => [kind, seq])).toEqual([
      ["page", 4],
      ["message", 5],
    ]);
    expect(workers.pages()).toHaveLength(1);
    expect(background.sent.at(-1)?.page).not.toBe(first);
    workers.moved("pagehide", false);
    await later(0);
    expect(channel.closed).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends with its page, and rests with it in the back/forward cache", async () => {
    await active();
    workers.moved("pagehide", true);
    workers.moved("pageshow", true);
    await later(0);
    expect(workers.pages()).toHaveLength(1);
    workers.moved("pagehide", false);
    await later(0);
    expect(
      background.stored.flatMap((one) =>
        one.kind === "lifecycle" ? [[one.phase, one.persisted, one.seq]] : [],
      ),
    ).toEqual([
      ["pagehide", true, 3],
      ["pageshow", true, 4],
      ["pagehide", false, 5],
    ]);
    expect(workers.pages()).toEqual([]);
  });

  it("doesn't say that a shared worker has ended when its page is left: others may have it", async () => {
    await active("shared");
    workers.moved("pagehide", true);
    await later(0);
    expect(background.stored.at(-1)).toMatchObject({ kind: "recording-ended", reason: "page-left" });
    expect(workers.pages()).toEqual([]);
  });

  it("stores nothing of a worker without SignalR", async () => {
    announce();
    workers.moved("pagehide", false);
    await later(60_000);
    expect(background.sent).toEqual([]);
  });

  it("lets the worker go when the extension is gone", async () => {
    const channel = await active();
    background.alive = false;
    channel.say({ type: "events", batch: 2, events: [event(3)] });
    expect(channel.types.at(-2)).toBe("gone");
    expect(channel.closed).toBe(true);
  });

  it.each([
    null,
    7,
    "x",
    {},
    { type: "events" },
    { type: "events", batch: "1", events: [{ kind: "nonsense" }] },
  ])("ignores what is no message of ours: %j", async (data) => {
    const channel = announce();
    channel.say(data);
    await later(0);
    expect(background.stored).toEqual([]);
  });

  it("records a limited number of workers", () => {
    for (let i = 0; i < 60; i++) announce("dedicated", `secret${i}`);
    expect(channels).toHaveLength(50);
  });
});
