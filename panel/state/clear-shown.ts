/** The action of the clear button. */
import { batch } from "@preact/signals";
import { clock } from "../../extension/core/text/format.ts";
import { nameOf } from "./recordings.ts";
import type { PanelState } from "./panel-state.ts";

type Clearing = Pick<
  PanelState,
  "source" | "notices" | "shown" | "isLive" | "loaded" | "cleared" | "view" | "selection" | "show"
>;

/**
 * For a live page: hides everything up to now. For a finished recording nothing would be left to show: so it is closed, and
 * stays in the list.
 */
export function clearShown(panel: Clearing): void {
  const { source, notices, cleared, view, selection } = panel;
  const shown = panel.shown.peek();
  const recording = panel.loaded.peek();
  if (!shown || !recording || recording.model.to === 0) return;
  const say = (text: string, undo: () => void): void => {
    const notice = notices.show({
      tone: "note",
      text,
      about: panel.shown.peek()?.id,
      action: {
        label: "Undo",
        run: () => {
          notices.dismiss(notice);
          undo();
        },
      },
    });
  };
  if (!panel.isLive.peek()) {
    panel.show(null);
    say(`${nameOf(shown)} is cleared. It is still in the list of recordings.`, () => {
      panel.show(shown.id);
    });
    return;
  }
  const before = cleared.at.peek();
  const from = Math.max(recording.model.to, source.now());
  const since = (at: number): void => {
    batch(() => {
      cleared.set(shown.id, at);
      selection.clear();
      const begin = Math.max(recording.model.from, at);
      view.reset({ from: begin, to: Math.max(source.now(), recording.model.to, begin + 1000) });
    });
  };
  since(from);
  say(`Cleared everything before ${clock(from)}. It is still in the recording.`, () => {
    since(before);
  });
}
