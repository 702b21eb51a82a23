import { guidanceInWords } from "../../../extension/core/diagnosis/findings/guidance.ts";
import { Icon } from "../../content/deferred-icons.tsx";
import { findingsOf } from "../../state/findings/findings-control.ts";
import { sheetOf } from "../../state/findings/sheet-control.ts";
import { usePanel } from "../../state/panel-state.ts";

/** The scorecard in a sentence, above the list. */
export function SheetButton() {
  const panel = usePanel();
  const { sheet } = findingsOf(panel);
  return (
    <button
      class="sheet-button"
      aria-pressed={sheet.value}
      data-testid="guidance-open"
      onClick={() => {
        sheet.value = true;
      }}
    >
      <Icon name="file" />
      <b>Resilience scorecard</b>
      <span class="note">{guidanceInWords(sheetOf(panel).points.value)}</span>
    </button>
  );
}
