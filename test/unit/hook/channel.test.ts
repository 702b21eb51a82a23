// @vitest-environment happy-dom
import "./in-a-page.ts";
import { FakePort } from "../fakes/fake-port.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { openChannel, type Channel } from "../../../content-script/hook/record/channel.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { RelayToHook } from "../../../extension/messages/hook-relay.ts";
import { event } from "../fakes/events.ts";

const MiB = 1024 * 1024;

let channel: Channel;
let port: FakePort;
let received: RelayToHook[];
let lastWords: RecordedEvent[];

beforeEach(() => {
  received = [];
  lastWords = [];
  port = new FakePort();
  channel = openChannel({
    whenPort(listener) {
      listener(port as unknown as MessagePort);
    },
    sendLastWords(text) {
      lastWords = JSON.parse(text) as RecordedEvent[];
    },
  });
  channel.onMessage((message) => received.push(message));
});

const send = (seq: number, length = 0): void => {
  channel.send([event(seq)], length);
};
const batches = (): number[] =>
  port.posted.flatMap((message) => (message.type === "events" ? [message.batch] : []));
const seqs = (): number[] => lastWords.map(({ seq }) => seq);

describe("a channel without a relay", () => {
  it("disconnects with the 21st unconfirmed batch: faults end, and nothing more is recorded", () => {
    for (let seq = 1; seq <= 20; seq++) send(seq);
    expect(received).toEqual([]);
    send(21);
    expect(batches()).toHaveLength(20);
    expect(received).toMatchObject([
      { type: "end-fault", fault: "all" },
      { type: "mode", mode: { record: false, probe: false } },
    ]);
    expect(port.closed).toBe(true);
    send(22);
    channel.sendNow([event(23)]);
    expect(batches()).toHaveLength(20);
    expect(lastWords).toEqual([]);
  });

  it("counts unconfirmed batches from the latest confirmed one", () => {
    for (let seq = 1; seq <= 20; seq++) send(seq);
    port.say({ type: "got", batch: 15 });
    for (let seq = 21; seq <= 35; seq++) send(seq);
    expect(received).toEqual([]);
    send(36);
    expect(received).toHaveLength(2);
  });

  it("disconnects when the relay reports that the extension is gone", () => {
    send(1);
    port.say({ type: "gone" });
    expect(port.closed).toBe(true);
    channel.sendNow([event(2)]);
    expect(lastWords).toEqual([]);
  });
});

describe("commands", () => {
  it("that come before the hook is ready for them wait, in order", () => {
    channel = openChannel({
      whenPort(listener) {
        listener(port as unknown as MessagePort);
      },
      sendLastWords: () => undefined,
    });
    port.say({ type: "start-over" });
    port.say({ type: "lease", duration: 5 });
    const told: RelayToHook[] = [];
    channel.onMessage((message) => told.push(message));
    port.say({ type: "start-over" });
    expect(told.map(({ type }) => type)).toEqual(["start-over", "lease", "start-over"]);
  });
});

describe("batches kept for the last events of a page", () => {
  it("are the unconfirmed ones", () => {
    for (let seq = 1; seq <= 3; seq++) send(seq);
    port.say({ type: "got", batch: 1 });
    channel.sendNow([event(4)]);
    expect(seqs()).toEqual([2, 3, 4]);
  });

  it("are at most 8 Mi characters, of the newest batches", () => {
    for (let seq = 1; seq <= 6; seq++) send(seq, 3 * MiB);
    channel.sendNow([]);
    expect(seqs()).toEqual([5, 6]);
    // A late confirmation of a batch that was dropped must not free its size twice.
    port.say({ type: "got", batch: 1 });
    send(7, 3 * MiB);
    channel.sendNow([]);
    expect(seqs()).toEqual([6, 7]);
  });

  it("include the newest batch, of any size", () => {
    send(1, 20 * MiB);
    channel.sendNow([]);
    expect(seqs()).toEqual([1]);
  });
});

describe("a relay that never comes", () => {
  it("costs a page no more than 8 Mi characters", () => {
    channel = openChannel({ whenPort: () => undefined, sendLastWords: () => undefined });
    channel.onMessage((message) => received.push(message));
    for (let seq = 1; seq <= 3; seq++) send(seq, 2.5 * MiB);
    expect(received).toEqual([]);
    send(4, 2.5 * MiB);
    expect(received).toHaveLength(2);
  });
});
