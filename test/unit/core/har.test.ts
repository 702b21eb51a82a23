/** Connections of workers in a network log, recorded in Chromium 156 (test/fixtures/har). */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { readEvent } from "../../../extension/core/events/guards.ts";
import { createHarReader, type HarReader } from "../../../extension/core/har/har-reader.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { PLANTED, foundIn } from "../../harness/planted-secrets.ts";

interface Entry {
  readonly request: { readonly url: string; readonly method: string };
  readonly response: { readonly content: { readonly text?: string } };
  readonly _webSocketMessages?: readonly unknown[];
  readonly timings: Readonly<Record<string, number>>;
}

const LOG = JSON.parse(
  readFileSync(new URL("../../fixtures/har/workers.json", import.meta.url), "utf8"),
) as Entry[];
const ALL = { payloads: true, payloadCap: 64 * 1024, flightRecorderRate: 20 };
const QUIET = { ...ALL, payloads: false };
const reader = (): HarReader =>
  createHarReader({ userAgent: "Mozilla/5.0 Chrome/156", isWorkers: () => true });

/** The events of each worker after the log was read in these states. */
function read(logs: readonly (readonly unknown[])[], wanted = ALL): RecordedEvent[][] {
  const har = reader();
  const found: RecordedEvent[][] = [];
  for (const log of logs)
    for (const { worker, events } of har.read(log, wanted)) (found[worker] ??= []).push(...events);
  return found;
}
const inOrder = (events: readonly RecordedEvent[] = []): unknown[] =>
  events.map(({ seq: _seq, ...rest }) => JSON.stringify(rest)).sort();

