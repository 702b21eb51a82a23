import { describe, expect, it } from "vitest";
import { readSeconds } from "../../../panel/state/numbers.ts";
import {
  rate,
  about,
  bytes,
  clock,
  countdown,
  counted,
  duration,
  offset,
  shortId,
  whole,
} from "../../../extension/core/text/format.ts";

describe("numbers", () => {
  it("never show a rate of 0", () => {
    expect(rate(25, 10_000)).toBe("2.5/s");
    expect(rate(2, 10_000)).toBe("12/min");
    expect(rate(1, 180_000)).toBe("one in 3 min");
    expect(rate(1, 0)).toBe("1000/s");
  });

  it("write durations as people say them", () => {
    expect([0, 90, 999, 14_200, 59_949, 59_999, 70_000, 3_600_000, 7_500_000].map(duration)).toEqual([
      "0 ms",
      "90 ms",
      "999 ms",
      "14.2 s",
      "59.9 s",
      "1 min",
      "1 min 10 s",
      "1 h",
      "2 h 5 min",
    ]);
    expect(offset(73_000)).toBe("+1:13");
    expect(offset(7_500_000)).toBe("+2:05:00");
    expect(countdown(41_200)).toBe("0:42");
  });

  it("keep sizes exact where limits are exact", () => {
    expect([0, 1904, 32_768, 5_000_000].map(bytes)).toEqual(["0 B", "1,904 B", "32.8 kB", "5 MB"]);
  });

  it("have thousands separators, and a singular for one", () => {
    expect([0, 999, 1000, 14_812, 1_234_567].map(whole)).toEqual([
      "0",
      "999",
      "1,000",
      "14,812",
      "1,234,567",
    ]);
    expect(counted(1, "call")).toBe("1 call");
    expect(counted(1204, "call")).toBe("1,204 calls");
  });

  it("round estimates to two digits", () => {
    expect([3, 13, 213, 1849].map(about)).toEqual([3, 13, 210, 1800]);
  });

  it("write times with the requested number of decimals", () => {
    const t = new Date(2026, 10, 24, 10, 42, 7, 86).getTime();
    expect(clock(t)).toBe("10:42:07");
    expect(clock(t + 0.9, 3)).toBe("10:42:07.086");
    expect(shortId("pJ8sD4nLk2RfW7")).toBe("pJ8sD4nL…");
  });
});

describe("readSeconds", () => {
  it("accepts numbers within the limits and says what is wrong with others", () => {
    expect(readSeconds(" 1,5 ", 600)).toEqual({ ok: true, seconds: 1.5 });
    for (const [text, problem] of [
      ["", "a number"],
      ["abc", '"abc"'],
      ["0", "more than 0"],
      ["601", "at most 600"],
      ["-1", "not a number"],
    ] as const)
      expect(readSeconds(text, 600)).toMatchObject({
        ok: false,
        problem: expect.stringContaining(problem) as string,
      });
  });
});
