import { describe, expect, it } from "vitest";
import {
  downOf,
  downtimeFigures,
  pageDowntime,
  union,
  without,
} from "../../../extension/core/model/downtime.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { HubConnectionModel } from "../../../extension/core/model/types.ts";
import { writeHtmlReport } from "../../../extension/report/html-report.tsx";
import { judge } from "../../../extension/core/scenarios/expectations.ts";
import { manyRecording, MANY_SECONDS } from "../../../panel/fixture/many.ts";
import { summarise } from "../../../panel/content/summary.ts";

function modelOf(hubs: number) {
  const reducer = createReducer();
  reducer.apply("page", manyRecording(0, hubs));
  return reducer.model;
}

/** A hub connection that is down in these seconds, and up in all others from 0 to `end`. */
function hub(end: number, ...downs: [number, number | null][]): HubConnectionModel {
  const states = [];
  let at = 0;
  for (const [from, until] of downs) {
    states.push({ state: "connected", from: at, until: from });
    states.push({ state: "reconnecting", from, until });
    at = until ?? end;
  }
  if (at < end) states.push({ state: "connected", from: at, until: null });
  return {
    states,
    failedStarts: [],
    interruptions: downs.map(([from, until]) => ({ kind: "interruption", silentFrom: null, from, until })),
  } as unknown as HubConnectionModel;
}

describe("union", () => {
  it("counts the same time once, and joins adjacent spans", () => {
    const spans = [
      { from: 5, until: 9 },
      { from: 0, until: 3 },
      { from: 2, until: 5 },
      { from: 20, until: 21 },
    ];
    expect(union(spans)).toEqual([
      { from: 0, until: 9 },
      { from: 20, until: 21 },
    ]);
    expect(
      without(union(spans), [
        { from: 1, until: 2 },
        { from: 8, until: 20.5 },
      ]),
    ).toEqual([
      { from: 0, until: 1 },
      { from: 2, until: 8 },
      { from: 20.5, until: 21 },
    ]);
  });
});

describe("time without a connection", () => {
  it("is counted per page, not added up for hubs that were down at the same time (12.6 s, not 37.8 s)", () => {
    const { hubs, to } = modelOf(9);
    expect(hubs.flatMap((one) => one.interruptions).length).toBeGreaterThan(3);
    const lost = hubs.filter((one) => one.interruptions.length === 1).slice(0, 3);
    expect(pageDowntime(lost, to).any / 1000).toBeCloseTo(12.6, 1);
    expect(lost.map((one) => Math.round(downOf(one, to) / 100) / 10)).toEqual([12.6, 12.6, 12.6]);
  });

  it("is zero while any hub of the page is connected", () => {
    expect(pageDowntime([hub(60, [10, 20]), hub(60, [15, 25])], 60)).toEqual({ any: 15, all: 5 });
    expect(pageDowntime([hub(60, [10, 20]), hub(60)], 60)).toEqual({ any: 10, all: 0 });
    expect(pageDowntime([hub(60, [10, null]), hub(60, [50, null])], 60)).toEqual({ any: 50, all: 10 });
    expect(downtimeFigures([hub(60, [10, 20])], 60)).toEqual([
      { value: 10, meaning: "without a connection" },
    ]);
    expect(downtimeFigures([hub(60), hub(60)], 60)).toHaveLength(1);
  });

  it("is the same in the report and in the panel's summary", () => {
    const model = modelOf(9);
    const report = writeHtmlReport(model, { hubscope: "1", style: "", exportedAt: 0 });
    expect(report).toMatch(/<b>15\.1 s<\/b><span>with at least one connection down<\/span>/);
    expect(report).toMatch(/<b>0 ms<\/b><span>with no connection up<\/span>/);
    expect(summarise(model).down.map(({ value }) => Math.round(value / 100) / 10)).toEqual([15.1, 0]);
  });
});

describe("a scenario with several hubs", () => {
  const model = modelOf(9);
  const run = { model, from: 10_000, to: MANY_SECONDS * 1000, faults: [], hub: null };

  it("counts time in which several were down only once: 15.1 s in 2 gaps, not 36.8 s in 3", () => {
    const judged = judge(run, { that: "visible-gap", most: 16_000 });
    expect(judged.verdict).toBe("pass");
    expect(judged.measured!.value / 1000).toBeCloseTo(15.1, 1);
    expect(judged.say).toBe("At least one of 4 hubs was without a connection for 15.1 s in 2 gaps.");
  });

  it("names the hub in the evidence", () => {
    for (const that of ["visible-gap", "recovered", "stays-connected", "new-connection-id"] as const) {
      const { evidence } = judge(run, { that, within: 1, most: 1 });
      expect(evidence.length, that).toBeGreaterThan(3);
      for (const { text } of evidence)
        if (text !== "Cause ended") expect(text, that).toMatch(/^\/hubs\/room-[2589]: /);
    }
    const { say } = judge(run, { that: "recovered", within: 1 });
    expect(say).toMatch(/^\/hubs\/room-\d: .* 4 hubs lost their connections, in 2 gaps\.$/);
  });
});
