import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  readTextFrame,
  type ControlMessage,
} from "../../../content-script/monitor/observer/read-text-frame.ts";
import { RECORD_SEPARATOR } from "../../../extension/core/protocol/json-scan.ts";

const read = (text: string): [type: number, size: number, control: ControlMessage | undefined][] => {
  const found: [number, number, ControlMessage | undefined][] = [];
  readTextFrame(text, (type, size, control) => found.push([type, size, control]));
  return found;
};
const framed = (...messages: object[]): string =>
  messages.map((message) => JSON.stringify(message) + RECORD_SEPARATOR).join("");
const types = (...messages: object[]): number[] => read(framed(...messages)).map(([type]) => type);

describe("reading the types of messages", () => {
  it("finds them as servers and as clients write them", () => {
    expect(types({ type: 1, target: "a", arguments: [] }, { type: 6 })).toEqual([1, 6]);
    expect(types({ arguments: [{ type: 7 }], invocationId: "0", target: "Send", type: 1 })).toEqual([1]);
    expect(read('{ "type" : 3, "invocationId": "1"}\x1e')[0]?.[0]).toBe(3);
  });

  it("reads what Close, Ack and Sequence say", () => {
    const [close] = read(framed({ type: 7, error: "Gone.", allowReconnect: true }));
    expect(close?.[2]).toEqual({ error: "Gone.", allowReconnect: true });
    expect(read(framed({ type: 7 }))[0]?.[2]).toEqual({ allowReconnect: false });
    expect(read(framed({ sequenceId: 12, type: 8 }))[0]?.[2]).toEqual({ sequenceId: 12 });
  });

  it("isn't fooled by arguments that look like a Close", () => {
    const arguments_ = [{ type: 7, error: "x" }];
    expect(types({ target: "a", arguments: arguments_, type: 1 })).toEqual([1]);
    expect(read('{"arguments":[{"type":7}],"target":"a","type": 1}\x1e')[0]?.slice(0, 1)).toEqual([1]);
    expect(read('{"type":7,"error":}\x1e')[0]?.slice(0, 1)).toEqual([1]);
  });

  it("takes any text, and sees each message once, with its size in bytes where it matters", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 40 }), { maxLength: 8 }), (texts) => {
        const clean = texts.map((text) => text.replaceAll(RECORD_SEPARATOR, ""));
        const found = read(clean.map((text) => text + RECORD_SEPARATOR).join(""));
        expect(found).toHaveLength(clean.length);
        for (const [type] of found) expect(type).toBeLessThanOrEqual(9);
      }),
    );
    expect(read(`{"type":1,"target":"${"é".repeat(20_000)}"}\x1e`)[0]?.[1]).toBe(40_000 + 24 - 1);
    expect(read("{ not finished")).toEqual([[0, 15, undefined]]);
  });
});
