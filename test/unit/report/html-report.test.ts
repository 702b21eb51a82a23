import { HtmlValidate, type ConfigData } from "html-validate";
import { describe, expect, it } from "vitest";
import { checkEvents } from "../../../extension/core/events/guards.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import { writeHtmlReport } from "../../../extension/report/html-report.tsx";
import { textReport } from "../../../extension/report/text-report.ts";
import { withDoctorRuns } from "../../../panel/fixture/doctor.ts";
import { boardRecording } from "../../../panel/fixture/board.ts";
import { manyRecording } from "../../../panel/fixture/many.ts";
import { wireRecording } from "../../../panel/fixture/wire.ts";
import { START, script } from "../core/event-script.ts";
import { facts, HOSTILE, hostile, HOUR, KEPT, lost, modelOf } from "./recordings.ts";

const CONFIG: ConfigData = {
  extends: ["html-validate:recommended"],
  rules: {
    // The writer puts no line ends between elements: for a reader of the source it is no use.
    "no-trailing-whitespace": "off",
    // Widths in per cent of bars in tracks, which no class can hold. The Content Security Policy allows styles only.
    "no-inline-style": "off",
    // As Preact writes them.
    "void-style": ["error", { style: "selfclosing" }],
    // Addresses, ids and texts of servers are as long as they are, and may have any characters.
    "long-title": "off",
  },
};
const validator = new HtmlValidate(CONFIG);

const html = (model: RecordingModel, zone = (): number => HOUR): string =>
  writeHtmlReport(model, { hubscope: "1.2.3", exportedAt: START, style: "b{color:red}", zone });

