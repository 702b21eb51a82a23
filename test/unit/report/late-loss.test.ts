import { describe, expect, it } from "vitest";
import { writeHtmlReport } from "../../../extension/report/html-report.tsx";
import { markdownReport } from "../../../extension/report/markdown-report.ts";
import { textReport } from "../../../extension/report/text-report.ts";
import { script, START } from "../core/event-script.ts";
import { facts } from "./recordings.ts";

/** Frozen for four seconds; the loss is noticed only afterwards. */
function lostAfterFreeze() {
  const all = script().connected();
  all.at(1_000).add({ kind: "lifecycle", phase: "freeze", persisted: false });
  all.at(5_000).add({ kind: "lifecycle", phase: "resume", persisted: false }).closed(1);
  all.add({ kind: "hub-lost", hub: 1, error: "closed" }).state("Connected", "Reconnecting");
  return all;
}

function reconnected() {
  const all = lostAfterFreeze();
  all.at(5_052).negotiate(2, "id-2").socket(2, 2).state("Reconnecting", "Connected", "id-2");
  return all.at(9_000).add({ kind: "still-open" }).reduce();
}

describe("a connection that is lost later than its messages stopped", () => {
  const words =
    "4.1 s without a connection: messages stopped then, lost at 11:00:05.000 (10:00:05.000 UTC), reconnected after 52 ms";

  it("has both beginnings and both lengths in the text", () => {
    expect(textReport(facts(reconnected()))).toContain(
      `1. 11:00:01.000 (10:00:01.000 UTC) /hubs/board: ${words}`,
    );
  });

  it("has both in Markdown", () => {
    expect(markdownReport(facts(reconnected()))).toContain(
      `| 11:00:01.000 (10:00:01.000 UTC) | \`/hubs/board\` | ${words} |`,
    );
  });

  it("has both in its card of the HTML report", () => {
    const html = writeHtmlReport(reconnected(), { hubscope: "1.2.3", exportedAt: START, style: "" });
    expect(html).toContain("; messages stopped then, and it was lost at 10:00:05.000 UTC");
  });

  it("says that it isn't over", () => {
    const model = lostAfterFreeze().at(9_000).add({ kind: "still-open" }).reduce();
    expect(textReport(facts(model))).toContain(
      "8 s without a connection so far: messages stopped then, lost at 11:00:05.000 (10:00:05.000 UTC), reconnecting for 4 s so far",
    );
  });
});
