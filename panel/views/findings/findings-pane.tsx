import { PanelContent } from "../../components/panel-content.tsx";
import { Reading } from "../../components/reading-progress.tsx";
import { findingsOf } from "../../state/findings/findings-control.ts";
import { usePanel } from "../../state/panel-state.ts";
import { FindingFilter } from "./finding-filter.tsx";
import { FindingList } from "./finding-list.tsx";
import { FindingView } from "./finding-view.tsx";
import { allRows, countsOf, listed } from "./listing.ts";
import { GuidanceSheet } from "./guidance-sheet.tsx";
import { SheetButton } from "./sheet-button.tsx";
import { Nothing } from "./nothing.tsx";

/** The Findings tab: what the app could do better, worst first. */
export function FindingsPane() {
  const panel = usePanel();
  const control = findingsOf(panel);
  const results = control.results.value;
  if (results === null)
    return (
      <div class="pane nothing" id="pane" role="tabpanel" aria-labelledby="tab-findings" aria-busy="true">
        {panel.reading.value === null ? <p>Checking the recording…</p> : <Reading />}
      </div>
    );
  const rows = allRows(results, control.found.value, control.foundBefore);
  const filter = { show: control.show.value, group: control.group.value, text: control.text.value };
  const own = listed(rows, filter);
  const chosen = own.find(({ result }) => result.key === control.chosen.value) ?? own[0];
  return (
    <div class="pane pane-findings" id="pane" role="tabpanel" aria-labelledby="tab-findings">
      <section class="col finding-side" aria-label="Findings">
        <SheetButton />
        <FindingFilter counts={countsOf(rows)} />
        {own.length > 0 && <FindingList rows={own} chosen={control.sheet.value ? undefined : chosen} />}
      </section>
      <section class="col finding-main" aria-label="Finding" tabIndex={-1}>
        {control.sheet.value ? (
          <GuidanceSheet />
        ) : chosen ? (
          <PanelContent>
            <FindingView key={chosen.result.key} row={chosen} />
          </PanelContent>
        ) : (
          <Nothing counts={countsOf(rows)} />
        )}
      </section>
    </div>
  );
}
