import { expect, test } from "vitest";
import { readTrace } from "../../bench/blank/trace.ts";
import { median } from "../../bench/statistics.ts";

const url = "chrome-extension://abc/hook.js";
let ts = 0;
const event = (name: string, tdur: number, more: object = {}): object => ({
  name,
  pid: 7,
  ts: (ts += 100_000),
  dur: tdur,
  tdur,
  args: { data: { url } },
  ...more,
});

test("a trace gives the compile and run time of each script and load", () => {
  const evaluate = event("EvaluateScript", 5_000);
  const trace = readTrace(
    JSON.stringify({
      traceEvents: [
        evaluate,
        event("v8.compile", 2_000, { args: { fileName: url } }),
        event("FunctionCall", 500),
        event("FunctionCall", 9_000, { args: { data: { url: "http://a.example/page.js" } } }),
        event("EvaluateScript", 1_000),
      ],
    }),
  );
  expect(trace.pid).toBe(7);
  expect(trace.loads.map((load) => [...load])).toEqual([
    [["hook.js", { compile: 2, run: 3.5 }]],
    [["hook.js", { compile: 0, run: 1 }]],
  ]);
});

test("a call within the script itself isn't counted twice", () => {
  const within = { ts: ts + 100_001, args: { data: { url } } };
  const events = [event("EvaluateScript", 5_000), event("FunctionCall", 1_000, within)];
  expect(readTrace(JSON.stringify({ traceEvents: events })).loads[0]?.get("hook.js")?.run).toBe(5);
});

test("loads in several processes can't be compared", () => {
  const events = [event("EvaluateScript", 1), event("EvaluateScript", 1, { pid: 8 })];
  expect(() => readTrace(JSON.stringify({ traceEvents: events }))).toThrow("2 processes");
});

test("the median of an even number of values is between the middle ones", () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([9, 1, 5])).toBe(5);
});
