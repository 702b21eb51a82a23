import { ANSWER_WORD, GROUP_WORD, GROUPS } from "../../../extension/wording/finding-words.ts";
import { findingsOf, type Shown } from "../../state/findings/findings-control.ts";
import { usePanel } from "../../state/panel-state.ts";
import { SHOWN } from "./listing.ts";

const SHOWN_WORD: Readonly<Record<Shown, string>> = {
  open: "Open",
  gone: "Gone",
  done: "Done",
  ignored: "Ignored",
  ok: ANSWER_WORD.ok,
  "cant-tell": ANSWER_WORD["cant-tell"],
  "not-applicable": ANSWER_WORD["not-applicable"],
  error: ANSWER_WORD.error,
};

/** Which findings, and which checks without one, are listed. */
export function FindingFilter({ counts }: { counts: Readonly<Record<Shown, number>> }) {
  const control = findingsOf(usePanel());
  const { show, group, text } = control;
  return (
    <div class="finding-filter">
      <select
        class="select"
        aria-label="Show"
        data-testid="findings-show"
        value={show.value}
        onChange={({ currentTarget: { value } }) => {
          show.value = SHOWN.find((one) => one === value) ?? "open";
        }}
      >
        {SHOWN.filter((one) => one === "open" || one === show.value || counts[one] > 0).map((one) => (
          <option key={one} value={one}>
            {SHOWN_WORD[one]} ({counts[one]})
          </option>
        ))}
      </select>
      <select
        class="select"
        aria-label="Group"
        data-testid="findings-group"
        value={group.value ?? ""}
        onChange={({ currentTarget: { value } }) => {
          group.value = GROUPS.find((one) => one === value) ?? null;
        }}
      >
        <option value="">All groups</option>
        {GROUPS.map((one) => (
          <option key={one} value={one}>
            {GROUP_WORD[one]}
          </option>
        ))}
      </select>
      <input
        type="search"
        placeholder="Filter findings"
        aria-label="Filter findings"
        data-testid="findings-text"
        value={text.value}
        onInput={({ currentTarget: { value } }) => {
          text.value = value;
        }}
      />
    </div>
  );
}
