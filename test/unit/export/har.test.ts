/** HAR files, read by har-validator, and by our own reader of Chrome's logs. */
import type { Entry, Har } from "har-format";
import { har as validate } from "har-validator";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HubMessage, RecordedEvent } from "../../../extension/core/events/events.ts";
import { createHarReader } from "../../../extension/core/har/har-reader.ts";
import type { PagePiece } from "../../../extension/export/recording-source.ts";
import { script, START } from "../core/event-script.ts";
import { anyRecording, keptRecordings, pageOf, written } from "./written.ts";

/** @throws what is wrong with it */
async function harOf(pieces: readonly PagePiece[], payloads = true): Promise<Har> {
  const har = JSON.parse(await written("har", pieces, { payloads })) as Har;
  await validate(har);
  return har;
}

interface Frame {
  readonly type: string;
  readonly time: number;
  readonly opcode: number;
  readonly data: string;
  readonly comment?: string;
}
const framesOf = (entry: Entry | undefined): readonly Frame[] => entry?._webSocketMessages ?? [];

const asWorker = (events: readonly RecordedEvent[]): RecordedEvent[] =>
  events.map((event) =>
    event.kind === "page"
      ? { ...event, worker: "dedicated", top: false, url: "https://board.example/w.js" }
      : event,
  );

const SAY = '{"type":1,"target":"Say","arguments":["ü"]}';
const connected = (): ReturnType<typeof script> => script().connected();

