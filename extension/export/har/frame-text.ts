/** A hub message, or a handshake, as an element of `_webSocketMessages`, as Chrome writes them. */
import type { Handshake, HubMessage } from "../../core/events/events.ts";
import { RECORD_SEPARATOR } from "../../core/protocol/json-scan.ts";
import { PING } from "../../core/protocol/terms.ts";
import { bytes } from "../../core/text/format.ts";
import { typeName } from "../../wording/labels.ts";

const TEXT = 1;
const BINARY = 2;

/** How its messages look on the wire: of the hub protocol "json" they are texts. null: there was no handshake. */
export type Protocol = string | null;

interface Frame {
  readonly opcode: typeof TEXT | typeof BINARY;
  readonly data: string;
  readonly comment?: string;
}

const PING_TEXT = `{"type":6}${RECORD_SEPARATOR}`;
/** Its length, and the array [6]. */
const PING_BYTES = "ApEG";

export function messageFrame(message: HubMessage, protocol: Protocol): string {
  return frameText(message, frameOf(message, protocol));
}

export const handshakeFrame = (handshake: Handshake): string =>
  frameText(handshake, { opcode: TEXT, data: `${handshakeText(handshake)}${RECORD_SEPARATOR}` });

/** In seconds, to the microsecond. */
function frameText({ direction, t }: Pick<HubMessage, "direction" | "t">, frame: Frame): string {
  const { opcode, data, comment } = frame;
  const time = Math.round(t * 1_000) / 1_000_000;
  return JSON.stringify({
    ...{ type: direction === "out" ? "send" : "receive", time, opcode, data },
    ...(comment === undefined ? {} : { comment }),
  });
}

const handshakeText = ({ direction, protocol, version, error }: Handshake): string =>
  JSON.stringify(direction === "out" ? { protocol, version } : error === undefined ? {} : { error });

function frameOf(message: HubMessage, protocol: Protocol): Frame {
  const { payload, binary, type, size, truncated, swallowed } = message;
  const dropped = swallowed ? ["dropped by a fault of Hubscope"] : [];
  const commented = (frame: Frame, ...words: readonly string[]): Frame => {
    const comment = [...words, ...dropped].join(", ");
    return comment === "" ? frame : { ...frame, comment };
  };
  const cut = truncated ? [`cut, was ${bytes(size)}`] : [];
  if (payload !== undefined)
    return commented({ opcode: TEXT, data: `${payload}${RECORD_SEPARATOR}` }, ...cut);
  if (binary !== undefined) return commented({ opcode: BINARY, data: withLength(binary) }, ...cut);
  // A ping has no payload to record, but it is known what it looks like.
  if (type === PING && size === PING_TEXT.length) return commented({ opcode: TEXT, data: PING_TEXT });
  if (type === PING && size === 3) return commented({ opcode: BINARY, data: PING_BYTES });
  const name = [type === 0 ? "Not decoded" : typeName(type), message.target].filter(Boolean).join(" ");
  return commented(
    { opcode: protocol === null || protocol === "json" ? TEXT : BINARY, data: "" },
    `${name}, ${bytes(size)}, payload not recorded`,
  );
}

/** Whether the recording has what the message says. */
export const hasContent = ({ payload, binary, type }: HubMessage): boolean =>
  payload !== undefined || binary !== undefined || type === PING;

/** Binary messages are recorded without their length, which precedes them on the wire: 7 bits in each byte, the lowest first. */
function withLength(base64: string): string {
  const content = decoded(base64);
  if (content === null) return base64;
  let prefix = "";
  let rest = content.length;
  do {
    prefix += String.fromCharCode((rest % 0x80) + (rest >= 0x80 ? 0x80 : 0));
    rest = Math.floor(rest / 0x80);
  } while (rest > 0);
  return btoa(prefix + content);
}

function decoded(base64: string): string | null {
  try {
    return atob(base64);
  } catch {
    return null;
  }
}
