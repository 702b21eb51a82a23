import { watch } from "../../state/watch.ts";
import { FAULTS } from "../../../extension/core/faults/outlines.ts";
import { targetInWords } from "../../../extension/wording/target-words.ts";
import { hubName } from "../../../extension/core/model/hub-name.ts";
import type { FaultSpan } from "../../../extension/core/model/types.ts";
import { TimeLink } from "../../components/time-link.tsx";
import { usePanel } from "../../state/panel-state.ts";
import { duration } from "../../../extension/core/text/format.ts";
import { OUTCOME_WORD } from "../../../extension/wording/labels.ts";

const END = {
  completed: "completed",
  undone: "undone",
  "panel-closed": "ended: panel closed",
  "page-closed": "ended: page closed",
  failed: "failed",
} as const;

/** The faults injected in this recording, and their effects. */
export function FaultHistory() {
  const panel = usePanel();
  const recording = panel.loaded.value;
  watch(recording?.version);
  const since = panel.cleared.at.value;
  const all =
    recording?.model.pages
      .flatMap((page) => page.faults)
      .filter(({ until }) => (until ?? Infinity) > since)
      .sort((a, b) => b.from - a.from) ?? [];
  return (
    <>
      <h3 class="section bar">
        Injected faults <span class="dim">{all.length > 0 ? all.length : ""}</span>
      </h3>
      {all.length === 0 && (
        <p class="soft pad">No faults injected. Injected faults appear in violet on the timeline.</p>
      )}
      <ul>
        {all.map((fault) => (
          <HistoryRow key={`${fault.page}:${fault.fault}`} fault={fault} />
        ))}
      </ul>
    </>
  );
}

function HistoryRow({ fault }: { fault: FaultSpan }) {
  const panel = usePanel();
  const recording = panel.loaded.value;
  const hub = recording?.model.hubs.find((one) => one.key === fault.hubKey);
  const results = panel.selection.interruptions.value.filter(
    ({ interruption, hub: own }) => own.page === fault.page && interruption.faults.includes(fault.fault),
  );
  const end = fault.end === null ? "running" : END[fault.end];
  return (
    <li class="done" data-testid="fault-done" data-fault={fault.command.name} data-end={fault.end ?? ""}>
      <div class="head">
        <b>{FAULTS[fault.command.name].title}</b>
        <span class="dim">{hub ? hubName(hub) : targetInWords(fault.command.target)}</span>
        <span class="grow" />
        <TimeLink t={fault.from} hubKey={fault.hubKey} />
      </div>
      <div class="soft">
        {end}
        {fault.until !== null &&
          fault.until - fault.from > 100 &&
          ` after ${duration(fault.until - fault.from)}`}
        {fault.detail !== null && `: ${fault.detail}`}
      </div>
      {results.map(({ interruption, hub: own }) => (
        <button
          key={interruption.key}
          class="link"
          onClick={() => {
            panel.selection.select({ downtime: interruption, hub: own });
            panel.tab.value = "interruptions";
          }}
        >
          {hubName(own)}: {OUTCOME_WORD[interruption.outcome]}
          {interruption.until !== null && ` after ${duration(interruption.until - interruption.from)}`}
        </button>
      ))}
    </li>
  );
}
