import { decode, encode, ExtData } from "@msgpack/msgpack";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeMessagePack } from "../../../../extension/core/protocol/messagepack/decode.ts";
import type { MessagePackValue } from "../../../../extension/core/protocol/messagepack/values.ts";
import { anyBytes, anyValue, encoded } from "./arbitrary.ts";

/** Converts a value to what @msgpack/msgpack returns. */
function plain(value: MessagePackValue): unknown {
  switch (value.kind) {
    case "nil":
      return null;
    case "boolean":
    case "integer":
    case "float":
    case "string":
      return value.value;
    case "binary":
      return value.bytes;
    case "extension":
      return new ExtData(value.extension, value.bytes);
    case "timestamp":
      return new Date(Number(value.seconds) * 1000 + Math.floor(value.nanoseconds / 1e6));
    case "array":
      return value.items.map(plain);
    case "map":
      return Object.fromEntries(
        value.entries.map(({ key, value }) => [String(plain(key)), value && plain(value)]),
      );
  }
}

/** Checks that every value lies within its parent, after its earlier siblings. */
function checkPlaces(value: MessagePackValue): void {
  const parts =
    value.kind === "array"
      ? value.items
      : value.kind === "map"
        ? value.entries.flatMap(({ key, value }) => (value ? [key, value] : [key]))
        : [];
  let from = value.start + 1;
  for (const part of parts) {
    expect(part.start).toBeGreaterThanOrEqual(from);
    expect(part.end).toBeGreaterThan(part.start);
    from = part.end;
    checkPlaces(part);
  }
  expect(value.end).toBeGreaterThanOrEqual(from);
}

describe("decodeMessagePack", () => {
  it("agrees with @msgpack/msgpack on every value", () => {
    fc.assert(
      fc.property(anyValue, (given) => {
        const bytes = encoded(given);
        const { value, end, problem } = decodeMessagePack(bytes);
        expect(problem).toBeUndefined();
        expect(end).toBe(bytes.length);
        expect(plain(value!)).toEqual(decode(bytes));
        checkPlaces(value!);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ["the biggest integer", new Uint8Array([0xcf, ...new Array<number>(8).fill(0xff)]), 2n ** 64n - 1n],
    ["the smallest integer", new Uint8Array([0xd3, 0x80, 0, 0, 0, 0, 0, 0, 0]), -(2n ** 63n)],
    ["a negative integer", new Uint8Array([0xe0]), -32],
    ["a small integer that is written as a large one", new Uint8Array([0xcf, 0, 0, 0, 0, 0, 0, 0, 7]), 7],
    ["a 32-bit float", new Uint8Array([0xca, 0x3f, 0xc0, 0, 0]), 1.5],
    [
      "an extension",
      encode(new ExtData(5, new Uint8Array([1, 2, 3]))),
      new ExtData(5, new Uint8Array([1, 2, 3])),
    ],
    ["a fixed extension", encode(new ExtData(-2, new Uint8Array(16))), new ExtData(-2, new Uint8Array(16))],
    ["a date before 1970", encode(new Date("1815-12-10")), new Date("1815-12-10")],
  ])("reads %s", (_name, bytes, expected) => {
    const { value, problem } = decodeMessagePack(bytes);
    expect(problem).toBeUndefined();
    expect(plain(value!)).toEqual(expected);
  });

  it("accepts any value as a key", () => {
    const bytes = new Uint8Array([0x82, 0x01, 0xa1, 0x61, 0x91, 0xc0, 0xc3]);
    const { value } = decodeMessagePack(bytes);
    expect(value).toMatchObject({
      kind: "map",
      entries: [
        { key: { kind: "integer", value: 1 }, value: { kind: "string", value: "a" } },
        { key: { kind: "array", items: [{ kind: "nil" }] }, value: { kind: "boolean", value: true } },
      ],
    });
  });

  it("returns what it has read of a value that is cut off at any place", () => {
    fc.assert(
      fc.property(anyValue, fc.nat(), (given, seed) => {
        const bytes = encoded(given);
        const cut = bytes.subarray(0, seed % bytes.length);
        const { value, problem, problemAt } = decodeMessagePack(cut);
        expect(problem).toBeDefined();
        expect(problemAt).toBeLessThanOrEqual(cut.length);
        if (value) checkPlaces(value);
      }),
    );
  });

  it("reports where it stopped, and returns the values before", () => {
    expect(decodeMessagePack(new Uint8Array([0x93, 0x01, 0xc1, 0x02]))).toMatchObject({
      value: { kind: "array", length: 3, items: [{ kind: "integer", value: 1 }] },
      problem: "0xc1 is no value",
      problemAt: 2,
    });
  });

  it("never throws, for any bytes", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const { value, end } = decodeMessagePack(bytes);
        expect(end).toBeLessThanOrEqual(bytes.length);
        if (value) checkPlaces(value);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["array", [0xdd, 0xff, 0xff, 0xff, 0xff]],
    ["map", [0xdf, 0xff, 0xff, 0xff, 0xff]],
    ["text", [0xdb, 0xff, 0xff, 0xff, 0xff]],
    ["binary", [0xc6, 0xff, 0xff, 0xff, 0xff]],
    ["extension", [0xc9, 0xff, 0xff, 0xff, 0xff, 1]],
  ])("allocates nothing for an %s that claims 4 billion parts", (_name, bytes) => {
    const { problem } = decodeMessagePack(new Uint8Array(bytes));
    expect(problem).toBe("the message is cut off");
  });

  it("doesn't overflow the stack on deep nesting", () => {
    const { problem, problemAt } = decodeMessagePack(new Uint8Array(1_000_000).fill(0x91));
    expect(problem).toContain("nested deeper");
    expect(problemAt).toBe(500);
  });

  it("stops at a maximum number of values", () => {
    const bytes = new Uint8Array(1_000_005).fill(1);
    bytes.set([0xdd, 0, 0x0f, 0x42, 0x40]);
    const { value, problem } = decodeMessagePack(bytes);
    expect(problem).toContain("more than");
    expect(value).toMatchObject({ kind: "array", length: 1_000_000 });
  });
});
