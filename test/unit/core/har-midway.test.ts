/** A recording that begins while workers already have connections: nothing from before gets into it. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { readEvent } from "../../../extension/core/events/guards.ts";
import { createHarReader, type HarReader } from "../../../extension/core/har/har-reader.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";

interface Entry {
  readonly _webSocketMessages?: readonly { readonly time: number }[];
  readonly timings: Readonly<Record<string, number>>;
}

const LOG = JSON.parse(
  readFileSync(new URL("../../fixtures/har/workers.json", import.meta.url), "utf8"),
) as Entry[];
const ALL = { payloads: true, payloadCap: 64 * 1024, flightRecorderRate: 20 };

/** The first connection of the log, as long as it is open, and with these messages after its own. */
const AT = LOG.findIndex(({ _webSocketMessages: frames }) => frames !== undefined);
const LAST = LOG[AT]!._webSocketMessages!.at(-1)!.time;
const invoke = (text: string, after: number) => ({
  type: "send",
  time: LAST + after,
  opcode: 1,
  data: `{"type":1,"target":"Echo","arguments":["${text}"]}\x1e`,
});
const open = (...more: readonly object[]): unknown[] => [
  ...LOG.slice(0, AT),
  {
    ...LOG[AT],
    _webSocketMessages: [...LOG[AT]!._webSocketMessages!, ...more],
    timings: { ...LOG[AT]!.timings, receive: 0 },
  },
];
const ON = (LAST + 10) * 1_000;
const reader = (from: number | undefined): HarReader =>
  createHarReader({ userAgent: "Chrome/156", isWorkers: () => true, from });
const eventsOf = (har: HarReader, ...logs: readonly unknown[][]): readonly RecordedEvent[] =>
  logs.flatMap((log) => har.read(log, ALL).flatMap(({ events }) => events));

describe("a recording that begins while a worker is connected", () => {
  it("begins with the open connection, and has nothing of what was sent before", () => {
    const har = reader(ON);
    const events = eventsOf(har, open(invoke("secret-while-off", 5)));
    expect(events.map(readEvent)).toEqual(events);
    expect(events).toMatchObject([
      { kind: "page", t: ON, midway: true, fromDevtools: true },
      { kind: "socket", t: ON, already: "connected", protocol: "json" },
    ]);
    const whole = eventsOf(reader(undefined), open());
    const negotiated = whole.find(({ kind }) => kind === "negotiate-ended") as { connectionId?: string };
    expect(negotiated.connectionId).toBeTruthy();
    expect(events[1]).toMatchObject({
      connectionId: negotiated.connectionId,
      since: whole.find(({ kind }) => kind === "socket")!.t,
    });
    expect(har.open).toBe(1);
  });

  it("goes on with what happens from then on", () => {
    const before = invoke("secret-while-off", 5);
    const events = eventsOf(reader(ON), open(before), open(before, invoke("after", 15)), LOG);
    expect(JSON.stringify(events)).not.toContain("secret-while-off");
    expect(events.filter(({ t }) => t < ON)).toEqual([]);
    const messages = events.filter(({ kind }) => kind === "message");
    expect(messages).toMatchObject([{ payload: expect.stringContaining("after") as string }]);
    const reducer = createReducer();
    reducer.apply("worker", eventsOf(reader(ON), open(before)));
    expect(reducer.model.hubs.map((hub) => hub.states.at(-1)?.state)).toEqual(["connected"]);
  });

  it("says when that connection ends, even if it is heard late that it ended before", () => {
    const events = eventsOf(reader(ON), open(), LOG.slice(0, AT + 1));
    expect(events.at(-1)).toMatchObject({ kind: "socket-closed", t: ON });
  });

  it("has nothing of a connection that was over by then, and no end of a worker that has none", () => {
    const har = reader(Date.UTC(2027, 0, 1));
    expect(har.read(LOG.slice(0, AT + 1), ALL)).toEqual([]);
    expect(har.end("recording-ended", Date.UTC(2027, 0, 2))).toEqual([]);
  });

  it.each([0, 1, 2, 3])("begins with a handshake that is heard late (%i frames)", (frames) => {
    const young = {
      ...LOG[AT],
      _webSocketMessages: LOG[AT]!._webSocketMessages!.slice(0, frames),
      timings: { ...LOG[AT]!.timings, receive: 0 },
    };
    const events = eventsOf(reader(ON), [...LOG.slice(0, AT), young], open());
    expect(events.filter(({ kind }) => kind === "message")).toEqual([]);
    const reducer = createReducer();
    reducer.apply("worker", events);
    expect(reducer.model.hubs.map((hub) => hub.states.at(-1)?.state)).toEqual(["connected"]);
  });
});
