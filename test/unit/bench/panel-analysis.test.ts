/** From what `bench:panel` has noted to its figures. */
import { expect, test } from "vitest";
import { completeAt, firstAnswerAt, foundIn, handling, longTasks } from "../../bench/panel/analysis.ts";
import { readTasks } from "../../bench/panel/trace-tasks.ts";
import { CLOCK_MARK, type Sight } from "../../bench/panel/watch-api.ts";
import { percentile } from "../../bench/statistics.ts";

const sight = (t: number, busy: boolean, hits = "", messages = 10): Sight => ({
  t,
  ready: true,
  busy,
  progress: false,
  messages,
  hits,
});

test("a recording is complete from the last time on at which it wasn't", () => {
  const isAll = ({ busy, messages }: Sight): boolean => !busy && messages === 10;
  const sights = [sight(1, false, "", 3), sight(5, false), sight(7, true), sight(9, false)];
  expect(completeAt(sights, 0, isAll)).toBe(9);
  expect(completeAt([...sights, sight(12, true)], 0, isAll)).toBeNull();
  expect(completeAt([sight(1, false)], 4, isAll)).toBe(4);
});

test("the first answer of a filter is its progress or what it found, after the input", () => {
  const searching = sight(3, true, "… of 9");
  const found = sight(5, false, "4 of 9");
  expect(firstAnswerAt([sight(1, false), { ...searching, progress: true }, found], 2)).toBe(3);
  expect(firstAnswerAt([sight(1, false), searching, found], 2)).toBe(5);
  expect(firstAnswerAt([{ ...sight(1, true), progress: true }, found], 2)).toBe(5);
  expect(firstAnswerAt([searching], 2)).toBeNull();
  expect(foundIn(sight(1, false, "1,234 of 5,678"))).toBe(1234);
  expect(foundIn(searching)).toBeNaN();
});

test("long tasks are those above 50 ms of which a part is within the span", () => {
  const tasks = [
    { from: 0, to: 60, cpu: 20 },
    { from: 100, to: 150, cpu: 50 },
    { from: 200, to: 251, cpu: 30 },
    { from: 400, to: 900, cpu: 400 },
  ];
  expect(longTasks(tasks, 50, 300)).toEqual({ count: 2, longest: 60, cpuCount: 0, cpuLongest: 50 });
  expect(longTasks([{ from: 1, to: 90 }], 0, 100)).toEqual({
    count: 1,
    longest: 89,
    cpuCount: null,
    cpuLongest: null,
  });
  expect(longTasks([], 0, 100)).toEqual({ count: 0, longest: 0, cpuCount: null, cpuLongest: null });
});

test("a key stroke is handled by the task of its input and those after it, until the next one", () => {
  const inputs = [
    { kind: "filter", t: 10 },
    { kind: "filter", t: 160 },
  ] as const;
  const tasks = [
    { from: 9, to: 20 },
    { from: 30, to: 60 },
    { from: 155, to: 200 },
    { from: 330, to: 900 },
  ];
  expect(handling(inputs, tasks, 150)).toEqual([30, 45]);
});

test("a task in which several key strokes waited belongs to the first", () => {
  const inputs = [
    { kind: "filter", t: 10 },
    { kind: "filter", t: 200 },
  ] as const;
  expect(handling(inputs, [{ from: 12, to: 190 }], 150)).toEqual([178, 0]);
});

const event = (name: string, ts: number, more: object = {}): object => ({
  name,
  pid: 3,
  tid: 3,
  ts,
  ...more,
});
const clock = (ts: number, startTime: number, more: object = {}): object =>
  event(CLOCK_MARK, ts, { args: { data: { startTime } }, ...more });

test("a trace gives the tasks of the panel's thread in the time of its last document", () => {
  const traceEvents = [
    clock(1_000_000, 700),
    clock(5_000_000, 100),
    event("RunTask", 4_000_000, { dur: 30_000, tdur: 9_000 }),
    event("RunTask", 4_950_000, { dur: 60_000, tdur: 20_000 }),
    event("RunTask", 5_100_000, { dur: 5_000 }),
    event("FunctionCall", 5_100_000, { dur: 5_000 }),
    event("RunTask", 4_960_000, { dur: 90_000, tid: 4 }),
    event("RunTask", 4_960_000, { dur: 90_000, pid: 4 }),
  ];
  expect(readTasks(JSON.stringify({ traceEvents }))).toEqual([
    { from: 50, to: 110, cpu: 20 },
    { from: 200, to: 205, cpu: 5 },
  ]);
  expect(() => readTasks(JSON.stringify({ traceEvents: [] }))).toThrow("clock mark");
});

test("the 95th percentile is the value that five of a hundred exceed", () => {
  const values = Array.from({ length: 100 }, (_, i) => i + 1);
  expect(percentile(values.toReversed(), 0.95)).toBe(96);
  expect(percentile([7], 0.95)).toBe(7);
  expect(percentile([], 0.95)).toBeNaN();
});
