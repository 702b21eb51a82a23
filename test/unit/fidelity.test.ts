import { describe, expect, it } from "vitest";
import { FAULT_DETAILS } from "../../extension/core/faults/vocabulary.ts";
import { compare, differenceOf, isAlike } from "../fidelity/compare.ts";
import { pair, type Half } from "../fidelity/pair.ts";
import { NOT_COMPARED, PAIRS } from "../fidelity/pairs/all.ts";
import type { Seen } from "../fidelity/seen.ts";

const nothing: Half = { act: () => Promise.resolve() };
const because = FAULT_DETAILS["graceful-loss"].realism.limitations[0];
const loss = pair({
  fault: "graceful-loss",
  how: "a cut",
  on: ["WebSockets"],
  real: nothing,
  injected: nothing,
  known: [{ on: ["WebSockets"], at: "server", real: ["closed 1006"], injected: ["closed 1000"], because }],
});
const seen = (server: readonly string[], app: readonly string[] = ["reconnecting", "reconnected"]): Seen => ({
  app,
  server,
  id: ["a new id"],
  page: [],
});
const compared = (real: Seen, injected: Seen, variant: "WebSockets" | "LongPolling" = "WebSockets") =>
  compare(loss, { variant, browser: "chromium" }, real, injected);

describe("comparing what was seen", () => {
  it("treats results as equal if they differ only in listed limitations", () => {
    const comparison = compared(seen(["opened", "closed 1006"]), seen(["opened", "closed 1000"]));
    expect(comparison.differences).toMatchObject([{ at: "server", because: [because] }]);
    expect(isAlike(comparison)).toBe(true);
  });

  it.each([
    [
      "something else differs, too",
      seen(["opened", "closed 1006", "resumed"]),
      seen(["opened", "closed 1000"]),
    ],
    ["the order differs", seen(["closed 1006"], ["a", "b"]), seen(["closed 1000"], ["b", "a"])],
    ["what is known is not there", seen(["opened"]), seen(["opened"])],
  ])("treats results as different if %s", (_title, real, injected) => {
    expect(isAlike(compared(real, injected))).toBe(false);
  });

  it("accepts a difference only where it is listed", () => {
    expect(isAlike(compared(seen(["closed 1006"]), seen(["closed 1000"]), "LongPolling"))).toBe(false);
    expect(isAlike(compared(seen(["closed"]), seen(["closed"]), "LongPolling"))).toBe(true);
  });

  it("finds the smallest difference", () => {
    expect(differenceOf(["a", "b", "c", "d"], ["a", "c", "x", "d"])).toEqual({
      real: ["b"],
      injected: ["x"],
    });
    expect(differenceOf([], ["a"])).toEqual({ real: [], injected: ["a"] });
  });
});

it("compares every fault for which a real break exists", () => {
  const compared = new Set<string>(PAIRS.map(({ fault }) => fault));
  for (const name of Object.keys(FAULT_DETAILS))
    expect([name, compared.has(name) || name in NOT_COMPARED]).toEqual([name, true]);
  for (const name of Object.keys(NOT_COMPARED)) expect(compared).not.toContain(name);
});