function expectValid(text: string): void {
  const { results } = validator.validateStringSync(text);
  expect(
    results.flatMap(({ messages }) =>
      messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector ?? ""})`),
    ),
  ).toEqual([]);
}

const MADE: readonly (readonly [string, () => RecordingModel])[] = [
  ["board", () => modelOf(boardRecording(START))],
  ["wire", () => modelOf(wireRecording(START))],
  ["doctor's", () => modelOf(withDoctorRuns(boardRecording(START), START))],
  ["hostile", () => hostile().reduce()],
  ["empty", () => modelOf()],
];

describe("the HTML report", () => {
  it.each([...KEPT, ...MADE])("of %s is valid HTML", (_, read) => {
    expectValid(html(read()));
  });

  it("begins with the text report, to paste", () => {
    const model = lost(2).reduce();
    const pre = /<pre class="summary-text">(.*?)<\/pre>/s.exec(html(model))?.[1];
    expect(pre?.replaceAll("&lt;", "<").replaceAll("&amp;", "&")).toBe(textReport(facts(model)));
  });

  it("shows each important time in local time with its offset, and in UTC", () => {
    const text = html(lost(1).reduce());
    expect(text).toContain("from 11:00:10.000 to 11:00:12.000 +01:00 (10:00:10.000 to 10:00:12.000 UTC)");
    expect(text).toContain(
      "Recorded 2026-11-24 11:00:00 to 11:00:15 +01:00 (2026-11-24 10:00:00 to 10:00:15 UTC)",
    );
    const row = /<tr class="bad-row">.*?<\/tr>/s.exec(text)?.[0].replaceAll(/<[^>]*>/g, " ");
    expect(row?.split(/\s+/).filter(Boolean).slice(0, 3)).toEqual([
      "10:00:10.000",
      "11:00:10.000",
      "/hubs/board",
    ]);
    expect(row).toContain("id-1");
  });

  it("says the offset of each time when the clocks change within the recording", () => {
    const change = START + 11_000;
    const text = html(lost(1).reduce(), (t?: number) => (t !== undefined && t >= change ? HOUR : 2 * HOUR));
    expect(text).toContain(
      "from 12:00:10.000 +02:00 to 11:00:12.000 +01:00 (10:00:10.000 to 10:00:12.000 UTC)",
    );
  });

  it("lists what to search for in logs: ids, answers and headers", () => {
    const all = script().connected();
    all.at(1_000).closed(1).state("Connected", "Reconnecting");
    all.at(2_000).negotiateFails(2, 503, "Service unavailable");
    all.add({
      kind: "request-seen",
      request: 2,
      method: "POST",
      status: 503,
      headers: ["server: nginx", "x-request-id: 0HN8K"],
    });
    const text = html(all.reduce());
    for (const part of ["negotiate answered 503: Service unavailable", "server: nginx\nx-request-id: 0HN8K"])
      expect(text).toContain(part);
  });

  it("shows the heads of the last messages before a loss, and none of another connection", () => {
    const all = script().connected();
    for (let i = 0; i < 30; i++)
      all.at(1_000 + i).message({ socket: 1, direction: "in", type: 1, target: `Tick${i}`, size: 1_000 + i });
    all.at(2_000).closed(1).state("Connected", "Reconnecting");
    all
      .at(3_000)
      .negotiate(2, "id-2")
      .socket(2, 2)
      .message({ socket: 2, direction: "in", type: 1, target: "Later" });
    const list = /<details class="last-messages">.*?<\/details>/s.exec(html(all.reduce()))?.[0] ?? "";
    expect(list.match(/Tick\d+/g)).toEqual(Array.from({ length: 10 }, (_, i) => `Tick${i + 20}`));
    expect(list).toContain("1,029 B");
    expect(list).not.toContain("Later");
  });

  it("writes the same advice once", () => {
    const text = html(lost(3).reduce());
    expect(text.match(/Recommendations: the same as for <a href="#i1">/g)).toHaveLength(2);
    expect(text).toContain('id="i1"');
  });

  it("lists the findings worst first, with the app's figures and a snippet", () => {
    const text = html(modelOf(boardRecording(START)));
    const found = [...text.matchAll(/<details class="finding">.*?code-tag (\w+)/gs)].map((match) => match[1]);
    expect(found).toEqual(
      [...found].sort((a, b) => "bad warn note".indexOf(a ?? "") - "bad warn note".indexOf(b ?? "")),
    );
    expect(found.length).toBeGreaterThan(5);
    expect(text).toMatch(/<details class="finding">.*<pre class="patch"/s);
    expect(text).toContain("Resilience scorecard");
  });

  it("has a link for every section, and a section for every link", () => {
    const text = html(modelOf(withDoctorRuns(boardRecording(START), START)));
    const links = [...text.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    expect(links.length).toBeGreaterThan(8);
    for (const link of links) expect(text).toContain(`id="${link}"`);
  });

  it("tells frames apart that have the same path, and pages of one recording", () => {
    const frame = (url: string) =>
      lost(1).events.map((event) => (event.kind === "page" ? { ...event, url, top: false } : event));
    const model = modelOf(
      lost(1).events,
      frame("https://board.example/chat?room=1"),
      frame("https://board.example/chat?room=2"),
      frame("https://other.example/chat"),
      lost(1).events,
    );
    const names = model.hubs.map((hub) => facts(model).names.hub(hub));
    expect(names).toEqual([
      "/hubs/board",
      "/hubs/board (frame /chat)",
      "/hubs/board (frame /chat #2)",
      "/hubs/board (frame other.example/chat)",
      "/hubs/board (page 2)",
    ]);
    for (const name of names) expect(html(model)).toContain(`<h3>${name}</h3>`);
  });
});

describe("the HTML report of a hostile or huge recording", () => {
  const MB = 1_000_000;

  it("escapes everything, and cuts what is long", () => {
    const text = html(modelOf(checkEvents(hostile(HOSTILE.repeat(2_000)).events)));
    expect(text).not.toMatch(/<script|<img|javascript:|onerror=(?!alert)/i);
    expect(text).not.toMatch(/[\u202e\u2066]/);
    expect(text.length).toBeLessThan(MB);
  });

  it("stays small for many interruptions, shows the longest, and says how many more there are", () => {
    const text = html(lost(1_000).reduce());
    expect(text.length).toBeLessThan(1.5 * MB);
    expect(text).toContain("Below are the 40 longest of 1,000.");
    expect(text).toContain("700 more of them, not shown");
  });

  it("stays small for many connections", () => {
    const text = html(modelOf(manyRecording(START, 150)));
    expect(text.length).toBeLessThan(1.5 * MB);
    expect(text).toContain("126 more connections, not shown");
  });
});
