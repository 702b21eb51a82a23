import { TABS, usePanel, type TabName } from "../state/panel-state.ts";
import { whole } from "./format.ts";
import { Icon } from "./icon.tsx";
import { Splitter } from "./splitter.tsx";

const WORDS: Readonly<Record<TabName, string>> = {
  interruptions: "Interruptions",
  connections: "Connections",
  messages: "Messages",
  calls: "Calls",
  faults: "Fault lab",
  scenarios: "Scenarios",
  report: "Report",
};

interface Count {
  readonly text: string;
  readonly tone?: "hot" | "armed";
}

function useCounts(): Partial<Record<TabName, Count>> {
  const panel = usePanel();
  const recording = panel.loaded.value;
  if (!recording || recording.version.value === 0) return {};
  const { model } = recording;
  const interruptions = panel.selection.interruptions.value;
  const lost = interruptions.reduce(
    (sum, { interruption }) => sum + interruption.pending.filter((call) => call.fate === "lost").length,
    0,
  );
  const calls = model.hubs.reduce((sum, hub) => sum + hub.calls.length, 0);
  const running = panel.isLive.value ? panel.faults.running.value.length : 0;
  return {
    interruptions: { text: whole(panel.selection.downtimes.value.length) },
    connections: { text: whole(model.hubs.length) },
    messages: { text: whole(model.messages) },
    calls: lost > 0 ? { text: `${whole(lost)} lost`, tone: "hot" } : { text: whole(calls) },
    ...(running > 0 ? { faults: { text: `${running} running`, tone: "armed" as const } } : {}),
  };
}

export function Tabs({ split, onSplit }: { split: boolean; onSplit: (by: number) => void }) {
  const panel = usePanel();
  const counts = useCounts();
  const current = panel.tab.value;
  const move = (event: KeyboardEvent): void => {
    const at = TABS.indexOf(current);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TABS.length - 1 }[event.key];
    const name = to === undefined ? undefined : TABS[(to + TABS.length) % TABS.length];
    if (name === undefined) return;
    event.preventDefault();
    panel.tab.value = name;
    document.getElementById(`tab-${name}`)?.focus();
  };
  return (
    <nav class="tabs" aria-label="Views">
      {split && <Splitter onMove={onSplit} />}
      <div role="tablist" style={{ display: "contents" }} onKeyDown={move}>
        {TABS.map((name) => {
          const count = counts[name];
          return (
            <button
              key={name}
              id={`tab-${name}`}
              class="tab"
              role="tab"
              aria-selected={name === current}
              aria-controls="pane"
              tabIndex={name === current ? 0 : -1}
              data-testid={`tab-${name}`}
              onClick={() => {
                panel.tab.value = name;
              }}
            >
              {WORDS[name]}
              {count && <span class={`count ${count.tone ?? ""}`}>{count.text}</span>}
            </button>
          );
        })}
      </div>
      <span class="grow" />
      <button
        class="tool"
        title={split ? "Fold the timeline" : "Unfold the timeline"}
        aria-label={split ? "Fold the timeline" : "Unfold the timeline"}
        aria-pressed={split}
        data-testid="fold-timeline"
        onClick={() => {
          panel.timelineOpen.value = { ...panel.timelineOpen.value, [current]: !split };
        }}
      >
        <Icon name="split" />
      </button>
    </nav>
  );
}
