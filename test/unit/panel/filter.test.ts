import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EXAMPLES, KEYS, parseFilter, readTime } from "../../../panel/state/messages/filter.ts";
import { readBound, within } from "../../../panel/state/messages/filter-values.ts";

const only = (text: string) => {
  const { tokens } = parseFilter(text);
  expect(tokens).toHaveLength(1);
  return tokens[0]!;
};

describe("parseFilter", () => {
  it("understands every example of the help", () => {
    for (const key of KEYS) expect(parseFilter(EXAMPLES[key]).problem, EXAMPLES[key]).toBeNull();
  });

  it("takes quotes around a text with spaces as its ends, and all others as part of it", () => {
    const texts = (text: string) =>
      parseFilter(text).tokens.map(({ any, negated }) => `${negated ? "-" : ""}${JSON.stringify(any)}`);
    const word = (value: string) => JSON.stringify([{ key: "text", value }]);
    expect(texts('{"type":6}')).toEqual([word('{"type":6}')]);
    expect(texts('["lin","please')).toEqual([word('["lin","please')]);
    expect(texts('"lin","please look" at')).toEqual([word('lin","please look'), word("at")]);
    expect(texts('-"a b" "c d" e"f')).toEqual([`-${word("a b")}`, word("c d"), word('e"f')]);
    expect(texts('"not closed yet')).toEqual([word("not closed yet")]);
    expect(texts('""')).toEqual(["[]"]);
    expect(texts('"')).toEqual(["[]"]);
  });

  it("leaves out nothing while only a minus is typed", () => {
    expect(only("-").any).toEqual([]);
    expect(only('"-"').any).toEqual([{ key: "text", value: "-" }]);
    expect(only("-1").any).toEqual([{ key: "text", value: "1" }]);
  });

  it("reads keys, lists, negation and words", () => {
    expect(only("hub:Board")).toMatchObject({ negated: false, any: [{ key: "hub", value: "board" }] });
    expect(only("-type:ping,close")).toMatchObject({
      negated: true,
      any: [
        { key: "type", value: 6 },
        { key: "type", value: 7 },
      ],
    });
    expect(only('"spread is back"').any).toEqual([{ key: "text", value: "spread is back" }]);
    expect(only('target:"Send Message"').any).toEqual([{ key: "target", value: "send message" }]);
    expect(only("kind:doctor").any).toEqual([
      { key: "kind", value: expect.arrayContaining(["doctor", "doctor-stay", "doctor-ended"]) as unknown },
    ]);
    expect(only("kind:state").any).toEqual([{ key: "kind", value: ["hub", "hub-state", "hub-lost"] }]);
    expect(only("https://a.example/x").any).toEqual([{ key: "text", value: "https://a.example/x" }]);
  });

  it("reads numbers with units", () => {
    expect(only("size:>1k").any).toEqual([{ key: "size", bound: { sign: ">", than: 1024 } }]);
    expect(only("latency:<=1.5s").any).toEqual([{ key: "latency", bound: { sign: "<=", than: 1500 } }]);
    expect(readBound("42", { "": 1 })).toEqual({ sign: "=", than: 42 });
    expect(readBound("42q", { "": 1 })).toBeNull();
    expect(within(3, { sign: ">=", than: 3 })).toBe(true);
    expect(within(3, { sign: ">", than: 3 })).toBe(false);
  });

  it("reads times of day and times after the beginning", () => {
    expect(readTime("10:44")).toEqual({ at: 38_640_000, relative: false });
    expect(readTime("10:44:10.5")).toEqual({ at: 38_650_500, relative: false });
    expect(readTime("+1:30")).toEqual({ at: 90_000, relative: true });
    expect(readTime("+90")).toEqual({ at: 90_000, relative: true });
    for (const wrong of ["25:00", "10:61", "10", "noon", "1:2:3:4"])
      expect(readTime(wrong), wrong).toBeNull();
  });

  it("says what is wrong, and ignores only that part", () => {
    expect(parseFilter("hubs:board").problem).toContain('no such key "hubs:"');
    expect(parseFilter("type:invocations").problem).toContain("no such type");
    expect(parseFilter("is:lots hub:a").tokens.map((token) => token.any.length)).toEqual([0, 1]);
    expect(parseFilter("size:big").problem).toContain("size: is a figure");
    expect(parseFilter("dir:up").problem).toContain("in or out");
  });

  it("ignores a condition that is still being typed instead of reporting an error (as for `target:`)", () => {
    for (const text of [
      "target:",
      "hub:",
      "type:",
      "type:inv",
      "kind:so",
      "dir:o",
      "is:lo",
      "from:10",
      "to:+",
    ])
      expect(parseFilter(text), text).toMatchObject({ problem: null, tokens: [{ any: [] }] });
    for (const text of ["size:>", "size:>=1.", "latency:<", "latency:>2mi", "to:1", "from:10:"])
      expect(parseFilter(text), text).toMatchObject({ problem: null, tokens: [{ any: [] }] });
    expect(parseFilter("type:ping,com").tokens[0]!.any).toEqual([{ key: "type", value: 6 }]);
    for (const text of ["type:x", "is:lost1", "size:>k", "size:1x", "latency:ms", "from:noon"])
      expect(parseFilter(text).problem, text).not.toBeNull();
  });

  it("never throws, and its tokens cover all that isn't white space", () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom(...KEYS.map((key) => `${key}:`), "-", '"', "a", ">1k", " "),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const text = parts.join("");
        const { tokens } = parseFilter(text);
        let at = 0;
        for (const { start, end } of tokens) {
          expect(text.slice(at, start).trim()).toBe("");
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(text.slice(at).trim()).toBe("");
      }),
    );
  });
});
