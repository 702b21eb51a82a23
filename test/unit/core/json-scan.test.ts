import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  newEnvelope,
  readStreamIds,
  scanMessage,
  utf8Length,
} from "../../../extension/core/protocol/json-scan.ts";
import { anyText } from "../fakes/any-text.ts";

const scan = (text: string) => {
  const envelope = newEnvelope();
  scanMessage(text, 0, text.length, envelope);
  return envelope;
};

/** A hub message with its keys in any order, spaces anywhere, and more keys than the protocol knows. */
const fields = fc.record(
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
);
const SPACES = ["", " ", "\n  "] as const;
const hubMessage = (spaces: readonly string[] = SPACES) =>
  fc
    .tuple(fields, fc.array(fc.nat(), { minLength: 11, maxLength: 11 }), fc.constantFrom(...spaces))
    .map(([message, ranks, space]) => {
      const members = Object.entries(message).map(
        ([key, value]) => `${space}${JSON.stringify(key)}${space}:${space}${JSON.stringify(value)}${space}`,
      );
      const ordered = members
        .map((member, i) => ({ member, rank: ranks[i] ?? 0 }))
        .sort((a, b) => a.rank - b.rank);
      return { message, text: `${space}{${ordered.map(({ member }) => member).join()}}${space}` };
    });

describe("scanMessage", () => {
  it.each(SPACES)("agrees with JSON.parse on every hub message, with %j between all its parts", (space) => {
    fc.assert(
      fc.property(hubMessage([space]), ({ message, text }) => {
        const { problem, type, target, invocationId, error, allowReconnect, sequenceId, streamIds } =
          scan(text);
        expect({
          ...{ problem, type, target, invocationId, error, allowReconnect, sequenceId },
          streamIds: readStreamIds(streamIds),
        }).toEqual({
          problem: undefined,
          type: message.type,
          target: message.target,
          invocationId: message.invocationId,
          error: message.error,
          allowReconnect: message.allowReconnect === true,
          sequenceId: message.sequenceId,
          streamIds: message.streamIds?.length ? message.streamIds : undefined,
        });
      }),
      { numRuns: 350 },
    );
  });

  it("never throws, and never treats a cut message as complete", () => {
    fc.assert(
      fc.property(hubMessage(), fc.nat(), ({ text }, at) => {
        const whole = text.trim();
        const envelope = scan(whole.slice(0, at % whole.length));
        expect(envelope.type).toBe(0);
        expect(envelope.problem).toBeTypeOf("string");
      }),
    );
  });

  it.each([
    ["plain text", fc.string()],
    ["text of any characters", anyText()],
    ["JSON", fc.json()],
  ])("never throws on %s, and either reads a message or says what is wrong", (_what, anything) => {
    fc.assert(
      fc.property(anything, (text) => {
        const { type, problem } = scan(text);
        expect(type === 0 ? typeof problem : problem).toBe(type === 0 ? "string" : undefined);
      }),
      { numRuns: 700 },
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
  it("counts as many bytes as TextEncoder writes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, before) => {
        const all = before + text;
        expect(utf8Length(all, before.length, all.length)).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });
});
