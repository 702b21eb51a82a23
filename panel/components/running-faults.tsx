import { FAULTS } from "../../extension/core/faults/outlines.ts";
import { targetInWords } from "../../extension/wording/target-words.ts";
import { hubName } from "../../extension/core/model/hub-name.ts";
import type { FaultSpan } from "../../extension/core/model/types.ts";
import { usePanel } from "../state/panel-state.ts";
import { countdown, duration } from "../../extension/core/text/format.ts";
import { Icon } from "../content/deferred-icons.tsx";
import { stopAll, undo } from "../state/fault-actions.ts";
import { useNow } from "./use-now.ts";

/** The faults that run now, how long each still lasts, and buttons to stop them. */
export function RunningFaults() {
  const panel = usePanel();
  const running = panel.faults.running.value;
  const now = useNow(running.length > 0);
  if (running.length === 0 || !panel.isLive.value) return null;
  return (
    <div class="running-strip" role="status" data-testid="running-faults">
      <div class="running-items">
        {running.map((fault) => (
          <RunningFault key={`${fault.page}:${fault.fault}`} fault={fault} now={now} />
        ))}
      </div>
      <span class="dim wide-only">All end when the panel closes.</span>
      <button
        class="btn small"
        data-testid="fault-stop-all"
        onClick={() => {
          stopAll(panel);
        }}
      >
        Stop all
      </button>
    </div>
  );
}

function RunningFault({ fault, now }: { fault: FaultSpan; now: number }) {
  const panel = usePanel();
  const recording = panel.loaded.value;
  const hub = recording?.model.hubs.find((one) => one.key === fault.hubKey);
  const { plannedUntil, from } = fault;
  const share = plannedUntil === null ? 0 : Math.min(1, Math.max(0, (now - from) / (plannedUntil - from)));
  return (
    <div class="running-item" data-testid="running-fault" data-fault={fault.command.name}>
      <span class="word">Running</span>
      <span>{FAULTS[fault.command.name].title}</span>
      <span class="dim">{hub ? hubName(hub) : targetInWords(fault.command.target)}</span>
      {plannedUntil === null ? (
        <span>for {duration(Math.max(0, Math.floor((now - from) / 1000) * 1000))} so far</span>
      ) : (
        <>
          <span class="drain">
            <i style={{ width: `${(1 - share) * 100}%` }} />
          </span>
          <span>{countdown(plannedUntil - now)}</span>
        </>
      )}
      <button
        class="btn small"
        data-testid="fault-undo"
        onClick={() => {
          undo(panel, fault);
        }}
      >
        <Icon name="undo" />
        Undo
      </button>
    </div>
  );
}
