/** Turns frames into recorded messages, as the hook does. Not on any page's hot path: it is written to be short. */
import type { HubMessage, MessageCounts, Unstamped } from "../events/events.ts";
import type { SocketId } from "../ids.ts";
import { omitUndefined } from "../omit-undefined.ts";
import { BLAZORPACK } from "../protocol/blazor.ts";
import {
  RECORD_SEPARATOR,
  clearEnvelope,
  newEnvelope,
  readStreamIds,
  scanMessage,
  utf8End,
  utf8Length,
} from "../protocol/json-scan.ts";
import { scanBinaryMessage } from "../protocol/messagepack/envelope.ts";
import { newBinaryFrame, readFrame } from "../protocol/messagepack/frames.ts";
import { CLOSE, PING, type Direction, type MessageType } from "../protocol/terms.ts";
import { maskedBytes } from "../redaction/mask-binary.ts";
import { BEHIND, redactText } from "../redaction/redact.ts";
import { shortened } from "../text/shortened.ts";
import type { Bytes, EpochMilliseconds } from "../units.ts";
import { createBusySeconds } from "./busy-seconds.ts";
import type { Wanted } from "./wanted.ts";

const LONGEST_NAME = 1_000;
const LONGEST_ERROR = 10_000;
/** Limits the beginning of a message whose end may come with the next frame. */
const LONGEST_REST = 1_000_000;
const MAX_STREAMS = 1_000;

export type MessageEvent = Unstamped<HubMessage> | Unstamped<MessageCounts>;

export interface MessageReader {
  /** From the handshake. */
  protocol: string;
  /** The messages in a frame. `tokens`: removed wherever they occur. */
  read(
    t: EpochMilliseconds,
    direction: Direction,
    data: string | Uint8Array,
    wanted: Wanted,
    tokens: readonly string[],
  ): MessageEvent[];
  /** No more frames will come. */
  end(t: EpochMilliseconds, wanted: Wanted, tokens: readonly string[]): MessageEvent[];
}

const envelope = newEnvelope();
const place = newBinaryFrame();

export function createMessageReader(socket: SocketId): MessageReader {
  /** Sent text without its end: servers accept a message that is split over frames. */
  let rest = "";
  const busy = createBusySeconds(socket);

  const readText = (
    t: EpochMilliseconds,
    direction: Direction,
    frame: string,
    wanted: Wanted,
    tokens: readonly string[],
    isLast: boolean,
  ): MessageEvent[] => {
    const found: MessageEvent[] = [];
    let text = frame;
    if (direction === "out") {
      text = rest + frame;
      rest = "";
    }
    for (let start = 0; start < text.length;) {
      const separator = text.indexOf(RECORD_SEPARATOR, start);
      const end = separator < 0 ? text.length : separator;
      if (separator < 0 && !isLast && direction === "out" && end - start < LONGEST_REST) {
        rest = text.slice(start);
        return found;
      }
      scanMessage(text, start, end, envelope);
      if (separator < 0) {
        envelope.type = 0;
        envelope.problem = "the frame ends without a record separator";
        envelope.problemAt = end - start;
      }
      const size = utf8Length(text, start, end) + (separator < 0 ? 0 : 1);
      const { type } = envelope;
      if (!busy.takes(t, direction, type, size, wanted)) {
        const { payloadCap } = wanted;
        const to = size <= payloadCap ? end : utf8End(text, start, end, payloadCap);
        const payload = hasPayload(type, wanted)
          ? redactText(text.slice(start, Math.min(end, to + BEHIND)), tokens, to - start)
          : undefined;
        const problemAt =
          envelope.problem === undefined ? undefined : utf8Length(text, start, start + envelope.problemAt);
        const truncated = (payload !== undefined && to < end) || undefined;
        found.push(messageOf(t, direction, size, wanted, tokens, { payload, problemAt, truncated }));
      }
      start = end + 1;
    }
    return found;
  };

  const readBinary = (
    t: EpochMilliseconds,
    direction: Direction,
    bytes: Uint8Array,
    wanted: Wanted,
    tokens: readonly string[],
  ): MessageEvent[] => {
    const found: MessageEvent[] = [];
    // A resumed connection has no handshake: its first message shows the protocol.
    if (self.protocol === "json") self.protocol = "messagepack";
    for (let at = 0; at < bytes.length;) {
      scanAt(bytes, at, self.protocol);
      const { start, end } = place;
      const size = end - at;
      at = end;
      if (busy.takes(t, direction, envelope.type, size, wanted)) continue;
      const { payloadCap } = wanted;
      const binary = hasPayload(envelope.type, wanted)
        ? btoa(
            maskedBytes(bytes, start, Math.min(end, start + payloadCap + BEHIND), tokens).slice(
              0,
              payloadCap,
            ),
          )
        : undefined;
      const problemAt = envelope.problem === undefined ? undefined : envelope.problemAt;
      const truncated = (binary !== undefined && end - start > payloadCap) || undefined;
      found.push(messageOf(t, direction, size, wanted, tokens, { binary, problemAt, truncated }));
    }
    return found;
  };

  const messageOf = (
    t: EpochMilliseconds,
    direction: Direction,
    size: Bytes,
    { payloads, payloadCap }: Wanted,
    tokens: readonly string[],
    more: {
      readonly payload?: string | undefined;
      readonly binary?: string | undefined;
      readonly problemAt: number | undefined;
      readonly truncated: true | undefined;
    },
  ): Unstamped<HubMessage> => {
    const { type, target, invocationId, error, allowReconnect, sequenceId, problem } = envelope;
    const name = (text: string | undefined): string | undefined =>
      text === undefined ? undefined : shortened(redactText(text, tokens), LONGEST_NAME);
    const longest = type === CLOSE ? LONGEST_ERROR : Math.min(LONGEST_ERROR, payloadCap);
    // The error of a Close message belongs to the lifecycle; that of a hub method is payload.
    const words = type === CLOSE || payloads ? shortened(redactText(error ?? "", tokens), longest) : "";
    return {
      kind: "message",
      t,
      socket,
      direction,
      type,
      size,
      ...omitUndefined({
        target: name(target),
        invocationId: name(invocationId),
        streamIds: readStreamIds(envelope.streamIds)
          ?.slice(0, MAX_STREAMS)
          .map((id) => name(id) ?? ""),
        error: error === undefined ? undefined : words,
        allowReconnect: type === CLOSE ? allowReconnect : undefined,
        sequenceId,
        problem: name(problem),
        ...more,
      }),
    };
  };

  const self: MessageReader = {
    protocol: "json",
    read(t, direction, data, wanted, tokens) {
      const counted = busy.before(t);
      const messages =
        typeof data === "string"
          ? readText(t, direction, data, wanted, tokens, false)
          : readBinary(t, direction, data, wanted, tokens);
      return counted ? [counted, ...messages] : messages;
    },
    end(t, wanted, tokens) {
      const last = readText(t, "out", "", wanted, tokens, true);
      const counted = busy.before(Infinity);
      return counted ? [counted, ...last] : last;
    },
  };
  return self;
}

const hasPayload = (type: MessageType, { payloads }: Wanted): boolean => payloads && type !== PING;

/** Reads the envelope of the message at `at`. Data that can't be read counts as one message up to the end of the frame. */
function scanAt(bytes: Uint8Array, at: number, protocol: string): void {
  if (protocol === "messagepack" || protocol === BLAZORPACK) {
    readFrame(bytes, at, place);
    if (place.problem === undefined) {
      scanBinaryMessage(bytes, place.start, place.end, envelope);
      return;
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
}