describe("a HAR file", () => {
  it("has negotiate, WebSocket and its frames as Chrome writes them", async () => {
    const events = connected()
      .at(1_000)
      .message({ socket: 1, direction: "out", type: 1, target: "Say", size: 45, payload: SAY })
      .message({ socket: 1, direction: "in", type: 6, size: 11 })
      .at(2_000)
      .closed(1).events;
    const { log } = await harOf([pageOf(events)]);
    expect(log.pages).toMatchObject([{ id: "page_1", title: "https://board.example/" }]);
    const [negotiate, socket] = log.entries;
    expect(negotiate).toMatchObject({
      pageref: "page_1",
      _resourceType: "fetch",
      request: { method: "POST", queryString: [{ name: "negotiateVersion", value: "1" }] },
      response: { status: 200, content: { mimeType: "application/json" } },
    });
    expect(JSON.parse(negotiate?.response.content.text ?? "")).toMatchObject({
      connectionId: "id-1",
      availableTransports: [{ transport: "WebSockets" }, {}, {}],
    });
    expect(socket).toMatchObject({
      _resourceType: "websocket",
      startedDateTime: "2026-11-24T10:00:00.020Z",
      time: 1_980,
      response: { status: 101, _transferSize: 11 },
      _closeCode: 1006,
    });
    expect(framesOf(socket)).toEqual([
      { type: "send", time: (START + 20) / 1_000, opcode: 1, data: '{"protocol":"json","version":1}\u{1e}' },
      { type: "receive", time: (START + 20) / 1_000, opcode: 1, data: "{}\u{1e}" },
      { type: "send", time: (START + 1_000) / 1_000, opcode: 1, data: `${SAY}\u{1e}` },
      { type: "receive", time: (START + 1_000) / 1_000, opcode: 1, data: '{"type":6}\u{1e}' },
    ]);
  });

  it("says what wasn't recorded", async () => {
    const counts = [{ direction: "in", type: 1, count: 12, bytes: 1_800 }] as const;
    const events = connected()
      .message({ socket: 1, direction: "out", type: 1, target: "Say", size: 45, payload: SAY })
      .add({ kind: "counts", socket: 1, until: START + 1_500, counts }).events;
    const { log } = await harOf([pageOf(events)], false);
    const socket = log.entries.at(-1);
    expect(framesOf(socket).at(-1)).toMatchObject({
      data: "",
      comment: "Invocation Say, 45 B, payload not recorded",
    });
    expect(socket?.comment).toContain("1 payload not recorded");
    expect(socket?.comment).toContain("12 messages more only counted");
    expect(socket?.comment).toContain("Not closed while it was recorded");
  });

  it("has refused negotiates, failed sends and what the browser said of them", async () => {
    const events = script()
      .at(0)
      .page()
      .negotiateFails(1, 503, "Service Unavailable")
      .negotiate(2, "id-2")
      .socket(3, 2, "LongPolling")
      .at(500)
      .add({
        kind: "transport-request",
        socket: 3,
        method: "POST",
        duration: 100,
        status: 404,
        error: "gone",
      })
      .negotiateFails(4, null, "Failed to fetch")
      .add({
        kind: "request-seen",
        request: 4,
        method: "POST",
        status: null,
        error: "net::ERR_FAILED",
        headers: ["server: nginx"],
      }).events;
    const { log } = await harOf([pageOf(events)]);
    const told = log.entries.map(({ request, response, startedDateTime }) => [
      request.method,
      response.status,
      startedDateTime.slice(17),
    ]);
    expect(told).toEqual([
      ["POST", 503, "00.000Z"],
      ["POST", 200, "00.000Z"],
      ["GET", 200, "00.000Z"],
      ["POST", 404, "00.400Z"],
      ["POST", 0, "00.500Z"],
    ]);
    expect(log.entries[0]?.response.content.text).toBe("Service Unavailable");
    expect(log.entries[4]?.response).toMatchObject({
      _error: "net::ERR_FAILED",
      headers: [{ name: "server", value: "nginx" }],
    });
  });

  it("keeps the frames of sockets apart that speak at once, however many there are", async () => {
    const events = script().at(0).page();
    for (const socket of [1, 2, 3]) events.socket(socket, socket);
    for (let i = 0; i < 3_000; i++)
      for (const socket of [1, 2, 3])
        events.message({
          socket,
          direction: "in",
          type: 1,
          size: 90,
          payload: `{"type":1,"target":"${socket}-${i}","arguments":[]}`,
        });
    const { log } = await harOf([pageOf(events.events)]);
    log.entries.forEach((entry, index) => {
      const targets = framesOf(entry)
        .slice(2)
        .map(({ data }) => (JSON.parse(data.slice(0, -1)) as { target: string }).target);
      expect(targets).toEqual(Array.from({ length: 3_000 }, (_, i) => `${index + 1}-${i}`));
    });
  });

  it.each(keptRecordings())("is valid: %s", async (_name, pieces) => {
    const { log } = await harOf(pieces);
    const events = pieces.flatMap((piece) => piece.events);
    expect(log.entries.length >= events.filter(({ kind }) => kind === "negotiate").length).toBe(true);
    const sockets = log.entries.filter((entry) => entry._webSocketMessages !== undefined);
    const opened = events.filter((event) => event.kind === "socket" && event.transport === "WebSockets");
    expect(sockets).toHaveLength(opened.length);
  });

  it("is valid, whatever was recorded", async () => {
    await fc.assert(
      fc.asyncProperty(anyRecording, async (pieces) => {
        await harOf(pieces);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a HAR file that our reader of Chrome's logs reads", () => {
  const ALL = { payloads: true, payloadCap: 65_536, flightRecorderRate: 1_000 };
  const read = async (events: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> => {
    const { log } = await harOf([pageOf(asWorker(events), "https://board.example/w.js")]);
    const reader = createHarReader({ userAgent: "test", isWorkers: () => true });
    return reader.read(log.entries, ALL).flatMap((worker) => worker.events);
  };
  const essence = (events: readonly RecordedEvent[]): unknown[] =>
    events.flatMap((event): unknown[] => {
      if (event.kind === "socket") return [{ url: event.url.replace(/id=.*/, ""), t: event.t }];
      if (event.kind === "handshake") return [{ direction: event.direction, protocol: event.protocol }];
      if (event.kind !== "message") return [];
      const { direction, type, target, invocationId, size, payload, binary, t }: HubMessage = event;
      return [{ direction, type, target, invocationId, size, payload, binary, t: Math.round(t) }];
    });

  it("gives the same socket and messages, as text", async () => {
    const events = connected()
      .at(1_000)
      .message({
        socket: 1,
        direction: "out",
        type: 1,
        target: "Say",
        invocationId: "7",
        size: 64,
        payload: '{"type":1,"target":"Say","invocationId":"7","arguments":["ab"]}',
      })
      .message({ socket: 1, direction: "in", type: 6, size: 11 })
      .message({
        socket: 1,
        direction: "in",
        type: 3,
        invocationId: "7",
        size: 31,
        payload: '{"type":3,"invocationId":"7"}',
      }).events;
    const size = (text: string): number => new TextEncoder().encode(text).length + 1;
    const exact = events.map((event) =>
      event.kind === "message" && event.payload !== undefined
        ? { ...event, size: size(event.payload) }
        : event,
    );
    expect(essence(await read(exact))).toEqual(essence(exact));
  });

  it("gives the same messages, as MessagePack", async () => {
    // [1, {}, null, "Say", ["a"]], and one that is longer than 127 bytes.
    const short = Buffer.from([0x95, 1, 0x80, 0xc0, 0xa3, 0x53, 0x61, 0x79, 0x91, 0xa1, 0x61]);
    const long = Buffer.concat([
      Buffer.from([0x95, 1, 0x80, 0xc0, 0xa3, 0x53, 0x61, 0x79, 0x91, 0xd9, 200]),
      Buffer.alloc(200, 0x61),
    ]);
    const events = connected().events.map((event) =>
      event.kind === "handshake" && event.direction === "out" ? { ...event, protocol: "messagepack" } : event,
    );
    [short, long].forEach((bytes, i) =>
      events.push({
        kind: "message",
        seq: 100 + i,
        t: START + 1_000 + i,
        socket: 1,
        direction: i === 0 ? "in" : "out",
        type: 1,
        target: "Say",
        size: bytes.length + (bytes.length < 0x80 ? 1 : 2),
        binary: bytes.toString("base64"),
      }),
    );
    expect(essence(await read(events))).toEqual(essence(events));
  });
});
