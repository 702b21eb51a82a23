/** Turns frames into recorded messages. The hot path of the hook: runs for every frame of a SignalR connection. */
import {
  CLOSE,
  PING,
  SEQUENCE,
  type Direction,
  type MessageType,
} from "../../../extension/core/protocol/terms.ts";
import type { FaultId, SocketId } from "../../../extension/core/ids.ts";
import {
  RECORD_SEPARATOR,
  clearEnvelope,
  isAscii,
  newEnvelope,
  readStreamIds,
  scanMessage,
  type Envelope,
  utf8End,
  utf8Length,
} from "../../../extension/core/protocol/json-scan.ts";
import { createMessageHeads } from "../../../extension/core/protocol/message-heads.ts";
import { cleanEnvelope, cleanName } from "./clean-envelope.ts";
import type { CircuitWatch } from "./circuit-watch.ts";
import { BEHIND, redactText } from "../../../extension/core/redaction/redact.ts";
import { shortened } from "../../../extension/core/text/shortened.ts";
import { bytesOf, nextMessage, payloadOf, sizeOf } from "./binary-messages.ts";
import type { FlightRecorder } from "./flight-recorder.ts";
import { MessageDraft } from "./message-draft.ts";
import { nowOfMillisecond } from "../platform/clock.ts";
import type { Recorder } from "./recorder.ts";

export interface MessageRecorder {
  /** From the handshake; decides how frames are read. */
  protocol: string;
  /** Of a Blazor page's connection. */
  circuit: CircuitWatch | undefined;
  record(direction: Direction, data: unknown, fault: FaultId, swallowed: boolean): void;
  /**
   * With stateful reconnect: the sequence numbers of the newest messages of types 1 to 5, as both sides count them. A Sequence
   * message sets them.
   */
  readonly counted: Record<Direction, number>;
  /** No more frames will come. */
  end(): void;
}

/** Types 1 (Invocation) to 5 (CancelInvocation) are numbered. */
const LAST_COUNTED = 5;
const LONGEST_ERROR = 10_000;
/** Limits the beginning of a message whose end may come with the next frame. */
const LONGEST_REST = 1_000_000;

/** Shared by all messages: it is read before the next message is scanned. */
const envelope = newEnvelope();

const MAX_STREAMS = 1_000;

