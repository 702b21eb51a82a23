import { describe, expect, it } from "vitest";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type {
  AttemptModel,
  FaultSpan,
  HubConnectionModel,
  StateSpan,
} from "../../../extension/core/model/types.ts";
import { BOARD_SECONDS, boardRecording } from "../../../panel/fixture/board.ts";
import { attemptEnds, drawAttempts } from "../../../panel/timeline/draw-attempts.ts";
import { placeTags } from "../../../panel/timeline/draw-faults.ts";
import { drawMessages, missedWords } from "../../../panel/timeline/draw-messages.ts";
import { drawOverview } from "../../../panel/timeline/draw-overview.ts";
import { drawPage } from "../../../panel/timeline/draw-page.ts";
import { drawStates } from "../../../panel/timeline/draw-state.ts";
import { drawTimeline, type Scene } from "../../../panel/timeline/draw-timeline.ts";
import { HubIndex, Indices } from "../../../panel/timeline/hub-index.ts";
import { createLayout } from "../../../panel/timeline/layout.ts";
import { createScale } from "../../../panel/state/time-scale.ts";
import { drawFlags } from "../../../panel/timeline/draw-flags.ts";
import type { Flag } from "../../../panel/state/flagged.ts";
import { drawLog, paint } from "./draw-log.ts";

const START = new Date(2026, 10, 24, 10, 42, 7).getTime();
const reducer = createReducer();
reducer.apply("page", boardRecording(START));
const { model } = reducer;
const indices = new Indices();
indices.update(model.hubs);

function scene(change: Partial<Scene> = {}): Scene {
  const layout = createLayout(model.hubs, {
    width: 1280,
    room: 400,
    roomyBelow: 0,
    folds: new Map(),
    first: null,
  });
  return {
    layout,
    paint,
    scale: createScale({ from: model.from, to: model.to }, 1148),
    page: model.pages[0]!,
    pages: model.pages,
    begin: model.from,
    now: model.to,
    live: true,
    selected: null,
    scrollTop: 0,
    height: layout.headHeight + layout.groupsHeight,
    flags: () => [],
    index: (hub) => indices.of(hub),
    ...change,
  };
}

describe("drawTimeline", () => {
  it("draws the events of the fixture", () => {
    const { pen, texts } = drawLog();
    drawTimeline(pen, scene());
    const words = texts();
    for (const expected of [
      "Connected",
      "1 failed",
      "3 connected",
      "1 429",
      "2 1006",
      "resumed",
      "WebSocket 2",
      "1006",
      "Half-open",
      "past the 30 s server timeout",
    ])
      expect(words, expected).toContain(expected);
    expect(words.some((text) => text.startsWith("Frozen 1 min 10 s"))).toBe(true);
    expect(words.some((text) => /^about \d+ messages missed, 3 calls lost$/.test(text))).toBe(true);
  });

  it("draws labels of faults neither over each other nor over the offline label", () => {
    const fault = (from: number, until: number, name: "suspend" | "offline"): FaultSpan => ({
      fault: from,
      page: "page",
      command: { name, target: { scope: "page" }, duration: until - from },
      hubKey: null,
      plannedUntil: null,
      from,
      until,
      end: "completed",
      detail: null,
    });
    const scale = createScale({ from: 0, to: 60_000 }, 600);
    const { pen, log } = drawLog();
    const tags = placeTags(
      pen,
      [fault(30_000, 58_000, "offline"), fault(10_000, 50_000, "suspend")],
      scale,
      60_000,
      paint,
    );
    expect(tags.map(({ words }) => words)).toEqual(["Suspend tab · 40 s", "Offline · 28 s"]);
    expect(tags[1]!.x).toBeGreaterThanOrEqual(tags[0]!.x + tags[0]!.width);
    const page = { ...model.pages[0]!, offline: [{ from: 12_000, until: 40_000, fault: null }] };
    drawPage(pen, { y: 0, h: 38 }, page, scale, 60_000, paint, tags);
    const word = log.find((one) => one.op === "fillText" && String(one.args[0]).startsWith("Offline"));
    expect(word === undefined || Number(word.args[1]) > tags[0]!.x + tags[0]!.width).toBe(true);
  });

  it("ends an abandoned wait at the time when it was abandoned", () => {
    const waiting = { startedAt: null, endedAt: 500 } as AttemptModel;
    expect(attemptEnds(waiting, 9_000)).toEqual({ begun: 500, ended: 500 });
    expect(attemptEnds({ ...waiting, endedAt: null }, 9_000)).toEqual({ begun: 9_000, ended: 9_000 });
    expect(attemptEnds({ ...waiting, startedAt: 100 }, 9_000)).toEqual({ begun: 100, ended: 500 });
  });

  it("draws nothing of groups that are scrolled out of view", () => {
    const all = drawLog();
    drawTimeline(all.pen, scene());
    const second = drawLog();
    drawTimeline(second.pen, scene({ scrollTop: 126, height: 188 }));
    expect(second.texts().filter((text) => text === "WebSocket 1")).toHaveLength(1);
    expect(second.log.length).toBeLessThan(all.log.length * 0.8);
  });

  it("tints the selected interruption in every lane and outlines its own group", () => {
    const selected = model.hubs[0]!.interruptions[1]!;
    const { pen, filled, log } = drawLog();
    drawTimeline(pen, scene({ selected }));
    expect(filled("accent-tint")).toHaveLength(3);
    expect(log.filter((one) => one.op === "strokeRect" && one.stroke === "accent")).toHaveLength(1);
  });

  it("costs the same for any number of messages", () => {
    const ops = (messages: number): number => {
      const index = new HubIndex();
      for (let i = 0; i < messages; i++) index.in.push((i * 60_000) / messages);
      const { pen, log } = drawLog();
      drawMessages(pen, { y: 0, h: 30 }, index, createScale({ from: 0, to: 60_000 }, 1200), paint);
      return log.length;
    };
    expect(ops(200_000)).toBeLessThanOrEqual(ops(2_000) * 2 + 10);
  });

  it("keeps every mark near the canvas when zoomed in far", () => {
    const from = START + 100_000;
    const { pen, log } = drawLog();
    drawTimeline(pen, scene({ scale: createScale({ from, to: from + 50 }, 1148) }));
    for (const { op, args } of log) {
      if (op !== "fillRect" && op !== "strokeRect" && op !== "lineTo") continue;
      for (const x of op === "lineTo" ? [args[0]] : [args[0], Number(args[0]) + Number(args[2])])
        expect(Math.abs(Number(x)), `${op} ${args.join(" ")}`).toBeLessThan(4000);
    }
  });
});

