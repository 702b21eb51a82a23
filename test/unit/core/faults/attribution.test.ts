/** Tests which losses are attributed to a fault that is active for some time. */
import { judged } from "../judged.ts";
import { verdictOf } from "../../../../extension/core/diagnosis/diagnose.ts";
import { describe, expect, it } from "vitest";
import type { FaultCommand } from "../../../../extension/core/faults/vocabulary.ts";
import { readEvent } from "../../../../extension/core/events/guards.ts";
import { START, URL_OF_HUB } from "../event-script.ts";
import { trial } from "../scenarios/judged.ts";

const page = { scope: "page" } as const;

/** A connection that is lost while this fault is active, and then reconnects. */
const lostDuring = (command: FaultCommand) =>
  trial().fault(1_000, command, 60_000).lost(5_000).back(6_000, 2, "id-2").onlyInterruption();

describe("a loss while a fault is active", () => {
  it.each([
    ["high", { name: "half-open", target: page }],
    ["medium", { name: "latency", target: page, direction: "in", delay: 500, duration: 60_000 }],
    ["medium", { name: "drop-pings", target: page, direction: "in", duration: 60_000 }],
  ] as const)("is attributed to the fault with %s confidence: %j", (confidence, command) => {
    expect(judged(lostDuring(command))).toMatchObject({
      faults: [1],
      verdict: { cause: "injected", confidence },
    });
  });

  it.each([
    { name: "refuse-connects", target: page, duration: 60_000 },
    { name: "block-websockets", target: page, duration: 60_000 },
    { name: "slow-negotiate", target: page, delay: 500, duration: 60_000 },
  ] as const)("is not attributed to a fault that doesn't affect open connections: %j", (command) => {
    const interruption = lostDuring(command);
    expect(interruption.faults).toEqual([]);
    expect(verdictOf(interruption).cause).not.toBe("injected");
  });

  it("is not attributed to a fault with another hub as its target", () => {
    const at = (url: string): FaultCommand => ({ name: "half-open", target: { scope: "hub", url } });
    expect(lostDuring(at(URL_OF_HUB)).faults).toEqual([1]);
    expect(lostDuring(at("https://board.example/hubs/other")).faults).toEqual([]);
  });
});

it("an event with an unknown fault is rejected", () => {
  const event = { kind: "fault", seq: 1, t: START, fault: 1, command: { name: "half-open", target: page } };
  expect(readEvent(event)).toEqual(event);
  for (const name of ["meteor", "toString", "__proto__", 7])
    expect(readEvent({ ...event, command: { name, target: page } })).toBeNull();
});
