import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HubMessage } from "../../../extension/core/events/events.ts";
import { decodeMessagePack } from "../../../extension/core/protocol/messagepack/decode.ts";
import { base64, packed } from "../../../panel/fixture/messagepack.ts";
import { binaryOf } from "../../../panel/views/messages/binary.ts";
import { summary } from "../../../panel/views/messages/summary.ts";
import { previewOf } from "../../../panel/views/messages/preview.ts";
import { binaryNodes, binaryNodesOf, type TreeNode } from "../../../panel/views/messages/tree-nodes.ts";
import { pathsTo, treeRows } from "../../../panel/views/messages/tree-rows.ts";

const AT = new Date(Date.UTC(2026, 10, 24, 10, 44));
const message = (bytes: Uint8Array, more: Partial<HubMessage> = {}): HubMessage => ({
  kind: "message",
  seq: 1,
  t: 0,
  socket: 1,
  direction: "in",
  type: 1,
  size: bytes.length + 1,
  binary: base64(bytes),
  ...more,
});
const invocation = packed([1, {}, null, "Say", ["desk-fx", { who: "mira", at: AT }, new Uint8Array([1, 2])]]);
const nodesOf = (bytes: Uint8Array): readonly TreeNode[] =>
  binaryNodes(binaryOf(message(bytes))!.decoded.fields);

describe("a binary message as a tree", () => {
  it("names the fields, and explains their numbers", () => {
    const rows = treeRows(nodesOf(invocation), new Map());
    expect(rows.map(({ key, leaf, note }) => [key, leaf?.text ?? note].join(": "))).toEqual([
      "type: 1",
      "headers: {}",
      "invocationId: nil",
      'target: "Say"',
      "arguments: 3 items",
      '0: "desk-fx"',
      "1: who, at",
      'who: "mira"',
      "at: 2026-11-24T10:44:00.000Z",
      "2: 2 bytes: 01 02",
    ]);
    expect(rows[0]!.leaf?.hint).toBe("Invocation");
    const completion = treeRows(nodesOf(packed([3, {}, "7", 2])), new Map());
    expect(completion.at(-1)).toMatchObject({ key: "resultKind", leaf: { text: "2", hint: "void" } });
  });

  it("knows the bytes of every row", () => {
    for (const { key, place } of treeRows(nodesOf(invocation), new Map())) {
      const own = invocation.subarray(place!.start, place!.end);
      if (key === "target") expect([...own]).toEqual([...packed("Say")]);
      if (key === "who") expect([...own]).toEqual([...packed("who"), ...packed("mira")]);
    }
  });

  it("finds the smallest value that contains a byte, and expands its parents", () => {
    const long = packed([1, {}, null, "Say", [Array.from({ length: 250 }, (_, i) => i % 100)]]);
    const nodes = nodesOf(long);
    const paths = pathsTo(nodes, long.length - 1);
    const rows = treeRows(nodes, new Map(paths.map((path) => [path, true])));
    expect(rows.find(({ path }) => path === paths.at(-1))).toMatchObject({
      key: "249",
      leaf: { text: "49" },
    });
    expect(paths).toHaveLength(5);
    expect(pathsTo(nodes, long.length)).toEqual([]);
  });

  it("shows the existing part of a message that is cut off", () => {
    const cut = invocation.subarray(0, invocation.length - 6);
    const rows = treeRows(nodesOf(cut), new Map([["/4/1", true]]));
    expect(rows.find(({ key }) => key === "arguments")!.note).toBe("2 of 3 items could be read");
    expect(rows.at(-1)).toMatchObject({ key: "at", leaf: { text: "could not be read" } });
    expect(binaryOf(message(cut))!.decoded.problem).toBeDefined();
  });

  it("has a unique path for every row, for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const { value } = decodeMessagePack(bytes);
        if (!value) return;
        const nodes = binaryNodesOf(value);
        const paths = treeRows(nodes, new Map(), 9).map(({ path }) => path);
        expect(new Set(paths).size).toBe(paths.length);
        expect(summary(value)).not.toBe("");
      }),
    );
  });

  it("shows something for any text that a file has instead of base64", () => {
    expect(binaryOf(message(invocation, { binary: "no base64!" }))).toMatchObject({
      bytes: new Uint8Array(),
    });
  });
});

describe("the one-line preview of a binary message", () => {
  it("shows arguments, items and results like those of JSON", () => {
    expect(previewOf(message(invocation))).toBe(
      '["desk-fx",{"who":"mira","at":2026-11-24T10:44:00.000Z},2 bytes: 01 02]',
    );
    expect(previewOf(message(packed([2, {}, "7", 1.5])))).toBe("1.5");
    expect(previewOf(message(packed([3, {}, "7", 1, "no such board"])))).toBe('"no such board"');
    expect(previewOf(message(packed([6])))).toBe("");
  });
});
