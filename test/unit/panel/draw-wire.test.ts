import { describe, expect, it } from "vitest";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { HubConnectionModel } from "../../../extension/core/model/types.ts";
import { WIRE_SECONDS, wireRecording } from "../../../panel/fixture/wire.ts";
import { drawAttempts } from "../../../panel/timeline/draw-attempts.ts";
import { drawSockets } from "../../../panel/timeline/draw-sockets.ts";
import { drawStates } from "../../../panel/timeline/draw-state.ts";
import { HubIndex } from "../../../panel/timeline/hub-index.ts";
import { readLane, type Reading } from "../../../panel/timeline/reading.ts";
import { createScale } from "../../../panel/state/time-scale.ts";
import { drawLog, paint } from "./draw-log.ts";

const START = Date.UTC(2026, 10, 24, 10, 0, 0);
const NOW = START + WIRE_SECONDS * 1000;
const reducer = createReducer();
reducer.apply("page", wireRecording(START));
const hubAt = (path: string): HubConnectionModel => reducer.model.hubs.find((hub) => hub.path === path)!;
const ROW = { y: 0, h: 24 };
const scaleOf = (from: number, to: number) =>
  createScale({ from: START + from * 1000, to: START + to * 1000 }, 1200);
const prices = hubAt("/hubs/prices");
const editor = hubAt("/hubs/editor");

const read = (hub: HubConnectionModel, kind: "attempts" | "socket" | "state", t: number): Reading => {
  const index = new HubIndex();
  index.update(hub);
  return readLane(kind, hub, null, index, START + t * 1000, scaleOf(t - 1, t + 1), NOW)!;
};

describe("a fallback on the timeline", () => {
  it("is drawn as one attempt, with failed transports in red, also at the first start", () => {
    const { pen, texts, filled } = drawLog();
    drawAttempts(pen, ROW, prices, scaleOf(0, 3), NOW, paint);
    expect(texts()).toEqual(["fell back to long polling"]);
    expect(filled("connected-edge")).toHaveLength(1);
    expect(filled("disconnected-edge")).toHaveLength(2);
  });

  it("is described with the error of each transport", () => {
    expect(read(prices, "attempts", 0.8).text).toContain("WebSocket 502, Event stream failed");
    expect(read(prices, "socket", 0.48)).toMatchObject({ title: "WebSocket · id Lp4kRfW7…" });
    expect(read(prices, "socket", 0.48).text).toContain("did not open, tried for 140 ms");
    expect(read(prices, "socket", 0.48).text).toContain("upgrade rejected with 502");
  });

  it("shows the name of the connected transport in the transport lane", () => {
    const { pen, texts } = drawLog();
    drawSockets(pen, ROW, prices, null, scaleOf(0, 150), NOW, paint);
    expect(texts().sort()).toEqual(["HTTP 404", "Long polling 1", "Long polling 2"]);
  });
});

describe("transports zoomed out", () => {
  const transport = (from: number, more: object): object => ({
    socket: from,
    transport: "WebSockets",
    connectionId: null,
    ghost: false,
    from,
    until: from + 49,
    openedAt: from + 1,
    lastIn: from + 48,
    closed: { t: from + 49, code: 1006, reason: "", wasClean: false },
    ...more,
  });
  const negotiate = (t: number, ok: boolean): object => ({
    started: { t },
    ended: { t: t + 5, ...(ok ? { connectionId: "id" } : {}) },
  });
  it.each([
    ["the loss of each of 200 connections", { failed: false, opened: true, requests: false }, 100],
    ["a WebSocket that failed among those that opened", { failed: true, opened: true, requests: false }, 10],
    [
      "a refused negotiate among those that were answered",
      { failed: true, opened: false, requests: true },
      10,
    ],
  ])("draw the worst result on each pixel: %s", (_name, { failed, opened, requests }, wanted) => {
    const isBad = (i: number): boolean => failed && i % 20 === 3;
    const all = Array.from({ length: 200 }, (_, i) => i);
    const clean = { closed: { t: 0, code: 1000, reason: "", wasClean: true } };
    const hub = {
      transports: opened
        ? all.map((i) => transport(i * 50, failed ? (isBad(i) ? { openedAt: null } : clean) : {}))
        : [],
      requests: requests ? all.map((i) => negotiate(i * 50, !isBad(i))) : [],
    } as unknown as HubConnectionModel;
    const { pen, log } = drawLog();
    // 200 connections in 10 s, on 100 pixels: two on each.
    drawSockets(pen, ROW, hub, null, createScale({ from: 0, to: 10_000 }, 100), 10_000, paint);
    const covers = ({ args }: { args: readonly unknown[] }, x: number): boolean =>
      Number(args[0]) <= x && x < Number(args[0]) + Number(args[2]);
    const top = (x: number): unknown =>
      log.filter((one) => one.op === "fillRect" && covers(one, x)).at(-1)?.fill;
    const red = Array.from({ length: 100 }, (_, x) => top(x + 0.75)).filter(
      (fill) => fill === "disconnected-edge",
    );
    expect(red.length).toBeGreaterThanOrEqual(wanted * 0.9);
  });
});

describe("stateful reconnect on the timeline", () => {
  it("outlines a transport that never opened instead of drawing a connection, and explains it", () => {
    const { pen, texts, log } = drawLog();
    drawSockets(pen, ROW, editor, null, scaleOf(80, 110), NOW, paint);
    expect(texts()).toContain("ghost");
    expect(texts().filter((text) => text.startsWith("WebSocket"))).toEqual(["WebSocket 3"]);
    expect(log.some(({ op, stroke }) => op === "stroke" && stroke === "socket-edge")).toBe(true);
    expect(read(editor, "socket", 104.9)).toMatchObject({ title: "Orphaned WebSocket · id Ed10aXyT…" });
  });

  it("calls a gap resumed only if the connection was resumed", () => {
    const words = (from: number, to: number): string[] => {
      const { pen, texts } = drawLog();
      drawStates(pen, ROW, editor.states, scaleOf(from, to), NOW, paint);
      return texts();
    };
    expect(words(29, 33)).toContain("Resumed 1.9 s");
    expect(words(107, 128)).toContain("Not resumed 18.2 s");
    expect(words(142, 150)).toContain("Resuming");
  });

  it("marks the time until which the server waits, if a resume takes that long", () => {
    const marks = (from: number, to: number): number => {
      const { pen, log } = drawLog();
      drawAttempts(pen, ROW, editor, scaleOf(from, to), NOW, paint);
      return log.filter(({ op, stroke }) => op === "stroke" && stroke === "resumed-edge").length;
    };
    expect(marks(107, 128)).toBe(1);
    expect(marks(29, 33)).toBe(0);
    expect(read(editor, "attempts", 126.1).text).toContain("the server keeps it for 15 s");
  });
});
