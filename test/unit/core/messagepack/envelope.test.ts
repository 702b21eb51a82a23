import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";
import { NullLogger, type HubMessage } from "@microsoft/signalr";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scanBinaryMessage } from "../../../../extension/core/protocol/messagepack/envelope.ts";
import { newBinaryFrame, readFrame } from "../../../../extension/core/protocol/messagepack/frames.ts";
import { decodeHubMessage } from "../../../../extension/core/protocol/messagepack/hub-message.ts";
import { newEnvelope, readStreamIds } from "../../../../extension/core/protocol/json-scan.ts";
import { anyBytes, anyValue, encoded } from "./arbitrary.ts";

const protocol = new MessagePackHubProtocol();
const written = (message: object): Uint8Array => new Uint8Array(protocol.writeMessage(message as HubMessage));
const framed = (value: unknown): Uint8Array => {
  const body = encoded(value);
  const length: number[] = [];
  let rest = body.length;
  do {
    length.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return new Uint8Array([...length, ...body]);
};

const scan = (frame: Uint8Array, at = 0) => {
  const place = newBinaryFrame();
  readFrame(frame, at, place);
  expect(place.problem).toBeUndefined();
  const envelope = newEnvelope();
  scanBinaryMessage(frame, place.start, place.end, envelope);
  return { envelope, ...place };
};

const id = fc.string({ unit: "grapheme" });
const headers = fc.dictionary(
  fc.string({ maxLength: 8 }).filter((key) => key !== "__proto__"),
  fc.string(),
);
const invocation = {
  headers,
  target: fc.string({ unit: "grapheme" }),
  arguments: fc.array(anyValue, { maxLength: 5 }),
  streamIds: fc.option(fc.array(fc.nat().map(String), { maxLength: 3 }), { nil: undefined }),
};
/** All kinds of messages that a client writes. */
const message = fc.oneof(
  fc.record({
    type: fc.constant(1),
    ...invocation,
    invocationId: fc.option(fc.nat().map(String), { nil: undefined }),
  }),
  fc.record({ type: fc.constant(4), ...invocation, invocationId: id }),
  fc.record({ type: fc.constant(2), headers, invocationId: id, item: anyValue }),
  fc.record({ type: fc.constant(3), headers, invocationId: id, result: anyValue }),
  fc.record({ type: fc.constant(3), headers, invocationId: id, error: fc.string({ minLength: 1 }) }),
  fc.record({ type: fc.constant(5), headers, invocationId: id }),
  fc.record({ type: fc.constant(6) }),
  fc.record({
    type: fc.constantFrom(8, 9),
    sequenceId: fc.oneof(fc.nat(), fc.maxSafeInteger().map(Math.abs)),
  }),
);

describe("scanBinaryMessage", () => {
  it("agrees with what the real client wrote", () => {
    fc.assert(
      fc.property(message, (given) => {
        const { envelope, end } = scan(written(given));
        const { type, target, invocationId, streamIds, error, sequenceId } = given as Record<string, unknown>;
        expect(envelope.problem).toBeUndefined();
        expect(end).toBe(written(given).length);
        expect(envelope.type).toBe(type);
        expect(envelope.target).toBe(target);
        expect(envelope.invocationId).toBe(invocationId);
        expect(readStreamIds(envelope.streamIds) ?? []).toEqual(streamIds ?? []);
        expect(envelope.error).toBe(error);
        expect(envelope.sequenceId).toBe(sequenceId);
      }),
      { numRuns: 200 },
    );
  });

  it("agrees with the real client about what a server wrote, or finds more problems", () => {
    const fromServer = fc.oneof(
      fc.tuple(fc.constant(1), headers, fc.constant(null), fc.string(), fc.array(anyValue, { maxLength: 3 })),
      fc.tuple(fc.constant(7), fc.option(fc.string())),
      fc.tuple(fc.constant(7), fc.option(fc.string()), fc.boolean()),
      fc.tuple(fc.constant(3), headers, fc.string(), fc.constantFrom(1, 2, 3), anyValue),
      fc.array(anyValue, { maxLength: 6 }),
    );
    fc.assert(
      fc.property(fromServer, (given) => {
        const frame = framed(given);
        const { envelope } = scan(frame);
        let parsed: HubMessage[];
        try {
          parsed = protocol.parseMessages(frame.buffer as ArrayBuffer, NullLogger.instance);
        } catch {
          expect(envelope.type).toBe(0);
          expect(envelope.problem).toBeDefined();
          return;
        }
        if (envelope.type === 0) return;
        const [first] = parsed as unknown as Record<string, unknown>[];
        expect(envelope.type).toBe(first!["type"]);
        if (envelope.type !== 3) expect(envelope.error).toBe(first!["error"] ?? undefined);
        expect(envelope.target).toBe(first!["target"]);
        expect(envelope.allowReconnect).toBe(first!["allowReconnect"] ?? false);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ["an invocation", "0995018 0a131a141912a", { type: 1, target: "A", invocationId: "1" }],
    ["a cancel", "05930580a131", { type: 5, invocationId: "1" }],
    ["the client's Close", "039207c0", { type: 7, error: undefined, allowReconnect: false }],
    ["an Ack", "03920824", { type: 8, sequenceId: 36 }],
    ["a Sequence", "03920913", { type: 9, sequenceId: 19 }],
    ["a ping", "029106", { type: 6 }],
  ])("reads %s from its bytes on the wire", (_name, hex, expected) => {
    const { envelope } = scan(new Uint8Array(Buffer.from(hex.replace(/ /g, ""), "hex")));
    expect(envelope).toMatchObject(expected);
    expect(envelope.problem).toBeUndefined();
  });

  it.each([
    ["[]", [], "no type", 1],
    ["a map", { type: 6 }, "not an array", 0],
    ["an unknown type", [42], "unknown message type 42", 1],
    ["a type in words", ["Ping"], "the type is not a number", 1],
    ["a short invocation", [1, {}, null, "A"], "5 elements were expected, there are 4", 1],
    ["a target that is none", [1, {}, null, 5, []], "the target is not a string", 4],
    ["a completion without its result", [3, {}, "1", 3], "a result was announced and is missing", 5],
  ])("says what is wrong with %s", (_name, value, problem, problemAt) => {
    const { envelope } = scan(framed(value));
    expect(envelope).toMatchObject({ type: 0, problem, problemAt });
  });

  it("never throws, for any bytes, and stays within them", () => {
    fc.assert(
      fc.property(anyBytes, fc.nat(10), (bytes, start) => {
        const envelope = newEnvelope();
        const from = Math.min(start, bytes.length);
        scanBinaryMessage(bytes, from, bytes.length, envelope);
        expect(envelope.type === 0).toBe(envelope.problem !== undefined);
        expect(envelope.problemAt).toBeGreaterThanOrEqual(0);
        expect(envelope.problemAt).toBeLessThanOrEqual(bytes.length - from);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("readFrame", () => {
  it("finds each of several messages", () => {
    const messages = [
      written({ type: 6 }),
      written({ type: 8, sequenceId: 7 }),
      framed([1, {}, null, "x".repeat(300), []]),
    ];
    const frame = new Uint8Array(Buffer.concat(messages));
    const types: number[] = [];
    for (let at = 0; at < frame.length;) {
      const { envelope, end } = scan(frame, at);
      types.push(envelope.type);
      at = end;
    }
    expect(types).toEqual([6, 8, 1]);
  });

  it.each([
    ["cut in its length", [0x80], "the length of the message is cut off", 1],
    [
      "with a length that never ends",
      [0xff, 0xff, 0xff, 0xff, 0xff, 1],
      "the length of the message is out of range",
      5,
    ],
    ["longer than 2 GB", [0xff, 0xff, 0xff, 0xff, 0x0f, 1], "the length of the message is out of range", 5],
    ["cut in its body", [5, 0x91], "the message is cut off: 5 bytes were announced, 1 came", 2],
  ])("says where a message %s became invalid", (_name, bytes, problem, problemAt) => {
    const place = newBinaryFrame();
    readFrame(new Uint8Array(bytes), 0, place);
    expect(place).toMatchObject({ problem, problemAt, end: bytes.length });
  });
});

describe("decodeHubMessage", () => {
  it.each([
    [
      { type: 1, headers: { a: "b" }, invocationId: "1", target: "T", arguments: [1], streamIds: ["2"] },
      ["type", "headers", "invocationId", "target", "arguments", "streamIds"],
    ],
    [{ type: 2, invocationId: "1", item: 5 }, ["type", "headers", "invocationId", "item"]],
    [{ type: 3, invocationId: "1", result: 5 }, ["type", "headers", "invocationId", "resultKind", "result"]],
    [{ type: 3, invocationId: "1", error: "no" }, ["type", "headers", "invocationId", "resultKind", "error"]],
    [{ type: 5, invocationId: "1" }, ["type", "headers", "invocationId"]],
    [{ type: 6 }, ["type"]],
    [{ type: 7 }, ["type", "error"]],
    [{ type: 9, sequenceId: 5 }, ["type", "sequenceId"]],
  ])("returns the fields of %j by name", (given, names) => {
    const { type, fields, problem } = decodeHubMessage(written(given).subarray(1));
    expect(type).toBe(given.type);
    expect(fields.map(({ name }) => name)).toEqual(names);
    expect(problem).toBeUndefined();
  });

  it("shows what could be read of a broken one", () => {
    const whole = encoded([1, {}, "7", "Say", ["hello", { a: 1 }]]);
    const { type, fields, problem, problemAt } = decodeHubMessage(whole.subarray(0, whole.length - 2));
    expect(type).toBe(0);
    expect(problem).toBe("the message is cut off");
    expect(problemAt).toBe(whole.length - 2);
    expect(fields.map(({ name }) => name)).toEqual([
      "type",
      "headers",
      "invocationId",
      "target",
      "arguments",
    ]);
  });

  it("keeps fields that the protocol doesn't define", () => {
    const { fields } = decodeHubMessage(encoded([6, "new", 1]));
    expect(fields.map(({ name }) => name)).toEqual(["type", "element 1", "element 2"]);
  });
});
