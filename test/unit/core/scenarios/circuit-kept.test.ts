import { describe, expect, it } from "vitest";
import type { CircuitCalled } from "../../../../extension/core/events/app-events.ts";
import { trial, BEGIN } from "./judged.ts";

const KEPT = { that: "circuit-kept" } as const;

type Call = Pick<CircuitCalled, "method" | "step">;

const circuits = (socket: number, ...calls: readonly Call[]) =>
  calls.flatMap((call) => [
    { kind: "circuit", socket, method: call.method, step: "called" } as const,
    { kind: "circuit", socket, ...call } as const,
  ]);

/** A page whose circuit had started, and then: */
const page = () => trial().add(...circuits(1, { method: "StartCircuit", step: "accepted" }));
const back = (...calls: readonly Call[]) =>
  page()
    .lost(BEGIN + 10)
    .back(BEGIN + 500, 2, "id-2")
    .add(...circuits(2, ...calls));

describe("a circuit", () => {
  it.each([
    ["pass", [{ method: "ConnectCircuit", step: "accepted" }]],
    ["fail", [{ method: "ConnectCircuit", step: "refused" }]],
    [
      "warn",
      [
        { method: "ConnectCircuit", step: "refused" },
        { method: "ResumeCircuit", step: "accepted" },
      ],
    ],
    ["cant-tell", []],
  ] as const)("gives %s", (verdict, calls) => {
    const judged = back(...calls).judge(KEPT, BEGIN + 5_000);
    expect(judged.verdict).toBe(verdict);
    expect(judged.evidence).toHaveLength(1);
  });

  it("fails with one lost among several losses", () => {
    const twice = back({ method: "ConnectCircuit", step: "accepted" })
      .lost(BEGIN + 2_000, 2)
      .back(BEGIN + 2_500, 3, "id-3")
      .add(...circuits(3, { method: "ConnectCircuit", step: "refused" }));
    expect(twice.judge(KEPT, BEGIN + 5_000)).toMatchObject({
      verdict: "fail",
      say: expect.stringContaining("1 of 2 losses") as string,
    });
  });

  it("can't be judged without a loss, or on a page without Blazor", () => {
    expect(page().judge(KEPT, BEGIN + 5_000).verdict).toBe("cant-tell");
    expect(
      trial()
        .lost(BEGIN + 10)
        .judge(KEPT, BEGIN + 5_000).verdict,
    ).toBe("cant-tell");
  });

  it("has no groups to rejoin", () => {
    const judged = back({ method: "ConnectCircuit", step: "accepted" });
    expect(judged.judge({ that: "joined-again", within: 3_000 }, BEGIN + 5_000).verdict).toBe(
      "not-applicable",
    );
  });
});
