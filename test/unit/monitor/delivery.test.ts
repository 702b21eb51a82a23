import { describe, expect, it } from "vitest";
import { createDelivery, type Answer } from "../../../content-script/monitor/telemetry/delivery.ts";
import type { Metric, Span, TracesRequest } from "../../../extension/otlp/types.ts";

const span = (name: string, size = 0): Span => ({
  ...{ traceId: "1", spanId: "2", name: name + "x".repeat(size), kind: 1 },
  ...{ startTimeUnixNano: "1", endTimeUnixNano: "2", attributes: [], status: { code: 0 } },
});

/** A collector that answers as told, and timers that run when told. */
function stage(answers: (Answer | null)[] = []) {
  const sent: { signal: string; body: string; last: boolean }[] = [];
  const timers: { wait: number; run: () => void }[] = [];
  const warnings: string[] = [];
  let dropped = 0;
  let metrics: readonly Metric[] = [];
  const resource = { attributes: [] };
  const delivery = createDelivery(
    {
      ...{ page: "p", version: "0", connectionIds: false, signals: ["traces", "metrics"] },
      rate: { key: "hubscope.sample_rate", value: { doubleValue: 1 } },
      resources: { traces: resource, metrics: resource },
      hubPath: (url) => url,
    },
    {
      take: () => metrics,
      dropped: (spans) => {
        dropped += spans;
      },
    },
    {
      post(signal, body) {
        sent.push({ signal, body, last: false });
        const answer = answers.length > 0 ? answers.shift() : { status: 200, retryAfter: null };
        return answer === null
          ? Promise.reject(new TypeError("Failed to fetch"))
          : Promise.resolve(answer ?? null);
      },
      postLast(signal, body) {
        sent.push({ signal, body, last: true });
      },
      after: (wait, run) => timers.push({ wait, run }),
      warn: (problem) => warnings.push(problem),
      random: () => 0.5,
      now: () => 0,
    },
  );
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    ...{ delivery, sent, timers, warnings },
    dropped: () => dropped,
    setMetrics(next: readonly Metric[]) {
      metrics = next;
    },
    async run() {
      for (const { run } of timers.splice(0)) run();
      await settled();
    },
    names: () =>
      sent
        .filter(({ signal }) => signal === "traces")
        .flatMap(({ body }) => (JSON.parse(body) as TracesRequest).resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans.map(({ name }) => name))),
  };
}

const busy = (retryAfter: string | null = null): Answer => ({ status: 503, retryAfter });

describe("the monitor's delivery", () => {
  it("collects, and sends in one request", async () => {
    const { delivery, timers, run, names, sent } = stage();
    for (const name of ["a", "b", "c"]) delivery.add(span(name));
    expect(timers).toHaveLength(1);
    await run();
    expect(names()).toEqual(["a", "b", "c"]);
    expect(sent).toHaveLength(1);
  });

  it("tries again when the collector is busy, later each time, and gives up", async () => {
    const { delivery, run, timers, sent, dropped } = stage(Array<Answer>(20).fill(busy()));
    delivery.add(span("a"));
    const waits: number[] = [];
    for (let i = 0; i < 12; i++) {
      waits.push(...timers.map(({ wait }) => wait));
      await run();
    }
    expect(sent).toHaveLength(6);
    expect(dropped()).toBe(1);
    expect(waits.slice(1)).toEqual([...waits.slice(1)].sort((a, b) => a - b));
  });

  it("leaves a collector alone that doesn't answer, as where the page's policy forbids it", async () => {
    const { delivery, run, timers, sent, warnings } = stage(Array<null>(100).fill(null));
    let longest = 0;
    const requests: number[] = [];
    for (let i = 0; i < 40; i++) {
      delivery.add(span("a"));
      longest = Math.max(longest, ...timers.map(({ wait }) => wait));
      await run();
      if (timers.some(({ wait }) => wait >= 30_000) && requests.length === 0) requests.push(sent.length);
    }
    expect(requests[0]).toBeLessThanOrEqual(4);
    expect(warnings).toHaveLength(1);
    expect(longest).toBe(86_400_000);
    const before = sent.length;
    for (let i = 0; i < 12; i++) {
      delivery.add(span("b"));
      await delivery.flush();
    }
    expect(sent).toHaveLength(before);
  });

  it("sends what it kept when a collector answers again", async () => {
    const { delivery, run, names, sent } = stage([null, null, null]);
    delivery.add(span("a"));
    for (let i = 0; i < 3; i++) await run();
    expect(sent).toHaveLength(3);
    delivery.add(span("b"));
    await delivery.flush();
    expect(sent).toHaveLength(3);
    await run();
    expect(names().slice(3)).toEqual(["a", "b"]);
    delivery.add(span("c"));
    await delivery.flush();
    expect(names().slice(5)).toEqual(["c"]);
  });

  it("doesn't follow a collector to another address", async () => {
    const { delivery, run, sent, dropped, warnings } = stage([{ status: 0, retryAfter: null }]);
    delivery.add(span("a"));
    await run();
    delivery.add(span("b"));
    await run();
    expect(sent).toHaveLength(1);
    expect(dropped()).toBe(1);
    expect(warnings).toEqual(["traces: refused (moved)"]);
  });

  it("waits at least as long as the collector asks", async () => {
    const { delivery, run, timers } = stage([busy("7")]);
    delivery.add(span("a"));
    await run();
    expect(timers.map(({ wait }) => wait)).toEqual([expect.any(Number)]);
    expect(timers[0]?.wait).toBeGreaterThanOrEqual(7_000);
  });

  it("doesn't send again what was refused, and no more of a signal that isn't taken there", async () => {
    const { delivery, run, sent, setMetrics, dropped } = stage([
      { status: 400, retryAfter: null },
      { status: 404, retryAfter: null },
    ]);
    delivery.add(span("a"));
    await run();
    expect(dropped()).toBe(1);
    delivery.add(span("b"));
    await run();
    delivery.add(span("c"));
    setMetrics([{ name: "m", description: "", unit: "1" }]);
    await run();
    expect(sent.map(({ signal }) => signal)).toEqual(["traces", "traces", "metrics"]);
  });

  it("is bounded: what has no room is counted", async () => {
    const { delivery, run, sent, dropped } = stage(Array<Answer>(100).fill(busy()));
    for (let i = 0; i < 1_000; i++) delivery.add(span("a", 1_000));
    expect(dropped()).toBe(800);
    await run();
    // Each request fits into what a browser sends for a page that is gone.
    for (const { body } of sent) expect(body.length).toBeLessThan(64 * 1024);
    for (let i = 0; i < 30; i++) {
      for (let n = 0; n < 100; n++) delivery.add(span("b", 1_000));
      await run();
    }
    const waiting = sent.length;
    delivery.flushLast();
    expect(sent.length - waiting).toBeLessThanOrEqual(14);
  });

  it("sends at the end what waits, and what would be sent again, once", async () => {
    const { delivery, run, sent, names } = stage([busy()]);
    delivery.add(span("a"));
    await run();
    delivery.add(span("b"));
    delivery.flushLast();
    await run();
    expect(names().filter((name) => name === "b")).toEqual(["b"]);
    expect(sent.filter(({ last }) => last)).toHaveLength(2);
    expect(sent.filter(({ last }) => !last)).toHaveLength(1);
  });
});
