import { decode } from "@msgpack/msgpack";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskedBytes } from "../../../../extension/core/redaction/mask-binary.ts";
import { readUtf8 } from "../../../../extension/core/protocol/messagepack/utf8.ts";
import { anyBytes, anyValue, encoded } from "./arbitrary.ts";
import { anyText } from "../../fakes/any-text.ts";

const masked = (value: unknown): unknown => {
  const bytes = encoded(value);
  const text = maskedBytes(bytes, 0, bytes.length);
  expect(text).toHaveLength(bytes.length);
  return decode(Uint8Array.from(Buffer.from(text, "latin1")));
};
const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtaXJhIn0.c2lnbmF0dXJl";

describe("maskedBytes", () => {
  it.each([
    [
      "masks a secret that its key names",
      { password: "hunter2", user: "mira" },
      { password: "*******", user: "mira" },
    ],
    [
      "masks bytes whose key names a secret",
      { apiKey: new Uint8Array([1, 2]) },
      { apiKey: new Uint8Array([42, 42]) },
    ],
    [
      "masks a JWT wherever it stands",
      [1, {}, null, "Login", [jwt]],
      [1, {}, null, "Login", ["*".repeat(jwt.length)]],
    ],
    ["masks a bearer token", ["Bearer abcdefghijkl"], ["Bearer ************"]],
    ["masks a password in an address", ["see https://me:pw@host/"], ["see https://******host/"]],
    [
      "masks a text whose length byte looks like a letter",
      [`${jwt}${"x".repeat(97 - jwt.length)}`],
      ["*".repeat(97)],
    ],
    [
      "masks a secret in JSON that is in a text",
      ['{"password":"hunter2","a":1}'],
      ['{"password":"*******","a":1}'],
    ],
    [
      "leaves alone a pin on a map and the session of a conference",
      { pin: { lat: 1, lng: 2 }, session: { title: "a" }, otp: { a: "b" } },
      { pin: { lat: 1, lng: 2 }, session: { title: "a" }, otp: { "*": "*" } },
    ],
    [
      "leaves alone values whose keys only begin like a secret's",
      { passenger: "many", secretary: "few", pinned: "one" },
      { passenger: "many", secretary: "few", pinned: "one" },
    ],
    [
      "masks numbers, lists and objects whose key names a secret",
      { pin: 5, otp: 70_000, tokens: ["a", { b: "cd" }], next: "x" },
      { pin: 42, otp: 0x2a2a2a2a, tokens: ["*", { "*": "**" }], next: "x" },
    ],
  ])("%s", (_name, value, expected) => {
    expect(masked(value)).toEqual(expected);
  });

  it("changes nothing where there is no secret", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const bytes = encoded(value);
        fc.pre(
          !/eyJ|pass|pw|srf|[2m]fa|secret|token|credential|auth|cookie|sign|session|connection|key|pin|otp|cv|jwt|sid|basic|bearer|digest|@|=/i.test(
            Buffer.from(bytes).toString("latin1"),
          ),
        );
        expect(maskedBytes(bytes, 0, bytes.length)).toBe(Buffer.from(bytes).toString("latin1"));
      }),
      { numRuns: 100 },
    );
  });

  it("masks a value that is cut off", () => {
    const bytes = encoded({ password: "hunter2".repeat(10) });
    const text = maskedBytes(bytes, 0, bytes.length - 5);
    expect(text).not.toContain("hunter");
    expect(text).toHaveLength(bytes.length - 5);
  });

  it("keeps the length, for any bytes", () => {
    fc.assert(
      fc.property(anyBytes, fc.string(), (bytes, text) => {
        const all = new Uint8Array([
          ...bytes,
          ...Buffer.from(`password ${text} "secret":"a Bearer xxxxxxxxxx`),
          ...bytes,
        ]);
        expect(maskedBytes(all, 0, all.length)).toHaveLength(all.length);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("readUtf8", () => {
  it("agrees with TextDecoder on every text", () => {
    fc.assert(
      fc.property(anyText({ maxLength: 60 }), (text) => {
        const bytes = new TextEncoder().encode(text);
        expect(readUtf8(bytes, 0, bytes.length)).toBe(
          new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
        );
      }),
    );
  });

  it("agrees with TextDecoder on invalid UTF-8, except for the number of replacement characters", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const squeeze = (text: string): string => text.replace(/\ufffd+/g, "\ufffd");
        expect(squeeze(readUtf8(bytes, 0, bytes.length))).toBe(
          squeeze(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
