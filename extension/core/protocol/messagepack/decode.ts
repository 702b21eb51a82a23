/**
 * Decodes MessagePack into a tree in which every value knows its bytes. For the panel: unlike the hook's `envelope.ts` it
 * decodes everything. Of invalid input it returns what was read before the error, with its place and reason. It doesn't
 * recurse, and allocates no more than the input's size.
 */
import { CUT_OFF } from "../json-scan.ts";
import { newHead, readHead, type Head } from "./heads.ts";
import { readUtf8 } from "./utf8.ts";
import type { MapEntry, MessagePackValue } from "./values.ts";

/** Limits the depth, as code that shows the tree may recurse. */
const DEEPEST = 500;
const MAX_VALUES = 200_000;
const TIMESTAMP = -1;

export interface Decoded {
  /** undefined: there was not even a first value. */
  readonly value: MessagePackValue | undefined;
  /** Index after the value. */
  readonly end: number;
  readonly problem?: string;
  readonly problemAt?: number;
}

/** An array or map whose elements are still being read. */
interface Open {
  readonly start: number;
  readonly kind: "array" | "map";
  readonly length: number;
  readonly parts: MessagePackValue[];
  missing: number;
}

/** Decodes the value at `start`, and ignores what follows it. */
export function decodeMessagePack(bytes: Uint8Array, start = 0, limit = bytes.length): Decoded {
  const head = newHead();
  const open: Open[] = [];
  let at = start;
  let problem: string | undefined;
  let done: MessagePackValue | undefined;
  for (let values = 0; done === undefined; values++) {
    if (!readHead(bytes, at, limit, head)) {
      problem = head.problem;
      break;
    }
    head.problemAt = at;
    if (values === MAX_VALUES) {
      problem = `more than ${MAX_VALUES} values`;
      break;
    }
    const { kind, count } = head;
    let value: MessagePackValue | undefined;
    if (kind === "array" || kind === "map") {
      if (open.length === DEEPEST) {
        problem = `nested deeper than ${DEEPEST} levels`;
        break;
      }
      const length = kind === "map" ? count / 2 : count;
      open.push({ start: at, kind, length, parts: [], missing: count });
    } else value = leaf(bytes, at, head);
    at = head.end;
    done = place(open, value, at);
  }
  if (done) return { value: done, end: at };
  // Closes unfinished arrays and maps where reading stopped: a header may promise more elements than there are.
  let value: MessagePackValue | undefined;
  for (let last = open.pop(); last; last = open.pop()) {
    if (value) last.parts.push(value);
    value = close(last, at);
  }
  return { value, end: at, problem: problem ?? CUT_OFF, problemAt: head.problemAt };
}

/**
 * Adds `value` to the innermost open array or map, and closes those that are complete.
 * @returns the outermost value once it is complete
 */
function place(open: Open[], value: MessagePackValue | undefined, end: number): MessagePackValue | undefined {
  let ready = value;
  for (let last = open.at(-1); last; last = open.at(-1)) {
    if (ready) {
      last.parts.push(ready);
      last.missing--;
    }
    if (last.missing > 0) return undefined;
    open.pop();
    ready = close(last, end);
  }
  return ready;
}

function close({ start, kind, length, parts }: Open, end: number): MessagePackValue {
  if (kind === "array") return { kind, start, end, items: parts, length };
  const entries: MapEntry[] = [];
  for (let i = 0; i < parts.length; i += 2)
    entries.push({ key: parts[i] as MessagePackValue, value: parts[i + 1] });
  return { kind, start, end, entries, length };
}

function leaf(bytes: Uint8Array, start: number, { kind, content, end }: Head): MessagePackValue {
  const at = { start, end };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (kind) {
    case "boolean":
      return { kind, ...at, value: bytes[start] === 0xc3 };
    case "integer":
      return { kind, ...at, value: readInteger(view, start, content, end) };
    case "float":
      return end - content === 4
        ? { kind, ...at, value: view.getFloat32(content), bits: 32 }
        : { kind, ...at, value: view.getFloat64(content), bits: 64 };
    case "string":
      return { kind, ...at, value: readUtf8(bytes, content, end) };
    case "binary":
      return { kind, ...at, bytes: bytes.subarray(content, end) };
    case "extension": {
      const extension = view.getInt8(content - 1);
      const time = extension === TIMESTAMP ? readTimestamp(view, content, end - content) : undefined;
      return time
        ? { kind: "timestamp", ...at, ...time }
        : { kind, ...at, extension, bytes: bytes.subarray(content, end) };
    }
    case "nil":
    case "array":
    case "map":
    case "unused":
      return { kind: "nil", ...at };
  }
}

const FIRST_SIGNED = 0xd0;

function readInteger(view: DataView, start: number, content: number, end: number): number | bigint {
  if (start === content) return view.getInt8(start);
  const signed = view.getUint8(start) >= FIRST_SIGNED;
  switch (end - content) {
    case 1:
      return signed ? view.getInt8(content) : view.getUint8(content);
    case 2:
      return signed ? view.getInt16(content) : view.getUint16(content);
    case 4:
      return signed ? view.getInt32(content) : view.getUint32(content);
    default:
      return plain(signed ? view.getBigInt64(content) : view.getBigUint64(content));
  }
}

const plain = (value: bigint): number | bigint =>
  value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;

function readTimestamp(
  view: DataView,
  at: number,
  length: number,
): { readonly seconds: number | bigint; readonly nanoseconds: number } | undefined {
  switch (length) {
    case 4:
      return { seconds: view.getUint32(at), nanoseconds: 0 };
    case 8: {
      const high = view.getUint32(at);
      return { seconds: (high & 3) * 2 ** 32 + view.getUint32(at + 4), nanoseconds: high >>> 2 };
    }
    case 12:
      return { seconds: plain(view.getBigInt64(at + 4)), nanoseconds: view.getUint32(at) };
    default:
      return undefined;
  }
}
