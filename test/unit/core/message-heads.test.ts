import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  RECORD_SEPARATOR,
  isAscii,
  newEnvelope,
  scanMessage,
} from "../../../extension/core/protocol/json-scan.ts";
import { createMessageHeads, type MessageHead } from "../../../extension/core/protocol/message-heads.ts";
import { anyText } from "../fakes/any-text.ts";

interface Found {
  readonly text: string;
  readonly head: MessageHead | undefined;
  readonly scanned: MessageHead & { readonly problem: string | undefined };
}

/** Reads frames as the hook does, but scans every message, also those whose beginning is known. */
function read(...frames: readonly string[]): Found[] {
  const heads = createMessageHeads();
  const found: Found[] = [];
  for (const frame of frames) {
    for (let start = 0; start < frame.length;) {
      const end = frame.indexOf(RECORD_SEPARATOR, start);
      const head = heads.find(frame, start, end);
      const envelope = newEnvelope();
      scanMessage(frame, start, end, envelope);
      if (!head) heads.learn(frame, start, envelope);
      found.push({ text: frame.slice(start, end), head, scanned: envelope });
      start = end + 1;
    }
  }
  return found;
}

/** What must be the same; a known beginning never belongs to an invalid message. */
const shown = (message: (MessageHead & { readonly problem?: string | undefined }) | undefined) => [
  message?.type,
  message?.target,
  message?.invocationId,
  message?.sequenceId,
  message?.problem,
];

const frameOf = (...messages: readonly (object | string)[]): string =>
  messages
    .map((message) => (typeof message === "string" ? message : JSON.stringify(message)) + RECORD_SEPARATOR)
    .join("");

const tick = (...args: readonly unknown[]) => ({ type: 1, target: "tick", arguments: args });

/** Messages as a server writes them, few of them different up to their arguments. */
const SPACES = ["", " ", "\n "] as const;
const message = fc
  .record({
    first: fc.constantFrom(
      { type: 1, target: "tick" },
      { type: 1, headers: { a: "[" }, target: "tick" },
      { type: 2, invocationId: "7" },
      { target: "tick", type: 1 },
    ),
    key: fc.constant("arguments"),
    value: fc.oneof(
      fc.array(fc.oneof(fc.nat(), fc.string())),
      fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 3 }),
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }),
    ),
    after: fc.constantFrom(
      {},
      {},
      {},
      { streamIds: ["1"] },
      { invocationId: "3" },
      { type: 3 },
      { target: "other", more: [1] },
      { other: {} },
    ),
    space: fc.constantFrom("", ...SPACES),
    space2: fc.constantFrom(...SPACES),
  })
  .map(({ first, key, value, after, space, space2 }) => {
    const members = [...Object.entries(first), [key, value] as const, ...Object.entries(after)].map(
      ([name, of]) => `${JSON.stringify(name)}:${JSON.stringify(of)}`,
    );
    // Spaces only behind the value: the message begins like one without them.
    return `{${members.slice(0, 3).join()}${space}${members
      .slice(3)
      .map((member) => `,${space2}${member}`)
      .join("")}}`;
  });

describe("messages that begin like an earlier one", () => {
  it("are what scanning says they are", () => {
    let known = 0;
    fc.assert(
      fc.property(
        fc.array(fc.array(message, { minLength: 10, maxLength: 20 }), { minLength: 1, maxLength: 3 }),
        (frames) => {
          const found = read(...frames.map((messages) => frameOf(...messages))).filter(({ head }) => head);
          known += found.length;
          expect(found.map(({ head }) => shown(head))).toEqual(found.map(({ scanned }) => shown(scanned)));
        },
      ),
      { numRuns: 300 },
    );
    expect(known).toBeGreaterThan(50);
  });

  it("are known without reading them", () => {
    const found = read(
      frameOf(tick(1), tick({ text: '},"' }), tick({ a: "b" }, 2), tick()),
      frameOf(tick("é"), { type: 2, invocationId: "5", item: { a: 1 } }),
      frameOf({ type: 2, invocationId: "5", item: { a: { b: [1] } } }),
    );
    expect(found.map(({ head }) => head?.target ?? head?.invocationId)).toEqual([
      undefined,
      "tick",
      "tick",
      "tick",
      "tick",
      undefined,
      "5",
    ]);
  });

  it.each([
    '{"type":1,"target":"tick","arguments":[1],"type":3}',
    '{"type":1,"target":"tick","arguments":[1],"invocationId":"3","more":[]}',
    '{"type":1,"target":"tick","arguments":[1] ,"invocationId":"3","more":[]}',
    '{"type":1,"target":"tick","arguments":[1], "invocationId":"3","more":[]}',
    '{"type":1,"target":"tick","arguments":[[1],{}],\n"invocationId":"3","more":[]}',
    '{"type":1,"target":"tick","arguments":[1',
    '{"type":1,"target":"tick","arguments":[1]',
    '{"type":1,"target":"tick","arguments":[1}}',
  ])("are read if they may go on differently: %s", (text) => {
    expect(read(frameOf(tick(1), text, tick(2)))[1]?.head).toBeUndefined();
  });

  it("are read again when the known beginnings were forgotten", () => {
    const heads = createMessageHeads();
    const frame = JSON.stringify(tick(1));
    const envelope = newEnvelope();
    scanMessage(frame, 0, frame.length, envelope);
    heads.learn(frame, 0, envelope);
    expect(heads.find(frame, 0, frame.length)?.target).toBe("tick");
    heads.forget();
    expect(heads.find(frame, 0, frame.length)).toBeUndefined();
  });

  it("are read if the beginning was that of a message with an error", () => {
    const bad = '{"type":1,"target":"tick","arguments":[1] 2}';
    expect(read(frameOf(bad, tick(1), tick(2))).map(({ head }) => head?.target)).toEqual([
      undefined,
      undefined,
      "tick",
    ]);
  });
});

describe("isAscii", () => {
  it("is true if there is no other character, at any place", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), anyText({ maxLength: 3 }), fc.nat(40), (text, more, at) => {
        const all = text.slice(0, at) + more + text.slice(at);
        expect(isAscii(all)).toBe(Buffer.byteLength(all) === all.length);
      }),
      { numRuns: 1_000 },
    );
  });

  it("is exact at the end of a text of any length", () => {
    for (let length = 0; length < 30; length++) {
      expect(isAscii("a".repeat(length))).toBe(true);
      expect(isAscii(`${"a".repeat(length)}\x80`)).toBe(false);
      expect(isAscii(`é${"a".repeat(length)}`)).toBe(false);
    }
  });
});
