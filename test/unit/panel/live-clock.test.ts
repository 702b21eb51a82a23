// @vitest-environment happy-dom
import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { runLiveClock } from "../../../panel/state/live-clock.ts";
import type { LoadedRecording } from "../../../panel/state/loaded-recording.ts";
import { createView } from "../../../panel/state/view.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** The clock of a recording that began `age` milliseconds ago, without events since then. */
function clock(age: number, live = true) {
  const from = Date.now() - age;
  const version = signal(0);
  const recording = { model: { from, to: from + 1 }, version } as unknown as LoadedRecording;
  const isLive = signal(live);
  const view = createView();
  let moves = -1;
  view.extent.subscribe(() => moves++);
  const stop = runLiveClock(signal(recording), isLive, view, signal(0), Date.now);
  return { view, isLive, stop, moves: () => moves };
}

it("moves the end of a young recording several times a second, and not more often", () => {
  const { view, moves, stop } = clock(5_000);
  const before = moves();
  vi.advanceTimersByTime(3_000);
  expect(moves() - before).toBeGreaterThanOrEqual(12);
  expect(moves() - before).toBeLessThanOrEqual(21);
  expect(view.extent.value.to).toBeGreaterThan(Date.now() - 200);
  stop();
});

it("moves the end of a long one about once a second", () => {
  const { moves, stop } = clock(60 * 60_000);
  const before = moves();
  vi.advanceTimersByTime(10_000);
  expect(moves() - before).toBeGreaterThanOrEqual(9);
  expect(moves() - before).toBeLessThanOrEqual(11);
  stop();
});

it("doesn't run when nothing is live, and when it is stopped", () => {
  const { isLive, moves, stop } = clock(5_000);
  isLive.value = false;
  const ended = moves();
  vi.advanceTimersByTime(3_000);
  expect(moves()).toBe(ended);
  isLive.value = true;
  vi.advanceTimersByTime(1_000);
  expect(moves()).toBeGreaterThan(ended);
  stop();
  const stopped = moves();
  vi.advanceTimersByTime(3_000);
  expect(moves()).toBe(stopped);
});