describe("drawAttempts", () => {
  it("draws the worst outcome if several are on one pixel (200 interruptions were all green)", () => {
    const attempt = (from: number, outcome: object): AttemptModel =>
      ({
        number: 1,
        from,
        startedAt: from,
        endedAt: from + 5,
        origin: "retry",
        sockets: [],
        requests: [],
        outcome,
      }) as never;
    const ok = { kind: "connected", connectionId: null };
    const refused = { kind: "negotiate-failed", status: null, error: null, retryAfter: null };
    const interruptions = Array.from({ length: 200 }, (_, i) => ({
      kind: "interruption",
      from: i * 50,
      until: i * 50 + 10,
      attempts: [...(i % 20 === 3 ? [attempt(i * 50, refused)] : []), attempt(i * 50 + 5, ok)],
    }));
    const hub = {
      interruptions,
      failedStarts: [],
      attempts: [],
      transports: [],
    } as unknown as HubConnectionModel;
    const { pen, log } = drawLog();
    // 200 interruptions in 10 s, on 100 pixels: two on each.
    drawAttempts(pen, { y: 0, h: 24 }, hub, createScale({ from: 0, to: 10_000 }, 100), 10_000, paint);
    const marks = log.filter((one) => one.op === "fillRect");
    const red = marks.filter(({ fill }) => fill === "disconnected-edge");
    expect(red).toHaveLength(10);
    expect(marks.length).toBeLessThanOrEqual(26);
    // Nothing is drawn over them.
    for (const one of red)
      for (const later of marks.slice(marks.indexOf(one) + 1))
        expect(Number(later.args[0])).toBeGreaterThanOrEqual(Number(one.args[0]) + Number(one.args[2]));
  });
});

describe("drawStates", () => {
  const spans: StateSpan[] = [
    { state: "connected", knowledge: "client", from: 0, until: 4000 },
    { state: "reconnecting", knowledge: "client", from: 4000, until: 6000 },
    { state: "disconnected", knowledge: "client", from: 6000, until: null },
  ];
  const draw = (width: number) => {
    const log = drawLog();
    drawStates(log.pen, { y: 0, h: 18 }, spans, createScale({ from: 0, to: 10_000 }, width), 10_000, paint);
    return log;
  };

  it("gives each state its fill, edge and pattern", () => {
    const { filled } = draw(1000);
    expect(filled("connected-edge")).toHaveLength(1);
    expect(filled("~reconnecting")).toHaveLength(1);
    expect(filled("~disconnected")).toHaveLength(1);
  });

  it("shortens labels to what fits, and omits the others", () => {
    expect(draw(2000).texts()).toEqual(["Connected", "Reconnecting 2 s", "Disconnected"]);
    expect(draw(500).texts()).toEqual(["Connected", "Reconnecting", "Disconnected"]);
    expect(draw(200).texts()).toEqual(["Connected", "2 s"]);
    expect(draw(60).texts()).toEqual([]);
  });
});

describe("drawOverview", () => {
  it("shows a strip per hub connection and shades the time outside of the window", () => {
    const { pen, filled } = drawLog();
    drawOverview(pen, {
      scale: createScale({ from: model.from, to: model.to }, 1148),
      height: 31,
      paint,
      page: model.pages[0]!,
      hubs: model.hubs,
      now: model.to,
      cursor: null,
      selected: null,
      window: { from: START + 60_000, to: START + BOARD_SECONDS * 1000 },
      index: (hub) => indices.of(hub),
    });
    expect(filled("reconnecting-edge").length).toBeGreaterThanOrEqual(4);
    expect(filled("bg-sunk")).toHaveLength(2);
    expect(filled("offline-fill")).toHaveLength(1);
  });
});

describe("drawFlags", () => {
  const scale = createScale({ from: 0, to: 1_000 }, 1_000);
  const at = (t: number, severity: Flag["severity"]): Flag => ({
    t,
    severity,
    hubKey: "h",
    text: "",
    finding: "f",
  });

  it("draws those in view, in the colour of their severity, and not one on the other", () => {
    const { pen, filled } = drawLog();
    drawFlags(
      pen,
      20,
      [at(-5, "high"), at(10, "high"), at(12, "high"), at(500, "low"), at(2_000, "low")],
      scale,
      paint,
    );
    expect(filled("bad").map(({ args }) => args[0])).toEqual([10]);
    expect(filled("accent").map(({ args }) => args[0])).toEqual([500]);
  });
});

describe("missedWords", () => {
  it("marks an estimate as such", () => {
    expect(missedWords({ from: 0, until: 1, messages: 213, calls: 1 })[0]).toBe(
      "about 210 messages missed, 1 call lost",
    );
    expect(missedWords({ from: 0, until: 1, messages: null, calls: 2 })).toEqual(["2 calls lost"]);
  });
});
