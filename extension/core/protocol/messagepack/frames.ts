/**
 * Messages of a binary hub protocol within a frame: each is preceded by its length, a VarInt of 1 to 5 bytes ("MessagePack
 * encoding" in https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md).
 */

/** Reused: read it before the next message is looked for. */
export interface BinaryFrame {
  /** Where the message begins, after its length. */
  start: number;
  end: number;
  /** Why there is no message; then `problemAt` says where. */
  problem: string | undefined;
  problemAt: number;
}

export const newBinaryFrame = (): BinaryFrame => ({ start: 0, end: 0, problem: undefined, problemAt: 0 });

const LONGEST_PREFIX = 5;

/** Reads the length at `at`. If it is invalid, the rest counts as one message, and `problem` says why. */
export function readFrame(bytes: Uint8Array, at: number, into: BinaryFrame): void {
  let length = 0;
  let scale = 1;
  let to = at;
  let more = true;
  while (more && to < bytes.length && to - at < LONGEST_PREFIX) {
    const byte = bytes[to++] as number;
    length += (byte & 0x7f) * scale;
    scale *= 0x80;
    more = byte >= 0x80;
  }
  into.start = to;
  into.end = to + length;
  into.problem = undefined;
  if (!more && length < 2 ** 31 && into.end <= bytes.length) return;
  into.problemAt = more || length >= 2 ** 31 ? to : bytes.length;
  into.problem =
    more && to - at < LONGEST_PREFIX
      ? "the length of the message is cut off"
      : more || length >= 2 ** 31
        ? "the length of the message is out of range"
        : `the message is cut off: ${length} bytes were announced, ${bytes.length - to} came`;
  into.end = bytes.length;
}
