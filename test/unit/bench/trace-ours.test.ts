/** From Chromium's trace to the time that the extension's scripts took in each task of the page. */
import { expect, test } from "vitest";
import { ourTasks } from "../../bench/watched/trace-ours.ts";

const OURS = "chrome-extension://abc/hook.js";
const PAGE = "http://page/page.js";
const event = (name: string, from: number, to: number, url?: string, pid = 7, tid = pid): object => ({
  name,
  pid,
  tid,
  ts: from * 1_000,
  dur: (to - from) * 1_000,
  ...(url === undefined ? {} : { args: { data: { url } } }),
});
const read = (...traceEvents: object[]): number[] => ourTasks(JSON.stringify({ traceEvents }), 7);

test("a task with only our scripts is ours as a whole", () => {
  expect(read(event("RunTask", 10, 40), event("FunctionCall", 20, 30, OURS))).toEqual([30]);
});

test("of a task with scripts of the page only the time of ours counts", () => {
  expect(
    read(
      event("FunctionCall", 12, 15, OURS),
      event("RunTask", 10, 100),
      event("FunctionCall", 15, 90, PAGE),
      event("FunctionCall", 91, 95, OURS),
    ),
  ).toEqual([7]);
});

test("what our scripts call belongs to them, and what the page calls to the page", () => {
  expect(
    read(
      event("RunTask", 0, 50),
      event("FunctionCall", 10, 20, OURS),
      event("FunctionCall", 12, 18, PAGE),
      event("FunctionCall", 30, 40, PAGE),
      event("FunctionCall", 31, 39, OURS),
    ),
  ).toEqual([10]);
});

test("tasks of other threads and processes, and without our scripts, aren't ours", () => {
  expect(
    read(
      event("RunTask", 0, 50, undefined, 8),
      event("FunctionCall", 1, 49, OURS, 8),
      event("RunTask", 0, 50, undefined, 7, 9),
      event("FunctionCall", 1, 49, OURS, 7, 9),
      event("RunTask", 60, 70),
      event("FunctionCall", 61, 69, PAGE),
    ),
  ).toEqual([]);
  expect(() => read(event("FunctionCall", 1, 2, OURS))).toThrow("no task");
});
