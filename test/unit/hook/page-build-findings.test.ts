import { describe, expect, it } from "vitest";
import { findingsIn } from "../../../content-script/page-build/findings.ts";
import { FINDINGS, isFindingId } from "../../../extension/core/diagnosis/findings/registry.ts";
import { boardRecording } from "../../../panel/fixture/board.ts";
import { START } from "../core/event-script.ts";
import { modelOf } from "../report/recordings.ts";

describe("the findings of the page build", () => {
  const model = modelOf(boardRecording(START));
  const findings = findingsIn(model, model.to);

  it("are those of the panel, worst first", () => {
    const severities = ["high", "medium", "low"];
    const order = findings.map(({ severity }) => severities.indexOf(severity));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(findings[0]).toMatchObject({
      id: "calls-lost",
      severity: "high",
      hub: "https://board.example/hubs/board",
      title: FINDINGS["calls-lost"].title,
      say: "1 call of /hubs/board had no answer when the connection was lost: SaveLayout.",
      scenario: "crash",
    });
    for (const { id } of findings) expect(isFindingId(id)).toBe(true);
  });

  it("pass through JSON as they are", () => {
    expect(JSON.parse(JSON.stringify(findings))).toEqual(findings);
  });
});
