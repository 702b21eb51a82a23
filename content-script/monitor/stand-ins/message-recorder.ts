/**
 * In the monitor's build in place of `hook/record/message-recorder.ts`: no payload is read, and no message is recorded by itself but those
 * that change the connection's state.
 */
import { BLAZORPACK } from "../../../extension/core/protocol/blazor.ts";
import { newEnvelope } from "../../../extension/core/protocol/json-scan.ts";
import { newBinaryFrame, readFrame } from "../../../extension/core/protocol/messagepack/frames.ts";
import { scanBinaryMessage } from "../../../extension/core/protocol/messagepack/envelope.ts";
import { CLOSE, type Direction, type MessageType } from "../../../extension/core/protocol/terms.ts";
import type { SocketId } from "../../../extension/core/ids.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import { nowOfMillisecond } from "../../hook/platform/clock.ts";
import { bytesOf } from "../../hook/record/binary-messages.ts";
import { MessageDraft } from "../../hook/record/message-draft.ts";
import type { MessageRecorder } from "../../hook/record/message-recorder.ts";
import type { MonitorRecorder } from "../observer/recorder.ts";
import { readTextFrame, type ControlMessage, type OnMessage } from "../observer/read-text-frame.ts";
import type { FlightRecorder } from "./flight-recorder.ts";

const LONGEST_ERROR = 1_000;

/** Shared by all messages: it is read before the next one is scanned. */
const envelope = newEnvelope();
const frame = newBinaryFrame();

export function createMessageRecorder(
  socket: SocketId,
  recorder: MonitorRecorder,
  flight: FlightRecorder,
): MessageRecorder {
  // Set before each frame: no closure for each of them.
  let direction: Direction = "in";
  let t: EpochMilliseconds = 0;
  const each: OnMessage = (type, size, control) => {
    if (control) record(type, size, control);
    else flight.note(direction, t, type, size);
  };
  const record = (
    type: MessageType,
    size: number,
    { error, allowReconnect, sequenceId }: ControlMessage,
  ): void => {
    // What came before it is recorded before it.
    flight.writeOut();
    const message = new MessageDraft(t, socket, direction, type, size);
    if (error !== undefined) message.error = error.slice(0, LONGEST_ERROR);
    if (type === CLOSE) message.allowReconnect = allowReconnect === true;
    if (sequenceId !== undefined) message.sequenceId = sequenceId;
    recorder.recordMessage(message);
  };
  const readBinary = (bytes: Uint8Array): void => {
    // A resumed connection has no handshake: its first message shows the protocol.
    if (self.protocol === "json") self.protocol = "messagepack";
    for (let at = 0; at < bytes.length; at = frame.end) {
      readFrame(bytes, at, frame);
      const { start, end, problem } = frame;
      const type = problem === undefined ? typeIn(bytes, start, end) : 0;
      if (self.protocol === BLAZORPACK || type >= CLOSE) {
        scanBinaryMessage(bytes, start, end, envelope);
        self.circuit?.(direction, envelope, bytes, start, end);
      }
      if (type >= CLOSE && envelope.type === type) record(type, end - at, definedOf(envelope));
      else each(type, end - at);
    }
  };
  const self: MessageRecorder = {
    protocol: "json",
    circuit: undefined,
    counted: { in: 0, out: 0 },
    record(to, data) {
      direction = to;
      t = nowOfMillisecond();
      if (typeof data === "string") readTextFrame(data, each);
      else {
        const bytes = bytesOf(data);
        if (bytes) readBinary(bytes);
        else each(0, 0);
      }
    },
    end: () => undefined,
  };
  return self;
}

/** A message is an array, and its first element the type. */
function typeIn(bytes: Uint8Array, start: number, end: number): MessageType {
  const type = bytes[start + 1] ?? 0;
  const isArray = ((bytes[start] ?? 0) & 0xf0) === 0x90;
  return isArray && start + 1 < end && type >= 1 && type <= 9 ? (type as MessageType) : 0;
}

const definedOf = ({ error, allowReconnect, sequenceId }: typeof envelope): ControlMessage => ({
  allowReconnect,
  ...(error === undefined ? {} : { error }),
  ...(sequenceId === undefined ? {} : { sequenceId }),
});
