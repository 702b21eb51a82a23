// @vitest-environment happy-dom
import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { BUILT_IN_SCENARIOS } from "../../../extension/core/scenarios/built-ins.ts";
import type { ScenarioResult } from "../../../extension/core/scenarios/result.ts";
import { followTab } from "../../../panel/state/scenarios/follow-tab.ts";
import { howLong } from "../../../panel/views/scenarios/how-long.ts";
import {
  cardKey,
  MAX_PAGES,
  readCards,
  readOwn,
  scorecardOf,
  withNewResult,
  withOwn,
} from "../../../panel/state/scenarios/user-data.ts";
import { pageFor, pagesFor, portsOf } from "../../../panel/state/scenarios/ports.ts";
import { loadRecording, type LoadedRecording } from "../../../panel/state/loaded-recording.ts";
import { createMemorySource } from "../../../panel/state/memory-source.ts";
import { EventScript, START, URL_OF_HUB } from "../core/event-script.ts";

const result = (
  scenario: string,
  verdict: ScenarioResult["verdict"] = "pass",
  from = START,
): ScenarioResult => ({
  scenario,
  title: scenario,
  verdict,
  why: null,
  from,
  to: from + 1_000,
  shortened: [],
  faults: [],
  expectations: [],
  missed: [],
});

const about = (url = "https://a.example/page?token=secret") => ({
  hubscope: "1",
  madeAt: START,
  url,
  browser: "chromium" as const,
});

describe("user data", () => {
  it("contains the newest result of each scenario, and the previous one", () => {
    let kept: unknown = undefined;
    for (const one of [result("a", "fail"), result("b"), result("a", "pass")])
      kept = withNewResult(kept, about(), one);
    const [cards, ...others] = readCards(kept);
    expect(others).toEqual([]);
    expect(cards).toMatchObject({ page: "https://a.example/page" });
    expect(JSON.stringify(cards)).not.toContain("secret");
    expect(cards!.now.results.map(({ scenario, verdict }) => [scenario, verdict])).toEqual([
      ["a", "pass"],
      ["b", "pass"],
    ]);
    expect(cards!.before?.results.map(({ scenario, verdict }) => [scenario, verdict])).toEqual([
      ["a", "fail"],
    ]);
  });

  it("has a limited size, and drops what can't be read", () => {
    let kept: unknown = [{ page: "https://old.example/", now: "nonsense" }, 7, null];
    for (let i = 0; i < MAX_PAGES + 5; i++)
      kept = withNewResult(kept, about(`https://a.example/${i}`), result("a"));
    const cards = readCards(kept);
    expect(cards).toHaveLength(MAX_PAGES);
    expect(cards[0]?.page).toBe(cardKey(`https://a.example/${MAX_PAGES + 4}`));
    expect(readCards("nonsense")).toEqual([]);
    expect(readOwn([{ scenario: 1 }, "x", BUILT_IN_SCENARIOS[0]])).toEqual([BUILT_IN_SCENARIOS[0]]);
  });

  it("replaces a custom scenario, also under a new name, and never contains two with the same name", () => {
    const [first, second] = BUILT_IN_SCENARIOS as [
      (typeof BUILT_IN_SCENARIOS)[0],
      (typeof BUILT_IN_SCENARIOS)[0],
    ];
    const named = (name: string) => ({ ...first, name });
    const kept = withOwn(withOwn(undefined, named("x")), { ...second, name: "y" });
    expect(withOwn(kept, named("z"), "x").map(({ name }) => name)).toEqual(["z", "y"]);
    expect(withOwn(kept, named("y"), "x").map(({ name }) => name)).toEqual(["y"]);
    expect(withOwn(kept, named("y")).map(({ name }) => name)).toEqual(["x", "y"]);
  });

  it("adds only results of its own runs to a recording's file", () => {
    let kept: unknown = undefined;
    for (const one of [result("before", "pass", START - 5_000), result("in", "pass", START + 5_000)])
      kept = withNewResult(kept, about(), one);
    const page = { page: "p", url: "https://a.example/page", startedAt: START, lastAt: START + 9_000 };
    expect(scorecardOf([{ page }], kept)?.results.map(({ scenario }) => scenario)).toEqual(["in"]);
    expect(scorecardOf([{ page: { ...page, url: "https://b.example/" } }], kept)).toBeNull();
  });
});

