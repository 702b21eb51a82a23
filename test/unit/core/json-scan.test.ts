import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  newEnvelope,
  readStreamIds,
  scanMessage,
  utf8Length,
} from "../../../extension/core/protocol/json-scan.ts";

const scan = (text: string) => {
  const envelope = newEnvelope();
  scanMessage(text, 0, text.length, envelope);
  return envelope;
};

/** A hub message with its keys in any order, spaces anywhere, and more keys than the protocol knows. */
const hubMessage = fc
  .record(
    {
      type: fc.integer({ min: 1, max: 9 }),
      target: fc.string({ unit: "grapheme" }),
      invocationId: fc.string(),
      arguments: fc.array(fc.jsonValue()),
      item: fc.jsonValue(),
      result: fc.jsonValue(),
      error: fc.string({ unit: "grapheme" }),
      allowReconnect: fc.boolean(),
      sequenceId: fc.nat(),
      streamIds: fc.array(fc.nat().map(String)),
      headers: fc.dictionary(fc.string(), fc.string()),
    },
    { requiredKeys: ["type"] },
  )
  .chain((message) =>
    fc
      .shuffledSubarray(Object.keys(message), { minLength: Object.keys(message).length })
      .map((keys) => ({ message, keys })),
  )
  .chain(({ message, keys }) =>
    fc.constantFrom("", " ", "\n  ").map((space) => ({
      message,
      text: `${space}{${keys.map((key) => `${space}${JSON.stringify(key)}${space}:${space}${JSON.stringify(message[key as keyof typeof message])}${space}`).join(",")}}${space}`,
    })),
  );

describe("scanMessage", () => {
  it("agrees with JSON.parse on every hub message", () => {
    fc.assert(
      fc.property(hubMessage, ({ message, text }) => {
        const envelope = scan(text);
        expect(envelope.problem).toBeUndefined();
        expect(envelope.type).toBe(message.type);
        expect(envelope.target).toBe(message.target);
        expect(envelope.invocationId).toBe(message.invocationId);
        expect(envelope.error).toBe(message.error);
        expect(envelope.allowReconnect).toBe(message.allowReconnect === true);
        expect(envelope.sequenceId).toBe(message.sequenceId);
        expect(readStreamIds(envelope.streamIds)).toEqual(
          message.streamIds?.length ? message.streamIds : undefined,
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it("never throws, and never takes a cut message for a whole one", () => {
    fc.assert(
      fc.property(hubMessage, fc.nat(), ({ text }, at) => {
        const whole = text.trim();
        const envelope = scan(whole.slice(0, at % whole.length));
        expect(envelope.type).toBe(0);
        expect(envelope.problem).toBeTypeOf("string");
      }),
    );
  });

  it("never throws on anything at all", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.json()), (text) => {
        const { type, problem } = scan(text);
        expect(type === 0 ? typeof problem : problem).toBe(type === 0 ? "string" : undefined);
      }),
      { numRuns: 2_000 },
    );
  });

  it("reads only the top level", () => {
    expect(scan('{"arguments":[{"type":7,"error":"no"}],"target":"t","type":1}')).toMatchObject({
      type: 1,
      target: "t",
      error: undefined,
    });
  });

  it.each([
    ["", "not a JSON object", 0],
    ["[]", "not a JSON object", 0],
    ["{}", "no type", 1],
    ['{"type":42}', "unknown message type 42", 0],
    ['{"type":"1"}', "no type", 12],
    ['{"type":1}{"type":6}', "text after the message", 10],
    ['{"type":1,', "the message is cut off", 10],
    ['{"type":1,5', "a key was expected", 10],
    ['{"type" 1}', "a colon was expected", 8],
    ['{"type":}', "a value was expected", 8],
    ['{"type":1 "a":2}', "a comma was expected", 10],
    ['{"type":1,"arguments":[1,', "the message is cut off", 25],
  ])("says what is wrong with %j, and where", (text, problem, problemAt) => {
    expect(scan(text)).toMatchObject({ type: 0, problem, problemAt });
  });
});

describe("utf8Length", () => {
  it("counts what TextEncoder writes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, before) => {
        const all = before + text;
        expect(utf8Length(all, before.length, all.length)).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });
});
