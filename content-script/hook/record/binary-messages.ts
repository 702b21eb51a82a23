/** Splits frames of binary hub protocols into messages. */
import { encodeBase64 } from "../platform/natives.ts";
import { BLAZORPACK } from "../../../extension/core/protocol/blazor.ts";
import { clearEnvelope, type Envelope } from "../../../extension/core/protocol/json-scan.ts";
import { scanBinaryMessage } from "../../../extension/core/protocol/messagepack/envelope.ts";
import {
  newBinaryFrame,
  readFrame,
  type BinaryFrame,
} from "../../../extension/core/protocol/messagepack/frames.ts";
import { readUtf8 } from "../../../extension/core/protocol/messagepack/utf8.ts";
import { maskedBytes } from "../../../extension/core/redaction/mask-binary.ts";
import { BEHIND } from "../../../extension/core/redaction/redact.ts";
import type { Bytes } from "../../../extension/core/units.ts";
import { getterOf } from "../../sentinel/shared-with-hook.ts";

/** Blazor's protocol has the same format. */
const MESSAGEPACK = ["messagepack", BLAZORPACK];

const bufferLength = getterOf("ArrayBuffer", "byteLength");
const blobSize = getterOf("Blob", "size");
const { isView } = ArrayBuffer;

/** Shared by all messages: it is read before the next message is scanned. */
const place = newBinaryFrame();

/** Reads the envelope of the message at `at`. Data that can't be read counts as one message up to the end of the frame. */
export function nextMessage(
  bytes: Uint8Array,
  at: number,
  protocol: string,
  envelope: Envelope,
): Readonly<BinaryFrame> {
  if (MESSAGEPACK.includes(protocol)) {
    readFrame(bytes, at, place);
    if (place.problem === undefined) {
      scanBinaryMessage(bytes, place.start, place.end, envelope);
      return place;
    }
  } else {
    place.problem = `a frame of the ${protocol} protocol`;
    place.problemAt = at;
  }
  clearEnvelope(envelope);
  place.start = at;
  place.end = bytes.length;
  envelope.problem = place.problem;
  envelope.problemAt = place.problemAt - at;
  return place;
}

/**
 * The first bytes of a message, without its secrets.
 * @param known see `findSecrets`
 */
export const payloadOf = (
  bytes: Uint8Array,
  start: number,
  end: number,
  longest: Bytes,
  known: readonly string[],
): string =>
  encodeBase64(maskedBytes(bytes, start, Math.min(end, start + longest + BEHIND), known).slice(0, longest));

/** undefined: its bytes can't be read synchronously. An ArrayBuffer may come from another window. */
export function bytesOf(data: unknown): Uint8Array | undefined {
  if (isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  try {
    bufferLength(data as ArrayBuffer);
    return new Uint8Array(data as ArrayBuffer);
  } catch {
    return undefined; // a Blob
  }
}

/** Of requests and responses. */
const LONGEST_HANDSHAKE = 1_024;
const RECORD_SEPARATOR = 0x1e;

/**
 * The beginning of a frame as text; of a binary one the part up to the first separator. With a binary protocol the handshake
 * comes in binary frames: those of the server always, those of the .NET client, too.
 */
export function beginningOf(data: unknown): string {
  if (typeof data === "string") return data;
  const bytes = bytesOf(data)?.subarray(0, LONGEST_HANDSHAKE);
  return bytes ? readUtf8(bytes, 0, bytes.indexOf(RECORD_SEPARATOR) + 1) : "";
}

export function sizeOf(data: unknown): number {
  try {
    return blobSize(data as Blob);
  } catch {
    return 0; // an object that is converted to text when it is sent
  }
}
