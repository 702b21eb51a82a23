/** Splits frames into hub messages, and joins the remaining messages into a frame again. */
import {
  RECORD_SEPARATOR,
  bytesOf,
  newEnvelope,
  nextMessage,
  scanMessage,
} from "../hook/shared-with-tools.ts";
import { HANDSHAKE, type Passing } from "./stage.ts";

export type Frame = string | ArrayBuffer;

export interface FramePart extends Passing {
  readonly data: Frame;
}

const envelope = newEnvelope();

/** @param handshake the connection's handshake is not over, so the frame has no hub messages */
export function takeApart(data: Frame, protocol: string, handshake: boolean): FramePart[] {
  const size = typeof data === "string" ? data.length : data.byteLength;
  if (handshake) return [{ data, type: HANDSHAKE, target: undefined, size, sequenceId: undefined }];
  return typeof data === "string" ? takeTextApart(data) : takeBytesApart(data, protocol);
}

function takeTextApart(text: string): FramePart[] {
  const parts: FramePart[] = [];
  for (let start = 0; start < text.length;) {
    const separator = text.indexOf(RECORD_SEPARATOR, start);
    const end = separator < 0 ? text.length : separator + 1;
    scanMessage(text, start, separator < 0 ? end : separator, envelope);
    const { type, target, sequenceId } = envelope;
    parts[parts.length] = { data: text.slice(start, end), type, target, sequenceId, size: end - start };
    start = end;
  }
  return parts;
}

function takeBytesApart(data: ArrayBuffer, protocol: string): FramePart[] {
  const bytes = new Uint8Array(data);
  const parts: FramePart[] = [];
  for (let at = 0; at < bytes.length;) {
    const { end } = nextMessage(bytes, at, protocol === "json" ? "messagepack" : protocol, envelope);
    const { type, target, sequenceId } = envelope;
    parts[parts.length] = { data: data.slice(at, end), type, target, sequenceId, size: end - at };
    at = end;
  }
  return parts;
}

/** "" when nothing is left. */
export function putTogether(parts: readonly Frame[]): Frame {
  let whole: Frame = "";
  for (const part of parts) {
    if (typeof part === "string") whole = typeof whole === "string" ? whole + part : whole;
    else whole = typeof whole === "string" ? part : joined(whole, part);
  }
  return whole;
}

function joined(first: ArrayBuffer, second: ArrayBuffer): ArrayBuffer {
  const bytes = new Uint8Array(first.byteLength + second.byteLength);
  bytes.set(new Uint8Array(first));
  bytes.set(new Uint8Array(second), first.byteLength);
  return bytes.buffer;
}

/** A copy of what the page sends, as the page may reuse its buffer. undefined: a type of data that SignalR never sends. */
export function frameOf(data: unknown): Frame | undefined {
  if (typeof data === "string") return data;
  const bytes = bytesOf(data);
  return bytes ? bytes.slice().buffer : undefined;
}
