/** The figures of the soak. */
import { expect, test } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { createAudit } from "../../bench/soak/audit.ts";
import { compiledCodeIn } from "../../bench/soak/compiled-code.ts";
import { due } from "../../bench/soak/feed.ts";
import { growth, keptHeap, sampleLine } from "../../bench/soak/report.ts";
import type { Sample } from "../../bench/soak/soak-browser.ts";

const T = Date.UTC(2026, 10, 24);

test("the audit counts each message once, and numbers that are missing", () => {
  const message = { kind: "message", t: T, socket: 1, direction: "in", type: 1, size: 9 } as const;
  const events: RecordedEvent[] = [
    { ...message, seq: 1 },
    { ...message, seq: 2, counted: true },
    { ...message, seq: 3, direction: "out" },
    { ...message, seq: 4, type: 3 },
    {
      kind: "counts",
      seq: 7,
      t: T,
      until: T + 1_000,
      socket: 1,
      counts: [
        { direction: "in", type: 1, count: 40, bytes: 1 },
        { direction: "in", type: 6, count: 2, bytes: 1 },
        { direction: "out", type: 1, count: 3, bytes: 1 },
      ],
    },
    { kind: "dropped", seq: 8, t: T, where: "hook", count: 5 },
    { kind: "hub-state", seq: 9, t: T, hub: 1, from: "Connecting", to: "Connected" },
    { kind: "hub-state", seq: 10, t: T, hub: 1, from: "Reconnecting", to: "Connected" },
  ];
  const { audit, beginPage, add } = createAudit();
  for (let page = 0; page < 2; page++) {
    beginPage();
    events.forEach(add);
  }
  expect(audit).toEqual({ pages: 2, events: 16, invocations: 82, dropped: 10, missing: 4, reconnects: 2 });
});

test("a feed keeps its rate on average, however late its timer is", () => {
  const feed = { from: 1_000, perSecond: 50, sent: 0 };
  expect(due(feed, 1_019)).toBe(0);
  expect(due(feed, 1_100)).toBe(5);
  feed.sent = 5;
  expect(due(feed, 1_100)).toBe(0);
  expect(due(feed, 3_000)).toBe(95);
});

const sample = (at: number, pageHeap: number): Sample => ({
  at,
  received: 1_234,
  pageHeap,
  compiledCode: 2 ** 19,
  listeners: 20,
  backgroundHeap: null,
  databaseBytes: 2 ** 21,
  records: 7,
  lag: 1_500,
});

test("growth is that of the second half", () => {
  const grown = (heaps: readonly number[]): number =>
    growth(
      heaps.map((heap, i) => sample(i, heap)),
      ({ pageHeap }) => pageHeap,
    );
  expect(grown([1, 5, 5, 5, 6])).toBe(1);
  expect(grown([1, 4])).toBe(3);
  expect(grown([])).toBeNaN();
});

test("a line names all that was sampled", () => {
  expect(
    sampleLine(sample(75, 3 * 2 ** 20))
      .trim()
      .split(/\s{2,}/),
  ).toEqual(["1:15", "1,234", "3.0 MB", "0.5 MB", "20", "stopped", "2.0 MB", "7", "1.5 s"]);
});

test("what a page keeps is its heap without compiled code", () => {
  const meta = {
    node_fields: ["type", "name", "self_size"],
    node_types: [["hidden", "array", "code"], "string", "number"],
  };
  const code = 2;
  const nodes = [...[code, 0, 100], ...[1, code, 30], ...[code, 1, 5]];
  expect(compiledCodeIn({ snapshot: { meta }, nodes })).toBe(105);
  expect(keptHeap(sample(0, 2 ** 20))).toBe(2 ** 19);
  expect(() => compiledCodeIn({ snapshot: { meta: { ...meta, node_fields: ["type"] } }, nodes })).toThrow(
    "format",
  );
});