export function createMessageRecorder(
  socket: SocketId,
  recorder: Recorder,
  flight: FlightRecorder,
): MessageRecorder {
  /** Sent text without its end: servers, unlike clients, accept a message that is split over frames. */
  let rest = "";
  const counted = { in: 0, out: 0 };
  const heads = createMessageHeads();
  /** The tokens that targets and ids in them were searched for. */
  let headsFor: readonly string[] = [];
  const count = (
    direction: Direction,
    swallowed: boolean,
    { type, sequenceId }: Pick<Envelope, "type" | "sequenceId">,
  ): void => {
    if (swallowed) return;
    if (type > 0 && type <= LAST_COUNTED) counted[direction]++;
    else if (type === SEQUENCE && sequenceId !== undefined) counted[direction] = sequenceId - 1;
  };

  const recordText = (
    direction: Direction,
    t: number,
    frame: string,
    fault: FaultId,
    swallowed: boolean,
    isLast = false,
  ): void => {
    let text = frame;
    if (direction === "out") {
      text = rest + frame;
      rest = "";
    }
    const ascii = isAscii(text);
    beginHeads();
    for (let start = 0; start < text.length;) {
      const separator = text.indexOf(RECORD_SEPARATOR, start);
      const end = separator < 0 ? text.length : separator;
      if (separator < 0 && !isLast && direction === "out" && end - start < LONGEST_REST) {
        rest = text.slice(start);
        return;
      }
      const size = (ascii ? end - start : utf8Length(text, start, end)) + (separator < 0 ? 0 : 1);
      const head = separator >= 0 ? heads.find(text, start, end) : undefined;
      if (!head) {
        readText(text, start, end, separator < 0);
        heads.learn(text, start, envelope);
      }
      count(direction, swallowed, head ?? envelope);
      if (fault !== 0 || !flight.take(direction, t, head ?? envelope, size)) {
        // To record a message, all of its fields are needed.
        if (head) readText(text, start, end, false);
        recorder.recordMessage(textDraft(direction, t, text, start, end, size, fault, swallowed));
      }
      start = end + 1;
    }
  };
  const readText = (text: string, start: number, end: number, isUnfinished: boolean): void => {
    scanMessage(text, start, end, envelope);
    if (isUnfinished) unfinished(end - start);
    cleanEnvelope(envelope, recorder.tokens.texts);
  };
  const beginHeads = (): void => {
    const { texts } = recorder.tokens;
    if (texts !== headsFor) heads.forget();
    headsFor = texts;
  };
  const textDraft = (
    direction: Direction,
    t: number,
    text: string,
    start: number,
    end: number,
    size: number,
    fault: FaultId,
    swallowed: boolean,
  ): MessageDraft => {
    const message = draft(direction, t, size, fault, swallowed);
    const { payloadCap } = recorder.mode;
    if (envelope.problem !== undefined)
      message.problemAt = utf8Length(text, start, start + envelope.problemAt);
    if (takesPayload(message)) {
      // `size` is in bytes, with the separator: most messages need no further check.
      const to = size <= payloadCap ? end : utf8End(text, start, end, payloadCap);
      message.payload = redactText(
        text.slice(start, Math.min(end, to + BEHIND)),
        recorder.tokens.texts,
        to - start,
      );
      if (to < end) message.truncated = true;
    }
    return message;
  };
  /** A payload that is left out, as there are too many, counts as cut to nothing. */
  const takesPayload = (message: MessageDraft): boolean => {
    if (!recorder.mode.payloads || message.type === PING) return false;
    if (message.fault !== undefined || recorder.room.forPayload) return true;
    message.truncated = true;
    return false;
  };
  const draft = (
    direction: Direction,
    t: number,
    size: number,
    fault: FaultId,
    swallowed: boolean,
  ): MessageDraft => {
    const { type, target, invocationId, error, sequenceId, problem } = envelope;
    const message = new MessageDraft(t, socket, direction, type, size);
    if (target !== undefined) message.target = target;
    if (invocationId !== undefined) message.invocationId = invocationId;
    const streamIds = readStreamIds(envelope.streamIds);
    if (streamIds)
      message.streamIds = streamIds.slice(0, MAX_STREAMS).map((id) => cleanName(id, recorder.tokens.texts));
    // The error of a Close message belongs to the lifecycle; that of a hub method is payload.
    if (error !== undefined)
      message.error = type === CLOSE || recorder.mode.payloads ? errorText(error, type) : "";
    if (type === CLOSE) message.allowReconnect = envelope.allowReconnect;
    if (sequenceId !== undefined) message.sequenceId = sequenceId;
    if (problem !== undefined) message.problem = problem;
    if (fault !== 0) message.fault = fault;
    if (swallowed) message.swallowed = true;
    return message;
  };
  const errorText = (error: string, type: MessageType): string => {
    const { payloadCap } = recorder.mode;
    return shortened(
      redactText(error, recorder.tokens.texts),
      type === CLOSE ? LONGEST_ERROR : Math.min(LONGEST_ERROR, payloadCap),
    );
  };
  const recordBinary = (
    direction: Direction,
    t: number,
    bytes: Uint8Array,
    fault: FaultId,
    swallowed: boolean,
  ): void => {
    // A resumed connection has no handshake: its first message shows the protocol.
    if (self.protocol === "json") self.protocol = "messagepack";
    for (let at = 0; at < bytes.length;) {
      const place = nextMessage(bytes, at, self.protocol, envelope);
      count(direction, swallowed, envelope);
      const { start, end } = place;
      const size = end - at;
      at = end;
      if (!swallowed) self.circuit?.(direction, envelope, bytes, start, end);
      cleanEnvelope(envelope, recorder.tokens.texts);
      if (fault === 0 && flight.take(direction, t, envelope, size)) continue;
      const message = draft(direction, t, size, fault, swallowed);
      if (envelope.problem !== undefined) message.problemAt = envelope.problemAt;
      const { payloadCap } = recorder.mode;
      if (takesPayload(message)) {
        message.binary = payloadOf(bytes, start, end, payloadCap, recorder.tokens.texts);
        if (end - start > payloadCap) message.truncated = true;
      }
      recorder.recordMessage(message);
    }
  };
  const recordUnread = (direction: Direction, data: unknown, fault: FaultId, swallowed: boolean): void => {
    const size = sizeOf(data);
    if (size === 0) return;
    clearEnvelope(envelope);
    envelope.problem = "not an array buffer";
    recorder.recordMessage(draft(direction, nowOfMillisecond(), size, fault, swallowed));
  };
  const self: MessageRecorder = {
    protocol: "json",
    circuit: undefined,
    counted,
    record(direction, data, fault, swallowed) {
      const t = nowOfMillisecond();
      const { postponed } = recorder;
      const isText = typeof data === "string";
      if (isText && fault === 0 && !recorder.mode.payloads && flight.counts(t)) {
        postponed.add(() => {
          recordText(direction, t, data, fault, swallowed);
        }, data.length);
        return;
      }
      postponed.readAll();
      if (isText) {
        recordText(direction, t, data, fault, swallowed);
        return;
      }
      // Binary data is read at once, as the page may change it.
      const bytes = bytesOf(data);
      if (bytes) recordBinary(direction, t, bytes, fault, swallowed);
      else recordUnread(direction, data, fault, swallowed);
    },
    end() {
      recorder.postponed.readAll();
      recordText("out", nowOfMillisecond(), "", 0, false, true);
    },
  };
  return self;
}

function unfinished(length: number): void {
  envelope.type = 0;
  envelope.problem = "the frame ends without a record separator";
  envelope.problemAt = length;
}
