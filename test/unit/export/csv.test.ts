/** CSV files, read by csv-parse. */
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EXPORT_FORMATS } from "../../../extension/export/export-formats.ts";
import { script, START } from "../core/event-script.ts";
import { anyRecording, HOSTILE_TEXTS, keptRecordings, pageOf, written } from "./written.ts";

const KINDS = EXPORT_FORMATS.map(({ kind }) => kind).filter((kind) => kind.endsWith(".csv"));

type CsvKind = "events.csv" | "messages.csv" | "calls.csv" | "interruptions.csv";
type Row = Readonly<Record<string, string>>;

/** csv-parse throws on a row with too many or too few cells, or quotes in the wrong place. */
const rowsOf = (text: string): Row[] => parse(text, { bom: true, columns: true, record_delimiter: "\r\n" });
const cellsOf = (text: string, delimiter = ","): string[] =>
  parse(text, { bom: true, delimiter, relax_column_count: true, relax_quotes: true }).flat();

const read = async (kind: CsvKind, events: Parameters<typeof pageOf>[0]): Promise<Row[]> =>
  rowsOf(await written(kind, [pageOf(events)]));

const broken = script()
  .connected()
  .at(1_000)
  .message({
    socket: 1,
    direction: "out",
    type: 1,
    target: "Say",
    invocationId: "1",
    size: 70,
    payload: '{"a":"ü, \\"b\\""}',
  })
  .at(1_250)
  .message({ socket: 1, direction: "in", type: 3, invocationId: "1" })
  .message({ socket: 1, direction: "out", type: 1, target: "Lost", invocationId: "2" })
  .at(2_000)
  .closed(1)
  .add({ kind: "hub-lost", hub: 1, error: "WebSocket closed with status code: 1006 (no reason given)." })
  .state("Connected", "Reconnecting")
  .at(5_000)
  .negotiate(2, "id-2")
  .socket(2, 2)
  .state("Reconnecting", "Connected", "id-2").events;

describe("CSV files", () => {
  it("tell messages, with their payloads", async () => {
    const [say, answer, lost] = await read("messages.csv", broken);
    expect(say).toMatchObject({
      time: "2026-11-24T10:00:01.000Z",
      time_ms: String(START + 1_000),
      page: "https://board.example/",
      hub: "/hubs/board",
      connection_id: "id-1",
      transport: "WebSocket",
      direction: "to server",
      type: "Invocation",
      target: "Say",
      size_bytes: "70",
      payload: '{"a":"ü, \\"b\\""}',
      payload_form: "text",
    });
    expect(answer).toMatchObject({ direction: "to client", type: "Completion", payload: "" });
    expect(lost).toMatchObject({ target: "Lost" });
  });

  it("tell what became of calls", async () => {
    expect(await read("calls.csv", broken)).toMatchObject([
      { target: "Say", result: "completed", duration_ms: "250", connection_id: "id-1" },
      { target: "Lost", result: "lost", duration_ms: "750" },
    ]);
  });

  it("tell interruptions with cause, confidence and recovery time", async () => {
    const [one, ...others] = await read("interruptions.csv", broken);
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      kind: "interruption",
      time: "2026-11-24T10:00:02.000Z",
      cause_id: "abrupt-loss",
      transport: "WebSocket",
      result: "reconnected",
      recovery_ms: "3000",
      still_down: "no",
      connection_id_before: "id-1",
      connection_id_after: "id-2",
      calls_lost: "1",
    });
    expect(one?.["cause"]).toContain("Connection lost without a Close message");
    expect(["high", "medium", "low"]).toContain(one?.["confidence"]);
  });

  it("tell a start that failed", async () => {
    const failed = script()
      .at(0)
      .page()
      .hub()
      .state("Disconnected", "Connecting")
      .negotiateFails(1, 503)
      .at(50)
      .state("Connecting", "Disconnected").events;
    expect(await read("interruptions.csv", failed)).toMatchObject([
      { kind: "failed start", result: "not connected", recovery_ms: "", still_down: "yes" },
    ]);
  });

  it("have a row for each kind of message that was only counted", async () => {
    const counts = [
      { direction: "in", type: 1, count: 12, bytes: 1_800 },
      { direction: "out", type: 6, count: 2, bytes: 22 },
    ] as const;
    const events = script()
      .connected()
      .at(500)
      .add({ kind: "counts", socket: 1, until: START + 1_500, counts }).events;
    expect(await read("messages.csv", events)).toMatchObject([
      {
        type: "Invocation",
        count: "12",
        size_bytes: "1800",
        recorded: "counted only",
        until_ms: String(START + 1_500),
      },
      { type: "Ping", count: "2", direction: "to server" },
    ]);
  });

  it.each([",", ";", "\t"])("have no formula in any cell, separated by %j", async (delimiter) => {
    const events = script().connected();
    for (const text of HOSTILE_TEXTS)
      events
        .message({ socket: 1, direction: "out", type: 1, target: text, invocationId: text, payload: text })
        .add({ kind: "hub-lost", hub: 1, error: text });
    for (const kind of KINDS) {
      const cells = cellsOf(await written(kind, [pageOf(events.events, "=page")]), delimiter);
      expect(cells.filter((cell) => /^\s*[=+@]|^\s*-(?!\d+(?:\.\d+)?$)/.test(cell))).toEqual([]);
    }
  });

  it("have numbers as they are, also negative ones", async () => {
    const events = script().connected().add({ kind: "clock-jump", since: START, by: -5 }).events;
    const rows = await read("events.csv", events);
    expect(rows.every(({ time_ms }) => time_ms === String(Number(time_ms)))).toBe(true);
  });

  it.each(keptRecordings())("can be read: %s", async (_name, pieces) => {
    const events = pieces.reduce((sum, piece) => sum + piece.events.length, 0);
    for (const kind of KINDS) {
      const text = await written(kind, pieces);
      expect(text).not.toMatch(/\bundefined\b|\bNaN\b|\[object/);
      const { length } = rowsOf(text);
      if (kind === "events.csv") expect(length).toBe(events);
    }
  });

  it("can be read, whatever was recorded", async () => {
    await fc.assert(
      fc.asyncProperty(anyRecording, async (pieces) => {
        for (const kind of KINDS) rowsOf(await written(kind, pieces));
      }),
      { numRuns: 60 },
    );
  });
});
