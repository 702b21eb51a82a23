import { describe, expect, it } from "vitest";
import { answerOf, findIn, isFound, worstFirst } from "../../../../extension/core/diagnosis/findings/find.ts";
import { MAX_MOMENTS, SEVERITIES } from "../../../../extension/core/diagnosis/findings/finding.ts";
import { historiesOf } from "../../../../extension/core/diagnosis/findings/hub-history.ts";
import { FINDING_IDS, FINDINGS } from "../../../../extension/core/diagnosis/findings/registry.ts";
import { BUILT_IN_SCENARIOS } from "../../../../extension/core/scenarios/built-ins.ts";
import type { RecordedEvent } from "../../../../extension/core/events/events.ts";
import { createReducer } from "../../../../extension/core/model/reducer.ts";
import { expectLinear } from "../../fakes/processor-time.ts";
import { START } from "../event-script.ts";
import { answer, life } from "./app-life.ts";

describe("findings", () => {
  it("answer once for each check and hub", () => {
    const model = life().outage(1_000, [0]).reduce();
    const results = findIn(model, model.to);
    expect(results.map(({ id }) => id)).toEqual(FINDING_IDS);
    expect(new Set(results.map(({ key }) => key)).size).toBe(results.length);
    expect(findIn({ ...model, hubs: [] }, model.to)).toEqual([]);
  });

  it("become an error result where a check throws", () => {
    const [history] = historiesOf(life().reduce(), START);
    const check = (): never => {
      throw new Error("no such thing");
    };
    expect(answerOf({ check }, history!)).toEqual({ answer: "error", say: "no such thing" });
  });

  it("are sorted by severity", () => {
    const model = life()
      .outage(1_000, [0])
      .lost(20_000)
      .decided(20_000, 0, 0)
      .refused(20_010)
      .gaveUp(20_020, 1)
      .reduce();
    const found = worstFirst(findIn(model, model.to + 60_000).filter(isFound));
    const order = found.map(({ answer: { severity } }) => SEVERITIES.indexOf(severity));
    expect(found.length).toBeGreaterThan(1);
    expect(order).toEqual([...order].sort());
  });

  it("count only what happened since a time", () => {
    const events = life()
      .call(900, "Save", "1", null)
      .outage(1_000, [0])
      .call(30_000, "Save", "2")
      .outage(60_000, [0]);
    expect(answer("calls-lost", events).answer).toBe("found");
    expect(answer("calls-lost", events, 0, START + 20_000).answer).toBe("ok");
  });

  it("keep few moments, in order of time", () => {
    const events = life();
    for (let i = 1; i <= 50; i++)
      events.call(i * 10_000 - 10, "Save", String(i), null).outage(i * 10_000, [0]);
    const given = answer("calls-lost", events);
    const times = given.answer === "found" ? given.moments.map(({ t }) => t) : [];
    expect(times).toHaveLength(MAX_MOMENTS);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it("take time linear in the number of hubs (1,000 took 12 s)", () => {
    const once = JSON.stringify(life().outage(1_000, [0]).events);
    expectLinear((hubs) => {
      const reducer = createReducer();
      for (let n = 0; n < hubs; n++)
        reducer.apply(`p${n}`, JSON.parse(once.replaceAll("/hubs/board", `/hubs/${n}`)) as RecordedEvent[]);
      expect(findIn(reducer.model, reducer.model.to)).toHaveLength(hubs * FINDING_IDS.length);
    }, 800);
  }, 30_000);

  it.each(FINDING_IDS)("%s says why it matters, where to read on, and which scenario proves it", (id) => {
    const { title, subject, why, link, scenario } = FINDINGS[id];
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(title).not.toMatch(/\.$/);
    expect(subject).not.toBe(title);
    expect(why).toMatch(/\.$/);
    expect(link).toMatch(/^https:\/\//);
    if (scenario !== null) expect(BUILT_IN_SCENARIOS.map(({ name }) => name)).toContain(scenario);
  });
});
