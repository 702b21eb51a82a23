import { judged } from "./judged.ts";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { adviceFor } from "../../../extension/core/diagnosis/advice.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { NEW_ID_TITLE } from "../../../extension/wording/advice-words.ts";
import { writeHtmlReport } from "../../../extension/report/html-report.tsx";
import {
  readRecordingFile,
  writeRecordingFile,
  type FilePage,
} from "../../../extension/core/recording/recording-file.ts";
import type { FaultSpan } from "../../../extension/core/model/types.ts";
import { placeLabels } from "../../../extension/report/picture-parts.tsx";
import { START, script } from "./event-script.ts";

const meta = { exportedAt: "2026-11-24T10:00:00.000Z", hubscope: "0.1.0" };
const events = () => {
  const all = script().connected();
  all.at(900).message({
    socket: 1,
    direction: "out",
    type: 1,
    target: "GetDepth",
    invocationId: "0",
    payload: '{"type":1,"target":"GetDepth"}',
  });
  all
    .at(1_000)
    .closed(1)
    .add({ kind: "hub-lost", hub: 1, error: "WebSocket closed with status code: 1006 (no reason given)." })
    .state("Connected", "Reconnecting");
  return all.at(3_000).negotiate(2, "id-2").socket(2, 2).state("Reconnecting", "Connected", "id-2");
};
const pages = (): FilePage[] => [
  { page: "p", recording: "p", url: "https://board.example/", events: events().events },
];
const VERSION_1 = new URL("../../fixtures/recordings/version-1.json", import.meta.url);
const problemOf = (text: string): string => {
  const result = readRecordingFile(text);
  if (result.ok) throw new Error("expected a problem");
  return result.problem;
};

describe("the recording file", () => {
  it("reads back what was written", () => {
    const result = readRecordingFile(writeRecordingFile(pages(), meta));
    expect(result).toMatchObject({ ok: true, leftOut: 0, file: { ...meta, version: 2 } });
    expect(result.ok && result.file.pages[0]?.events).toEqual(events().events);
  });

  it("opens a file of version 1, without leaving anything out", () => {
    const result = readRecordingFile(readFileSync(VERSION_1, "utf8"));
    expect(result).toMatchObject({ ok: true, leftOut: 0, file: { version: 2 } });
    const reducer = createReducer();
    for (const { page, events } of result.ok ? result.file.pages : []) reducer.apply(page, events);
    expect(judged(reducer.model.hubs[0]!.interruptions[0]!)).toMatchObject({
      outcome: "reconnected",
      verdict: { cause: "server-close" },
    });
  });

  it("counts payloads that were cut, once each, and only then", () => {
    const figures = (all: RecordedEvent[]): string => {
      const reducer = createReducer();
      for (const event of all) reducer.apply("p", [event]);
      const zone = () => 0;
      return writeHtmlReport(reducer.model, {
        hubscope: "1",
        style: "",
        exportedAt: START,
        scorecard: null,
        zone,
      });
    };
    expect(figures(events().events)).not.toContain("payloads cut");
    const cut = { socket: 2, direction: "in", type: 1, payload: "{", truncated: true } as const;
    expect(figures(events().message(cut).message(cut).events)).toMatch(/2<[^>]*>\s*<[^>]*>\s*payloads cut/);
  });

  it("contains no secret, even if the recording does", () => {
    const secret = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtaXJhIn0.c2lnbmF0dXJl";
    const all = events().message({
      socket: 2,
      direction: "in",
      type: 1,
      payload: `{"arguments":["${secret}"]}`,
    });
    all.add({
      kind: "socket",
      transport: "WebSockets",
      socket: 3,
      url: `wss://board.example/hub?id=tok3nTok3nTok3n&access_token=${secret}`,
    });
    const text = writeRecordingFile(
      [{ page: "p", recording: "p", url: `https://u:pw@board.example/?token=${secret}`, events: all.events }],
      meta,
    );
    for (const part of [secret, "tok3nTok3nTok3n", "u:pw"]) expect(text).not.toContain(part);
  });

  it.each([
    ["", "The file is empty."],
    ["PNG", "This is not a Hubscope recording: a recording is JSON in UTF-8, also compressed with gzip."],
    ["[1]", "This is not a Hubscope recording: it is not a JSON object."],
    ['{"log":{"entries":[]}}', "This is a HAR file of a network panel, but it is incomplete or damaged."],
    ['{"a":1}', 'This is JSON, but not a Hubscope recording: its "format" is not "hubscope-recording".'],
    ['{"format":"hubscope-recording"}', "The recording is damaged: it has no version."],
    [
      '{"format":"hubscope-recording","version":99}',
      "The recording has format version 99; this Hubscope reads up to 2. Update Hubscope to open it.",
    ],
    ['{"format":"hubscope-recording","version":1}', "The recording is damaged: it has no pages."],
    [
      '{"format":"hubscope-recording","version":1,"pages":[{}]}',
      "The recording is damaged: page 1 of 1 has no id, address or events.",
    ],
    [
      '{"format":"hubscope-recording","version":1,"pages":[{"page":"p","url":"","events":[{"kind":"x"}]}]}',
      "The recording is damaged: none of its events can be read.",
    ],
  ])("refuses %j and says why", (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  it("reports that an incomplete file is cut off", () => {
    const whole = writeRecordingFile(pages(), meta);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: whole.length - 2 }), (length) => {
        expect(problemOf(whole.slice(0, length))).toMatch(/^The recording is damaged/);
      }),
    );
  });

  it("omits and counts what can't be read", () => {
    const text = writeRecordingFile(pages(), meta).replace(
      '"kind":"socket-opened"',
      '"kind":"socket-opened-by-magic"',
    );
    expect(readRecordingFile(text)).toMatchObject({ ok: true, leftOut: 1 });
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const wrapped = JSON.stringify({ format: "hubscope-recording", version: 1, pages: value });
        expect(readRecordingFile(wrapped)).toBeTypeOf("object");
        expect(readRecordingFile(JSON.stringify(value))).toBeTypeOf("object");
      }),
    );
  });
});

