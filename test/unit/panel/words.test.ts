import { describe, expect, it } from "vitest";
import type {
  AttemptModel,
  FailedStartModel,
  HubConnectionModel,
  InterruptionModel,
  LaneState,
} from "../../../extension/core/model/types.ts";
import { titleOf } from "../../../extension/wording/titles.ts";
import { spanWord } from "../../../extension/wording/words.ts";
import { retryPlan } from "../../../extension/wording/hub-words.ts";

const interruption = (
  outcome: InterruptionModel["outcome"],
  until: number | null,
  ...origins: AttemptModel["origin"][]
): string =>
  titleOf(
    {
      kind: "interruption",
      outcome,
      from: 1_000,
      until,
      circuit: null,
      attempts: origins.map((origin) => ({ origin })),
    } as unknown as InterruptionModel,
    13_000,
  );
const start = (change: Partial<FailedStartModel>): string =>
  titleOf(
    {
      kind: "failed-start",
      from: 1_000,
      failedAt: 1_510,
      until: null,
      starts: 1,
      ...change,
    } as FailedStartModel,
    13_000,
  );

describe("the title of a card", () => {
  it("says whether the interruption is over or still lasts", () => {
    expect(interruption("reconnected", 1_045)).toBe("Reconnected after 45 ms");
    expect(interruption("resumed", 1_045)).toBe("Resumed after 45 ms");
    expect(interruption("ongoing", null)).toBe("Reconnecting for 12 s so far");
    expect(interruption("ongoing", null, "resume")).toBe("Resuming for 12 s so far");
    expect(interruption("ongoing", null, "resume", "retry")).toBe("Reconnecting for 12 s so far");
    expect(interruption("gave-up", null)).toBe("Gave up, still down after 12 s");
    expect(interruption("gave-up", 3_000)).toBe("Gave up, down for 2 s");
    expect(interruption("page-ended", 3_000)).toBe("Down for 2 s, until the page ended");
  });

  it("says how a start ended", () => {
    expect(start({ outcome: "failed" })).toBe("Start failed after 510 ms");
    expect(start({ outcome: "failed", starts: 3, failedAt: 9_000 })).toBe("3 starts failed in 8 s");
    expect(start({ outcome: "trying", starts: 2 })).toBe("Starting again, 2 starts failed so far");
    expect(start({ outcome: "connected", starts: 2, until: 9_000 })).toBe("Connected at start 3, after 8 s");
  });
});

describe("a span of the state band", () => {
  const words = (...states: LaneState[]): string[] => {
    const spans = states.map((state, i) => ({
      state,
      from: i,
      until: i < states.length - 1 ? i + 1 : null,
      knowledge: "wire" as const,
    }));
    return spans.map((_, i) => spanWord(spans, i));
  };

  it("is called resumed only after the resume", () => {
    expect(words("connected", "resumed", "connected")).toEqual(["Connected", "Resumed", "Connected"]);
    expect(words("connected", "resumed", "reconnecting")[1]).toBe("Not resumed");
    expect(words("connected", "resumed")[1]).toBe("Resuming");
  });
});

describe("the retry policy", () => {
  const plan = (outcome: InterruptionModel["outcome"], ...planned: number[]): string | null =>
    retryPlan({
      interruptions: [
        { outcome, attempts: planned.map((delay) => ({ planned: delay }) as AttemptModel) },
      ] as unknown as HubConnectionModel["interruptions"],
    });

  it("is known completely only when it gave up", () => {
    expect(plan("reconnected", 0)).toBe("0 s (observed)");
    expect(plan("ongoing", 0, 2_000)).toBe("0, 2 s (observed)");
    expect(plan("gave-up", 0, 2_000, 10_000, 30_000)).toBe("0, 2, 10, 30 s");
    expect(plan("reconnected")).toBeNull();
  });
});
