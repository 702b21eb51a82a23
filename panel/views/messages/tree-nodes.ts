/** The nodes of a tree, from JSON or MessagePack (whose values know their bytes). Pure. */
import { MESSAGE_TYPES, type MessageType } from "../../../extension/core/protocol/terms.ts";
import type { HubMessageField } from "../../../extension/core/protocol/messagepack/hub-message.ts";
import type { MapEntry, MessagePackValue } from "../../../extension/core/protocol/messagepack/values.ts";
import { counted } from "../../../extension/core/text/format.ts";
import { summary } from "./summary.ts";

/** Bytes from `start` to before `end`. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

export interface Leaf {
  readonly text: string;
  readonly tone: "s" | "n" | "k" | "dim";
  /** Information that the value itself doesn't show. */
  readonly hint?: string;
}

export interface TreeNode {
  /** Unique among its siblings. */
  readonly id: string;
  readonly key: string;
  /** null: a branch. */
  readonly leaf: Leaf | null;
  /** Summary of a branch: "10 items", "symbol, bids, asks". */
  readonly note: string;
  readonly place: Place | null;
  children(): readonly TreeNode[];
}

const NONE: readonly TreeNode[] = [];
const noChildren = (): readonly TreeNode[] => NONE;

function named(keys: readonly string[]): string {
  return keys.length > 6 ? `${keys.slice(0, 6).join(", ")}, …` : keys.join(", ");
}

/* ---------- JSON ---------- */

const isBranch = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.keys(value).length > 0;

/** The top-level nodes: the parts of an object or array, or the value itself. */
export const jsonNodes = (value: unknown): readonly TreeNode[] =>
  isBranch(value) ? jsonChildren(value) : [jsonNode("value", value)];

const jsonChildren = (value: object): TreeNode[] =>
  Array.isArray(value)
    ? value.map((item, i) => jsonNode(String(i), item))
    : Object.entries(value).map(([key, item]) => jsonNode(key, item));

function jsonNode(key: string, value: unknown): TreeNode {
  if (!isBranch(value))
    return { id: key, key, leaf: jsonLeaf(value), note: "", place: null, children: noChildren };
  const note = Array.isArray(value) ? counted(value.length, "item") : named(Object.keys(value));
  return { id: key, key, leaf: null, note, place: null, children: () => jsonChildren(value) };
}

function jsonLeaf(value: unknown): Leaf {
  if (typeof value === "string") return { text: JSON.stringify(value), tone: "s" };
  if (typeof value === "number") return { text: String(value), tone: "n" };
  if (typeof value === "boolean" || value === null) return { text: String(value), tone: "k" };
  return { text: Array.isArray(value) ? "[]" : "{}", tone: "dim" };
}

/* ---------- MessagePack ---------- */

export const binaryNodes = (fields: readonly HubMessageField[]): readonly TreeNode[] =>
  fields.map(({ name, value }, i) => {
    const hint = hintOf(name, value);
    const node = binaryNode(String(i), name, value);
    return hint === undefined || node.leaf === null ? node : { ...node, leaf: { ...node.leaf, hint } };
  });

/** For MessagePack that isn't a hub message. */
export const binaryNodesOf = (value: MessagePackValue): readonly TreeNode[] => [
  binaryNode("0", "value", value),
];

const RESULT_KINDS: Readonly<Record<number, string>> = { 1: "error", 2: "void", 3: "a result" };

function hintOf(name: string, value: MessagePackValue): string | undefined {
  if (value.kind !== "integer") return undefined;
  if (name === "type") return MESSAGE_TYPES[value.value as Exclude<MessageType, 0>];
  return name === "resultKind" ? RESULT_KINDS[Number(value.value)] : undefined;
}

function binaryNode(id: string, key: string, value: MessagePackValue): TreeNode {
  const place = { start: value.start, end: value.end };
  switch (value.kind) {
    case "array":
      if (value.length === 0) break;
      return {
        id,
        key,
        leaf: null,
        note: cutNote(value.items.length, value.length, counted(value.length, "item")),
        place,
        children: () => value.items.map((item, i) => binaryNode(String(i), String(i), item)),
      };
    case "map":
      if (value.length === 0) break;
      return {
        id,
        key,
        leaf: null,
        note: cutNote(value.entries.length, value.length, named(value.entries.slice(0, 7).map(keyOf))),
        place,
        children: () => value.entries.map(entryNode),
      };
    case "nil":
    case "boolean":
    case "integer":
    case "float":
    case "string":
    case "binary":
    case "extension":
    case "timestamp":
      break;
  }
  return { id, key, leaf: binaryLeaf(value), note: "", place, children: noChildren };
}

const cutNote = (read: number, announced: number, whole: string): string =>
  read < announced ? `${read} of ${counted(announced, "item")} could be read` : whole;

const keyOf = ({ key }: MapEntry): string => (key.kind === "string" ? key.value : summary(key));

/**
 * Keys may have any type and may be repeated, so entries are identified by a number. An entry extends from its key to the end
 * of its value.
 */
function entryNode(entry: MapEntry, i: number): TreeNode {
  const { key, value } = entry;
  if (!value)
    return {
      id: String(i),
      key: keyOf(entry),
      leaf: { text: "could not be read", tone: "dim" },
      note: "",
      place: { start: key.start, end: key.end },
      children: noChildren,
    };
  return { ...binaryNode(String(i), keyOf(entry), value), place: { start: key.start, end: value.end } };
}

function binaryLeaf(value: MessagePackValue): Leaf {
  switch (value.kind) {
    case "nil":
      return { text: "nil", tone: "k" };
    case "boolean":
      return { text: String(value.value), tone: "k" };
    case "integer":
      return { text: String(value.value), tone: "n" };
    case "float":
      return {
        text: Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value),
        tone: "n",
        ...(value.bits === 32 ? { hint: "float 32" } : {}),
      };
    case "string":
      return { text: JSON.stringify(value.value), tone: "s" };
    case "binary":
      return { text: summary(value), tone: "dim" };
    case "extension":
      return { text: summary(value), tone: "dim" };
    case "timestamp":
      return { text: summary(value), tone: "n", hint: "timestamp" };
    case "array":
      return { text: "[]", tone: "dim" };
    case "map":
      return { text: "{}", tone: "dim" };
  }
}
