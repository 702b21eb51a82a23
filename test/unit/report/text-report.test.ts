import { describe, expect, it } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { textReport } from "../../../extension/report/text-report.ts";
import { boardRecording } from "../../../panel/fixture/board.ts";
import { manyRecording } from "../../../panel/fixture/many.ts";
import { START, script } from "../core/event-script.ts";
import { facts, hostile, HOSTILE, KEPT, lost, modelOf } from "./recordings.ts";

const text = (model: ReturnType<typeof modelOf>, zone?: () => number): string =>
  textReport(facts(model, zone));

describe("the report as text", () => {
  it("says what, when, why, what it cost, and what to look for", () => {
    expect(text(lost(1).reduce())).toMatchInlineSnapshot(`
      "SignalR report: https://board.example/
      2026-11-24 11:00:00 to 11:00:15 +01:00 (2026-11-24 10:00:00 to 10:00:15 UTC)
      Recorded 15 s on test, 1 hub connection.
      Hub: https://board.example/hubs/board

      1 interruption.
      2 s without a connection; availability 86.65 %.
      Impact: 1 call lost in flight.

      Interruptions
      1. 11:00:10.000 (10:00:10.000 UTC) /hubs/board: Reconnected after 2 s
         Connection lost without a Close message (medium confidence)
         Impact: 1 call lost in flight (Save)

      Findings
      - High: Calls lost in flight (/hubs/board). 1 call of /hubs/board had no answer when the connection was lost: Save.
      - Medium: Stateful reconnect isn't used (/hubs/board). 1 loss was shorter than the 15 s in which a connection can be resumed (2 s), and cost calls, messages or groups.

      In the server's logs, look for
      - when and how the server, or a proxy, saw this connection end: 10:00:10.000 UTC id id-1

      Written by Hubscope 1.2.3."
    `);
  });

  it("names the hubs of several servers, also where to look in the logs", () => {
    const other = (event: RecordedEvent): RecordedEvent =>
      "url" in event && event.kind !== "page"
        ? { ...event, url: event.url.replace("board.example", "other\u202e.example") }
        : event;
    const two = text(modelOf(lost(1).events, lost(1).events.map(other)));
    expect(two).toContain(
      "Hubs: https://board.example/hubs/board, https://other\\u202E.example/hubs/board\n",
    );
    expect(two).toContain("10:00:10.000 UTC board.example id id-1");
    expect(two).toContain("10:00:10.000 UTC other\\u202E.example id id-1");
  });

  it("says so when nothing happened", () => {
    const quiet = text(script().connected().at(5_000).add({ kind: "still-open" }).reduce());
    expect(quiet).toContain("0 interruptions.");
    expect(quiet).toContain("The connection was there all the time.");
    expect(quiet).not.toContain("server's logs");
  });

  it("has no local times where they are UTC", () => {
    const utc = text(lost(1).reduce(), () => 0);
    expect(utc).toContain("1. 10:00:10.000 UTC /hubs/board");
    expect(utc).not.toContain("(10:00");
  });

  it.each(KEPT)("is a screen long, of %s", (_, read) => {
    const model = read();
    const written = text(model);
    expect(written.length).toBeLessThan(facts(model).troubles.length <= 3 ? 2_000 : 3_200);
    expect(Math.max(...written.split("\n").map(({ length }) => length))).toBeLessThan(700);
  });

  it("stays short for many interruptions, and names the longest", () => {
    const many = text(lost(300).reduce());
    expect(many.length).toBeLessThan(3_200);
    expect(many).toContain("Interruptions: the 6 longest of 300 (Connection lost ×300)");
    expect(text(modelOf(manyRecording(START, 90))).length).toBeLessThan(3_600);
    expect(text(modelOf(boardRecording(START))).length).toBeLessThan(2_700);
  });

  it("shows a hostile recording on lines of its own, with nothing invisible, and bounded", () => {
    for (const evil of [HOSTILE, `${HOSTILE}\n\n1. forged line\n`.repeat(500)]) {
      const written = text(hostile(evil).reduce());
      expect(written.length).toBeLessThan(3_200);
      expect(written).not.toMatch(/[\u202e\u2066]/);
      expect(written).not.toMatch(/^1\. forged/m);
    }
  });
});
