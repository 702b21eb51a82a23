/** The frames of a WebSocket as a HAR has them. */
import { isTime } from "../events/field-types.ts";
import { isObject } from "../is-object.ts";
import type { Direction } from "../protocol/terms.ts";
import type { EpochMilliseconds } from "../units.ts";

export interface HarFrame {
  readonly t: EpochMilliseconds;
  readonly direction: Direction;
  readonly data: string | Uint8Array;
}

const TEXT = 1;
const BINARY = 2;

/** null: it is none with a message of SignalR, or one that can't be read. */
export function readFrame(value: unknown): HarFrame | null {
  if (!isObject(value)) return null;
  const { type, opcode, data } = value;
  const t = timeOf(value);
  if ((type !== "send" && type !== "receive") || !isTime(t) || typeof data !== "string") return null;
  const content = opcode === TEXT ? data : opcode === BINARY ? bytesOf(data) : null;
  return content === null ? null : { t, direction: type === "send" ? "out" : "in", data: content };
}

/** Chrome has seconds, Playwright milliseconds. NaN: not known. */
export function timeOf(value: unknown): EpochMilliseconds {
  const time = isObject(value) ? value["time"] : undefined;
  if (typeof time !== "number") return NaN;
  return time > LATEST_IN_SECONDS ? time : time * 1_000;
}
/** In the year 5138. As milliseconds it was in 1973. */
const LATEST_IN_SECONDS = 1e11;

/** The browser's name of what went wrong, in a frame that tells of an error. */
export function errorIn(frames: readonly unknown[]): string | undefined {
  for (const frame of frames) {
    const said = isObject(frame) && frame["type"] === "error" ? frame["data"] : undefined;
    const name = typeof said === "string" ? /net::ERR_[A-Z_]{1,100}/.exec(said)?.[0] : undefined;
    if (name !== undefined) return name;
  }
  return undefined;
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** When the last frame came. 0: there is none. */
export function lastFrame({ frames }: { readonly frames: readonly unknown[] }): EpochMilliseconds {
  return frames.reduce<EpochMilliseconds>((latest, frame) => Math.max(latest, timeOf(frame) || 0), 0);
}