describe("the connections of workers in a log", () => {
  const [first = [], second = [], third = []] = read([LOG]);

  it("become the events of a page for each worker, valid and numbered", () => {
    for (const events of [first, second, third]) {
      expect(events.map(readEvent)).toEqual(events);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
      expect(events[0]).toMatchObject({ kind: "page", worker: "dedicated", fromDevtools: true, top: false });
    }
    expect(first[0]).toMatchObject({ url: expect.stringContaining("/worker.js") as string });
  });

  it("are read from negotiate to messages", () => {
    expect(first.slice(1).map((event) => (event.kind === "message" ? event.type : event.kind))).toEqual([
      ...["negotiate", "negotiate-ended", "socket", "socket-opened", "handshake", "handshake", 6, 1, 3],
      ...[
        "socket-closed",
        "negotiate",
        "negotiate-ended",
        "socket",
        "socket-opened",
        "handshake",
        "handshake",
      ],
      ...[6, 7, "socket-closed"],
    ]);
    expect(first.find(({ kind }) => kind === "negotiate")).toMatchObject({
      clientVersion: "10.0.11",
      api: "fetch",
    });
    expect(first.find((event) => event.kind === "message" && event.type === 1)).toMatchObject({
      target: "Echo",
      payload: expect.stringContaining("recéived") as string,
    });
  });

  it("are read in MessagePack, too", () => {
    expect(second.find((event) => event.kind === "message" && event.type === 1)).toMatchObject({
      target: "Echo",
      binary: expect.any(String) as string,
    });
  });

  it("hold no tokens", () => {
    const text = JSON.stringify([first, second, third]);
    expect(text).not.toContain("opaque-secret-token");
    for (const { request, response } of LOG) {
      const id = /[?&]id=([^&]*)/.exec(request.url)?.[1];
      if (id !== undefined) expect(text).not.toContain(id);
      const token = /"connectionToken":"([^"]*)"/.exec(response.content.text ?? "")?.[1];
      if (token !== undefined) expect(text).not.toContain(token);
    }
  });

  it("hold none of the secrets that messages, addresses and answers have", () => {
    const at = LOG.findIndex(({ _webSocketMessages: frames }) => frames !== undefined);
    const socket = LOG[at]!;
    const time = (socket._webSocketMessages?.at(-1) as { time: number }).time;
    const frames = PLANTED.flatMap(({ text }) => [
      {
        type: "send",
        time,
        opcode: 1,
        data: `{"type":1,"target":"Say","arguments":[${JSON.stringify(text)}]}\x1e`,
      },
      {
        type: "receive",
        time,
        opcode: 1,
        data: `{"type":1,"target":${JSON.stringify(text)},"arguments":[]}\x1e`,
      },
      { type: "receive", time, opcode: 1, data: `{"type":7,"error":${JSON.stringify(text)}}\x1e` },
      { type: "receive", time, opcode: 1, data: text },
    ]);
    const refused = LOG.filter(({ response }) => response.content.text === "too many").flatMap((entry) =>
      PLANTED.map(({ text }, i) => ({
        ...entry,
        startedDateTime: new Date(Date.UTC(2026, 10, 29) + i).toISOString(),
        response: { ...entry.response, content: { text } },
      })),
    );
    expect(refused).toHaveLength(PLANTED.length);
    const log = [
      ...LOG.slice(0, at),
      { ...socket, _webSocketMessages: [...(socket._webSocketMessages ?? []), ...frames] },
      ...refused,
    ];
    expect(foundIn(JSON.stringify(read([log])))).toEqual([]);
  });

  it("are told without payloads where none are wanted", () => {
    for (const events of read([LOG], QUIET))
      for (const event of events)
        if (event.kind === "message") expect([event.payload, event.binary]).toEqual([undefined, undefined]);
  });

  it("show a loss whose cause is unknown, a reconnect, and a stop", () => {
    const reducer = createReducer();
    reducer.apply("worker", first);
    const [hub] = reducer.model.hubs;
    expect(hub?.path).toBe("/hubs/board");
    expect(hub?.interruptions).toHaveLength(1);
    const verdict = verdictOf(hub!.interruptions[0]!);
    expect(verdict).toMatchObject({ cause: "unknown", confidence: "low", ruledOut: ["server Close"] });
    expect(verdict.title).toBe("The connection ended; DevTools doesn't tell how");
    expect(verdict.evidence.map(({ text }) => text).join()).toContain("DevTools doesn't tell");
    expect(JSON.stringify(verdict)).not.toMatch(/1006|not clean|close event/);
    expect(hub?.states.at(-1)?.state).toBe("stopped");
  });

  it("show a Close of the server as its cause, and a silence only as a possible one", () => {
    const at = LOG.findIndex(({ _webSocketMessages: frames }) => frames !== undefined);
    const socket = LOG[at]!;
    const last = (socket._webSocketMessages?.at(-1) as { time: number }).time;
    const lostAfter = (seconds: number, ...more: unknown[]) => {
      const longer = {
        ...socket,
        time: seconds * 1_000,
        _webSocketMessages: [...socket._webSocketMessages!, ...more],
      };
      const reducer = createReducer();
      reducer.apply("worker", read([[...LOG.slice(0, at), longer]])[0]!);
      return verdictOf(reducer.model.hubs[0]!.interruptions[0]!);
    };
    const close = { type: "receive", time: last, opcode: 1, data: '{"type":7,"allowReconnect":true}\x1e' };
    expect(lostAfter(1, close)).toMatchObject({ cause: "server-close" });
    expect(lostAfter(31)).toMatchObject({ cause: "server-timeout", confidence: "low" });
    expect(lostAfter(5)).toMatchObject({ cause: "unknown", confidence: "low" });
  });

  it("show what refused a start", () => {
    const failed = second.find((event) => event.kind === "negotiate-ended" && event.status === 429);
    expect(failed).toMatchObject({ error: "too many", statusText: "Too Many Requests" });
    expect(second.filter(({ kind }) => kind === "socket-closed")).toHaveLength(2);
  });

  it("leave a connection that goes on open", () => {
    expect(third.at(-1)?.kind).toBe("message");
    const har = reader();
    har.read(LOG, ALL);
    expect([0, 1, 2].map((worker) => har.openSockets(worker))).toEqual([0, 0, 1]);
    expect(har.waits).toBe(false);
    const [, , last] = har.end("left", third.at(-1)!.t + 5);
    expect(last?.events).toMatchObject([{ kind: "lifecycle", phase: "pagehide" }]);
  });

  it("give the same, however the log has grown", () => {
    const cut = (at: number, frames: number): Entry[] =>
      LOG.slice(0, at + 1).map((entry, i) =>
        i < at || entry._webSocketMessages === undefined
          ? entry
          : {
              ...entry,
              _webSocketMessages: entry._webSocketMessages.slice(0, frames),
              timings: { ...entry.timings, receive: 0 },
            },
      );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(LOG.length - 1), fc.nat(6)), { maxLength: 12 }), (steps) => {
        steps.sort(([a, b], [c, d]) => a - c || b - d);
        const grown = read([...steps.map(([at, frames]) => cut(at, frames)), LOG]);
        expect(grown.map(inOrder)).toEqual([first, second, third].map(inOrder));
      }),
    );
  });

  it.each(["eventsource", "fetch"])(
    "aren't read of another transport (%s), and don't seem to fail",
    (type) => {
      // The last connection, as if it had chosen that transport.
      const last = LOG.findLastIndex(({ _webSocketMessages: frames }) => frames !== undefined);
      const other = LOG.map((entry, i) =>
        i === last ? { ...entry, _resourceType: type, _webSocketMessages: undefined } : entry,
      );
      expect(read([other]).map(inOrder)).toEqual([first, second].map(inOrder));
      const failed = LOG.map((entry) => ({
        ...entry,
        _initiator: { type: "script", url: "https://board.example/worker.js" },
      }));
      const [one = []] = read([
        failed.map((entry, i) => (i === last ? { ...other[i], _initiator: entry._initiator } : entry)),
      ]);
      expect(one.filter(({ kind }) => kind === "worker-connection")).toMatchObject([
        { url: expect.stringMatching(/\/hubs\/board$/) as string },
      ]);
    },
  );

  it("aren't found where no worker is known to have sent the request", () => {
    expect(createHarReader({ userAgent: "", isWorkers: () => false }).read(LOG, ALL)).toEqual([]);
  });

  it("aren't taken from a page or a frame", () => {
    const hook = { type: "script", stack: { callFrames: [{ url: "chrome-extension://abc/hook.js" }] } };
    expect(read([LOG.map((entry) => ({ ...entry, pageref: "page_1" }))])).toEqual([]);
    expect(read([LOG.map((entry) => ({ ...entry, _initiator: hook }))])).toEqual([]);
  });

  it("count what a busy second has too much of", () => {
    const at = LOG.findIndex(({ _webSocketMessages: frames }) => frames !== undefined);
    const start = (LOG[at]?._webSocketMessages?.at(-1) as { time: number }).time;
    const many = Array.from({ length: 100 }, (_, i) => ({
      type: "receive",
      time: Math.ceil(start) + i / 200,
      opcode: 1,
      data: '{"type":1,"target":"tick","arguments":[]}\x1e',
    }));
    const busy = LOG.slice(0, at + 1).map((entry, i) =>
      i < at ? entry : { ...entry, _webSocketMessages: [...(entry._webSocketMessages ?? []), ...many] },
    );
    const [events = []] = read([busy], QUIET);
    const ticks = events.filter((event) => event.kind === "message" && event.target === "tick");
    const counted = events.flatMap((event) => (event.kind === "counts" ? event.counts : []));
    expect(ticks).toHaveLength(20);
    expect(counted).toMatchObject([{ direction: "in", type: 1, count: 80 }]);
  });
});

describe("a hostile log", () => {
  it("never throws, and gives only valid events", () => {
    const anyOf = (value: unknown): fc.Arbitrary<unknown> =>
      fc.oneof({ weight: 4, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.anything() });
    const entry = fc.constantFrom(...LOG).chain((one) => {
      const spoil = (value: object): fc.Arbitrary<object> =>
        fc.record(Object.fromEntries(Object.entries(value).map(([name, field]) => [name, anyOf(field)])));
      return fc
        .tuple(spoil(one), spoil(one.request), spoil(one.response), fc.boolean(), fc.array(fc.anything()))
        .map(([all, request, response, deep, frames]) =>
          deep
            ? {
                ...one,
                request,
                response,
                _webSocketMessages: [...(one._webSocketMessages ?? []), ...frames],
              }
            : all,
        );
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(entry, fc.anything()), { maxLength: 12 }), (log) => {
        for (const events of read([log, log]))
          for (const event of events) expect(readEvent(event)).toEqual(event);
      }),
      { numRuns: 60 },
    );
  });
});