describe("the estimated duration of a scenario", () => {
  it("is at least its pauses and faults, at most its limits, and not longer for a quick run", () => {
    for (const scenario of BUILT_IN_SCENARIOS) {
      const [real, quick] = [howLong(scenario, "real"), howLong(scenario, "quick")];
      const pauses = scenario.steps.reduce((sum, step) => sum + (step.do === "pause" ? step.time : 0), 0);
      expect(real.about).toBeGreaterThanOrEqual(pauses);
      expect(real.max).toBeGreaterThanOrEqual(real.about);
      expect(quick.about).toBeLessThanOrEqual(real.about);
      expect(quick.max).toBeLessThanOrEqual(real.max);
    }
  });
});

describe("following a tab", () => {
  const connected = () =>
    new EventScript()
      .page()
      .hub()
      .state("Disconnected", "Connecting")
      .negotiate(1, "id-1")
      .socket(1, 1)
      .state("Connecting", "Connected", "id-1");

  it("continues when another recording is shown, and with the new page after a reload", async () => {
    const source = createMemorySource({ now: () => START });
    const script = connected();
    source.append("p", script.events, { recording: "p" });
    const begun = loadRecording(source, "p", () => undefined);
    await begun.load(await source.pages());
    const loaded = signal<LoadedRecording | null>(begun);
    const tab = followTab(source, loaded, begun, (error) => {
      throw error;
    });
    expect(tab.model()).toBe(begun.model);
    begun.dispose();
    loaded.value = null;
    const changes = async (met: () => boolean): Promise<void> => {
      while (!met()) await tab.changed();
    };
    const more = script.events.length;
    script.at(5_000).state("Connected", "Reconnecting");
    source.append("p", script.events.slice(more));
    await changes(() => tab.model().hubs[0]?.states.at(-1)?.state === "reconnecting");
    script.at(6_000).add({ kind: "lifecycle", phase: "pagehide", persisted: false });
    source.append("p", script.events.slice(more + 1));
    await changes(() => tab.model().pages[0]?.moves.length === 1);
    expect(pageFor(tab.model(), { scope: "page" })).toBeNull();
    source.append("q", connected().events, { recording: "q", startedAt: START + 7_000 });
    await changes(() => tab.model().pages.length === 2);
    expect(pageFor(tab.model(), { scope: "page" })).toBe("q");
    expect(pageFor(tab.model(), { scope: "hub", url: URL_OF_HUB })).toBe("q");
    tab.stop();
  });

  it("injects a fault into every frame that uses SignalR, and ends it in all of them", async () => {
    const source = createMemorySource({ now: () => START });
    source.append("p", connected().events, { recording: "p" });
    source.append("inner", connected().events, { recording: "p", frameId: 3 });
    const begun = loadRecording(source, "p", () => undefined);
    await begun.load(await source.pages());
    const tab = followTab(source, signal<LoadedRecording | null>(begun), begun, () => undefined);
    const { inject, end } = portsOf(source, tab, new AbortController().signal);
    const faults = async (): Promise<string[]> => {
      const all: string[] = [];
      for (const page of ["p", "inner"])
        for await (const block of source.readBlocks(page, 0))
          for (const head of block.heads)
            if (head.kind === "fault" || head.kind === "fault-ended") all.push(`${page} ${head.kind}`);
      return all;
    };
    const offline = { name: "offline", target: { scope: "page" }, duration: 5_000 } as const;
    const answer = await inject(offline);
    expect(answer).toMatchObject({ ok: true, page: "p" });
    expect(await faults()).toEqual(["p fault", "inner fault"]);
    if (answer.ok) await end(answer.page, answer.fault);
    expect(await faults()).toEqual(["p fault", "p fault-ended", "inner fault", "inner fault-ended"]);
    expect(pagesFor(begun.model, { name: "discard", target: { scope: "page" } })).toEqual(["p"]);
    expect(pagesFor(begun.model, { name: "abrupt-loss", target: { scope: "hub", url: URL_OF_HUB } })).toEqual(
      ["p"],
    );
    tab.stop();
  });
});
