/** Shows a notice when a page with a running fault is reloaded or left, as the fault ends with it. */
import { effect, type ReadonlySignal } from "@preact/signals";
import { FAULTS } from "../../extension/core/faults/outlines.ts";
import type { FaultSpan } from "../../extension/core/model/types.ts";
import type { LoadedRecording } from "./loaded-recording.ts";
import { endingOf } from "./is-over.ts";
import type { Notices } from "./notices.ts";

/** @param follows whether another recording is shown because the page was reloaded or left, not because the user chose it */
export function watchCutShort(
  loaded: ReadonlySignal<LoadedRecording | null>,
  running: ReadonlySignal<readonly FaultSpan[]>,
  follows: () => boolean,
  notices: Notices,
): () => void {
  let before: { readonly recording: LoadedRecording | null; readonly faults: readonly FaultSpan[] } = {
    recording: null,
    faults: [],
  };
  return effect(() => {
    const recording = loaded.value;
    const faults = running.value;
    const gone = before.recording !== recording && follows();
    const ended = before.recording && endingOf(before.recording.id, before.recording.model);
    const unrecorded = ended !== null && ended.why !== "left";
    for (const fault of before.faults) {
      if (fault.end !== "page-closed" && !(gone && fault.until === null)) continue;
      const { title } = FAULTS[fault.command.name];
      notices.show({
        tone: "warn",
        text: unrecorded
          ? `${title} was running when the recording ended: its end is not recorded.`
          : `${title} ended early: the page was reloaded or left while it ran.`,
      });
    }
    before = { recording, faults: follows() ? faults : [] };
  });
}
