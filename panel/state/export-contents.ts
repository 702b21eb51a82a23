/** What of the shown recording an export contains, by the user's choices. */
import { masksAny } from "../../extension/export/masks/masks.ts";
import type { ExportContents } from "../../extension/export/write-export.ts";
import type { PanelState } from "./panel-state.ts";
import type { Range } from "./time-scale.ts";

type Choices = Pick<PanelState, "withPayloads" | "exportShown" | "masks" | "view">;

/** The part that the timeline shows; null: it shows all of the recording. */
export function partShown({ view }: Choices): Range | null {
  const { from, to } = view.range.value;
  const whole = view.extent.value;
  return from > whole.from || to < whole.to ? { from, to } : null;
}

export function exportContents(choices: Choices): ExportContents {
  const range = choices.exportShown.value ? partShown(choices) : null;
  const masks = choices.masks.value;
  return {
    payloads: choices.withPayloads.value,
    ...(range ? { range } : {}),
    ...(masksAny(masks) ? { masks } : {}),
  };
}
