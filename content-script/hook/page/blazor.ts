/** What a Blazor page shows of its circuit: the state of its reconnect UI. */
import { RECONNECT_UI_STATES, type ReconnectUiState } from "../../../extension/core/protocol/blazor.ts";
import { apply, guarded } from "../../sentinel/shared-with-hook.ts";
import type { Recorder } from "../record/recorder.ts";

const elementById = Document.prototype.getElementById;
const attributeOf = Element.prototype.getAttribute;

/** @returns looks for a change of the reconnect UI: its element may not exist before it is needed */
export function watchReconnectUi(recorder: Recorder): () => void {
  let watched: Element | null = null;
  let last: ReconnectUiState | undefined;
  const read = (): void => {
    if (!watched) return;
    const names = apply(attributeOf, watched, ["class"])?.split(/\s+/) ?? [];
    const state = RECONNECT_UI_STATES.find((name) => names.includes(`components-reconnect-${name}`));
    if (state === undefined || state === last) return;
    // Once it was shown and hidden, it is there and hidden for good: that isn't news.
    if (last !== undefined || state !== "hide") recorder.record({ kind: "reconnect-ui", state });
    last = state;
  };
  const observer = new MutationObserver(() => {
    guarded(read);
  });
  return () => {
    const found = apply(elementById, document, ["components-reconnect-modal"]);
    if (found !== watched) {
      observer.disconnect();
      watched = found;
      if (found) observer.observe(found, { attributeFilter: ["class"] });
    }
    read();
  };
}