describe("the HTML report", () => {
  const report = (all = events()): string =>
    writeHtmlReport(all.reduce(), { hubscope: "0.1.0", style: "", exportedAt: START }).replace(/\s+/g, " ");

  it("describes the interruption: cause, evidence, attempts, cost", () => {
    const text = report();
    for (const part of [
      "Connection lost without a Close message",
      "Socket closed, code 1006",
      "was without a connection for <b>2 s</b>",
      "id-1",
      "id-2",
      "call lost in flight: GetDepth",
      "<svg",
    ])
      expect(text).toContain(part);
  });

  it("shows local times with their offset, and round ones on the axis", () => {
    const hour = 3_600_000;
    const text = writeHtmlReport(events().reduce(), {
      hubscope: "0.1.0",
      style: "",
      exportedAt: START,
      zone: () => 5.75 * hour,
    }).replace(/\s+/g, " ");
    expect(text).toMatch(/Recorded 2026-11-24 15:45:00 to 15:45:\d\d \+05:45 \(2026-11-24 10:00:00 to/);
    expect(text).toMatch(/from 15:45:\d\d\.\d{3} to 15:45:\d\d\.\d{3}/);
    expect(text).toContain(">15:45:01</text>");
    expect(report()).toContain("All times are UTC.");
  });

  it("names frames wherever it names their connections", () => {
    const reducer = createReducer();
    reducer.apply("p", events().events);
    const inner = events().events.map((event) =>
      event.kind === "page" ? { ...event, top: false, url: "https://board.example/widgets/chat?x" } : event,
    );
    reducer.apply("q", inner);
    const text = writeHtmlReport(reducer.model, { hubscope: "0.1.0", style: "", exportedAt: START }).replace(
      /\s+/g,
      " ",
    );
    expect(text).toContain("<b>/hubs/board (frame /widgets/chat)</b> was without a connection");
    expect(text).toContain("<h3>/hubs/board (frame /widgets/chat)</h3>");
    expect(text).toContain("Frame /widgets/chat");
    expect(text).toContain("<b>/hubs/board</b> was without a connection");
  });

  it("contains the same advice as the panel", () => {
    const text = report();
    const [interruption] = events().reduce().hubs[0]!.interruptions;
    expect(text).toContain(adviceFor(interruption!)?.text);
    expect(text).toContain(NEW_ID_TITLE);
    expect(text).toContain("connection.onreconnected");
  });

  it("names calls once, with their number", () => {
    const all = script().connected().at(900);
    for (const id of ["0", "1", "2"])
      all.message({ socket: 1, direction: "out", type: 1, target: "GetDepth", invocationId: id });
    all.at(1_000).closed(1).state("Connected", "Reconnecting");
    expect(report(all)).toContain("<dt>3</dt><dd>calls lost in flight: GetDepth ×3</dd>");
  });

  it("describes a failed start", () => {
    const all = script().page().hub().state("Disconnected", "Connecting");
    all.at(500).negotiateFails(1, 401, "Unauthorized").state("Connecting", "Disconnected");
    const text = report(all);
    for (const part of [
      "<b>1</b><span>failed start<",
      "Start failed after 500 ms",
      "Unauthorized (401)",
      "tried to start for 500 ms, and was without a connection for <b>500 ms</b>",
      "accessTokenFactory is called for every negotiate",
    ])
      expect(text).toContain(part);
  });

  it("makes control characters visible that would reverse the direction of text", () => {
    const evil = "exe.\u202egpj\u0000";
    const all = script().connected().at(500).message({ socket: 1, direction: "in", type: 1, target: evil });
    expect(report(all)).toContain("exe.\\u202Egpj\\u0000");
    expect(report(all)).not.toContain("\u202e");
  });

  it("puts labels of overlapping faults below each other", () => {
    const fault = (from: number): FaultSpan => ({
      fault: from,
      page: "p",
      command: { name: "offline", target: { scope: "page" }, duration: 1_000 },
      hubKey: null,
      plannedUntil: null,
      from,
      until: from + 10,
      end: "completed",
      detail: null,
    });
    const labels = placeLabels([0, 10, 300, 305, 310, 315, 320].map(fault), (t) => 150 + t);
    expect(labels.map(({ line }) => line)).toEqual([0, 1, 0, 1, 2, 3, -1]);
  });

  it("contains no script and loads nothing", () => {
    const text = report();
    expect(text).not.toMatch(/<script|javascript:|\ssrc=|@import|\burl\((?!#)/i);
    expect(text).toContain("default-src 'none'");
  });

  it("escapes all texts of the page", () => {
    const evil = `"><img src=x onerror=alert(1)><script>`;
    const all = script().connected().at(500).message({ socket: 1, direction: "in", type: 1, target: evil });
    all
      .at(1_000)
      .message({ socket: 1, direction: "in", type: 7, allowReconnect: true, error: evil })
      .closed(1)
      .add({ kind: "hub-lost", hub: 1, error: evil })
      .state("Connected", "Reconnecting");
    const text = report(all);
    expect(text).not.toContain("<img");
    expect(text).not.toContain("<script");
    expect(text).toContain("&lt;img src=x");
  });
});
