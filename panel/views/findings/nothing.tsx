import { counted } from "../../../extension/core/text/format.ts";
import { findingsOf, type Shown } from "../../state/findings/findings-control.ts";
import { usePanel } from "../../state/panel-state.ts";

/** No finding passes the filter: says why, and what to do next. */
export function Nothing({ counts }: { counts: Readonly<Record<Shown, number>> }) {
  const panel = usePanel();
  const control = findingsOf(panel);
  const filtered = control.text.value !== "" || control.group.value !== null || control.show.value !== "open";
  if (filtered && counts[control.show.value] > 0)
    return (
      <div class="nothing">
        <p>No findings match the filter.</p>
        <button
          class="btn"
          onClick={() => {
            control.text.value = "";
            control.group.value = null;
          }}
        >
          Clear the filter
        </button>
      </div>
    );
  const unknown = counts["cant-tell"];
  return (
    <div class="nothing" data-testid="no-findings">
      <b>{control.show.value === "open" ? "No open findings" : "Nothing here"}</b>
      <p>
        {counted(counts.ok, "check is", "checks are")} OK.
        {unknown > 0 &&
          ` ${counted(unknown, "check")} can't tell yet: most need a lost connection. Inject a fault or run the scenarios.`}
      </p>
      {unknown > 0 && (
        <p class="links">
          <button
            class="link"
            onClick={() => {
              control.show.value = "cant-tell";
            }}
          >
            Show what can't be told
          </button>
          <button
            class="link"
            onClick={() => {
              panel.tab.value = "scenarios";
            }}
          >
            Open scenarios
          </button>
        </p>
      )}
    </div>
  );
}
