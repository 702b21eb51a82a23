import { describe, expect, it } from "vitest";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { writeHtmlReport } from "../../../extension/report/html-report.tsx";
import { boardRecording } from "../../../panel/fixture/board.ts";
import { withDoctorRuns } from "../../../panel/fixture/doctor.ts";

const START = Date.UTC(2026, 10, 24, 9, 42, 7);
const reportOf = (events: readonly RecordedEvent[]): string => {
  const reducer = createReducer();
  reducer.apply("p", events);
  return writeHtmlReport(reducer.model, { hubscope: "0.1.0", exportedAt: START, style: "" });
};
const all = withDoctorRuns(boardRecording(START), START);

describe("the connection doctor in the report", () => {
  it("has the newest finished run of a hub: verdicts and tables", () => {
    const report = reportOf(all);
    expect(report).toContain("<h2>Connection doctor</h2>");
    expect(report).toContain("WebSockets work");
    expect(report).not.toContain("removes the Upgrade header");
    for (const title of ["Transports and protocols", "Negotiates", "Largest messages", "Left open"])
      expect(report).toContain(title);
  });

  it("prefers a finished run to a newer one that was cancelled", () => {
    const cancelled = all.map((event) =>
      event.kind === "doctor-ended" && event.run === 2 ? { ...event, reason: "cancelled" as const } : event,
    );
    expect(reportOf(cancelled)).toContain("removes the Upgrade header");
  });

  it("has no such section without a run", () => {
    expect(reportOf(boardRecording(START))).not.toContain("Connection doctor");
  });

  it("writes texts of a server as texts", () => {
    const hostile = all.map((event) =>
      event.kind === "doctor-connect" && event.run === 2 && event.transport === "LongPolling"
        ? { ...event, outcome: "refused" as const, error: '<img src=x onerror="alert(1)">' }
        : event,
    );
    expect(reportOf(hostile)).not.toContain("<img");
  });
});
