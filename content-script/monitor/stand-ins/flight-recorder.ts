/** In the monitor's build in place of `hook/record/flight-recorder.ts`: messages are noted, and the newest are recorded when a connection ends. */
import type { SocketId } from "../../../extension/core/ids.ts";
import { MessageDraft } from "../../hook/record/message-draft.ts";
import { createMessageNotes, type MessageNotes } from "../observer/noted-messages.ts";
import type { MonitorRecorder } from "../observer/recorder.ts";

export interface FlightRecorder extends Pick<MessageNotes, "note"> {
  writeOut(): void;
}

export function createFlightRecorder(socket: SocketId, recorder: MonitorRecorder): FlightRecorder {
  const notes = createMessageNotes();
  recorder.noted.set(socket, notes);
  return {
    note: notes.note,
    writeOut() {
      notes.takeNewest((direction, t, type, size) => {
        recorder.recordMessage(new MessageDraft(t, socket, direction, type, size));
      });
    },
  };
}
