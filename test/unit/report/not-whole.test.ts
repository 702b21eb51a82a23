import { describe, expect, it } from "vitest";
import { factsOf, type ReportMeta } from "../../../extension/report/facts/report-facts.ts";
import { writeHtmlReport } from "../../../extension/report/html-report.tsx";
import { markdownReport } from "../../../extension/report/markdown-report.ts";
import { textReport } from "../../../extension/report/text-report.ts";
import { UTC } from "../../../extension/core/text/format.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import { writeExport } from "../../../extension/export/write-export.ts";
import { script, START } from "../core/event-script.ts";
import { inMemory, pageOf } from "../export/written.ts";

const lost = () => script().connected().at(3_000).closed(1).state("Connected", "Reconnecting");
const quiet = (): RecordingModel => script().connected().at(9_000).add({ kind: "still-open" }).reduce();

function reports(model: RecordingModel, more: Partial<ReportMeta>) {
  const meta = { hubscope: "1.2.3", exportedAt: START, ...more };
  const facts = factsOf(model, meta);
  const html = writeHtmlReport(model, { ...meta, style: "" });
  return { txt: textReport(facts), md: markdownReport(facts), html };
}

describe("reports of a recording that isn't whole", () => {
  it("name a part as such, and speak of its end", () => {
    const all = reports(lost().at(9_000).add({ kind: "still-open" }).reduce(), { isPart: true });
    expect(all.txt).toContain("\nA part of a longer recording: 2026-11-24 10:00:00 to 10:00:09 UTC\n");
    expect(all.txt).toContain("1 interruption, not over at the end of this part.");
    expect(all.md).toContain("A part of a longer recording: 2026-11-24 10:00:00 to 10:00:09 UTC");
    expect(all.html).toContain("A part of a longer recording 2026-11-24 10:00:00 to 10:00:09 UTC");
  });

  it("know it from the range of the export", async () => {
    const events = lost().at(9_000).add({ kind: "still-open" }).events;
    const about = { hubscope: "1.2.3", writtenAt: START, zone: UTC, reportStyle: "" };
    const textOf = async (range?: { from: number; to: number }): Promise<string> => {
      const contents = { payloads: false, ...(range ? { range } : {}) };
      let text = "";
      for await (const piece of writeExport(inMemory([pageOf(events)]), "txt", contents, about, String))
        text += piece;
      return text;
    };
    expect(await textOf({ from: START, to: START + 5_000 })).toContain("A part of a longer recording");
    expect(await textOf()).not.toContain("A part of");
  });

  it("say first what could not be read, and don't say that the connection was there all the time", () => {
    const warning = "The file ends early: what follows 12 events is missing.";
    const { txt, md, html } = reports(quiet(), { warnings: [warning] });
    expect(txt.split("\n")[2]).toBe(warning);
    expect(txt).not.toContain("all the time");
    expect(md.split("\n")[3]).toBe(`- ${warning}`);
    expect(html).toContain(`<p><b>${warning}</b></p>`);
    expect(reports(quiet(), {}).txt).toContain("The connection was there all the time.");
  });
});
