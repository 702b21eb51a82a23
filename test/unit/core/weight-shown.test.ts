/** The weight of interruptions that really happened, and in the report. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { weightOf, type Weight } from "../../../extension/core/diagnosis/weight/weight.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import { readRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { writeHtmlReport } from "../../../extension/report/html-report.tsx";
import { steadyWords } from "../../../extension/wording/weight-words.ts";
import { fixtureFolder, type CauseFixture } from "../../causes/fixture.ts";
import { script, START } from "./event-script.ts";

function modelOf(file: string): RecordingModel {
  const { recording } = JSON.parse(readFileSync(path.join(fixtureFolder, file), "utf8")) as CauseFixture;
  const result = readRecordingFile(JSON.stringify(recording));
  if (!result.ok) throw new Error(result.problem);
  const reducer = createReducer();
  for (const { page, events } of result.file.pages) reducer.apply(page, events);
  return reducer.model;
}

const weights = ({ hubs, pages }: RecordingModel): Weight[] =>
  hubs.flatMap(({ interruptions }) => interruptions.flatMap((one) => weightOf(one, pages) ?? []));

describe("the weight of a real interruption", () => {
  it("counts the call that a client makes after each reconnect", () => {
    const [weight] = weights(modelOf("idle-cut.chromium.json"));
    expect(weight).toMatchObject({
      steady: { kind: "steady" },
      tries: 1,
      negotiates: 1,
      transports: 1,
      work: { calls: 1, methods: [{ target: "Echo", count: 1, answered: 41 }] },
    });
  });

  it("counts each try while a server is away", () => {
    const [weight] = weights(modelOf("server-killed.chromium.json"));
    expect(weight).toMatchObject({ tries: 6, negotiates: 6, transports: 1 });
  });

  it("has none of the time in which the page was frozen", () => {
    expect(weights(modelOf("frozen.chromium.json"))[0]?.visible).toBe(0);
  });

  it("has times in order, and words, in every recording", () => {
    const files = readdirSync(fixtureFolder).filter((file) => file.endsWith(".json"));
    const all = files.flatMap((file) => weights(modelOf(file)));
    expect(all.length).toBeGreaterThan(70);
    for (const weight of all) {
      const { lostAt, connectedAt, steady, visible, tries, work, repeated } = weight;
      expect(lostAt).toBeLessThanOrEqual(connectedAt);
      expect(connectedAt).toBeLessThanOrEqual(steady.t);
      expect(visible).toBeLessThanOrEqual(connectedAt - lostAt + 0.001);
      expect(tries).toBeGreaterThan(0);
      expect(repeated.calls).toBeLessThanOrEqual(work.calls);
      expect(steadyWords(weight)).not.toMatch(/undefined|NaN|Infinity/);
    }
  });
});

describe("the report", () => {
  it("has the recovery of an interruption that came back", () => {
    const events = script().connected().at(1_000).closed(1).state("Connected", "Reconnecting");
    events.at(3_000).negotiate(2, "id-2").socket(2, 2).state("Reconnecting", "Connected", "id-2");
    events.message({ socket: 2, direction: "out", type: 1, target: "Join<b>", invocationId: "7" });
    events.at(3_400).message({ socket: 2, direction: "in", type: 3, invocationId: "7" });
    events.at(9_000).message({ socket: 2, direction: "in", type: 6 });
    const html = writeHtmlReport(events.reduce(), { hubscope: "0", exportedAt: START, style: "" });
    const text = html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
    expect(text).toContain("Recovery 2.4 s until steady again: 2 s to connect, then 400 ms until all calls");
    expect(text).toContain("2 requests to connect: 1 negotiate and 1 transport in 1 try");
    expect(text).toContain("1 call after the reconnect: Join&lt;b>");
  });
});
