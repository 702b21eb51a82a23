import { useEffect, useRef } from "preact/hooks";
import { usePanel } from "../state/panel-state.ts";
import { TABS, type TabName } from "../state/tabs.ts";
import { whole } from "../../extension/core/text/format.ts";
import { Icon } from "../content/icon.tsx";
import { lazy } from "../components/lazy.tsx";
import { MenuButton } from "../components/menu-button.tsx";
import { TAB_NAMES } from "./tab-names.ts";

const ViewItems = lazy(async () => (await import("./deferred-panes.ts")).ViewItems);

interface Count {
  readonly text: string;
  readonly tone?: "hot" | "armed";
}

function useCounts(): Partial<Record<TabName, Count>> {
  const panel = usePanel();
  const recording = panel.loaded.value;
  if (!recording || recording.version.value === 0) return {};
  const interruptions = panel.selection.interruptions.value;
  const lost = interruptions.reduce(
    (sum, { interruption }) => sum + interruption.pending.filter((call) => call.fate === "lost").length,
    0,
  );
  const since = panel.cleared.at.value;
  const calls = recording.model.hubs.reduce(
    (sum, hub) =>
      sum + (since === 0 ? hub.calls.length : hub.calls.filter((call) => call.sentAt >= since).length),
    0,
  );
  const { open } = panel.flagged.value;
  const running = panel.isLive.value ? panel.faults.running.value.length : 0;
  return {
    interruptions: { text: whole(panel.selection.downtimes.value.length) },
    ...(open === null ? {} : { findings: { text: whole(open) } }),
    connections: { text: whole(panel.cleared.hubs.value.length) },
    messages: { text: whole(panel.cleared.messages.value) },
    calls: lost > 0 ? { text: `${whole(lost)} lost`, tone: "hot" } : { text: whole(calls) },
    ...(running > 0 ? { faults: { text: `${running} running`, tone: "armed" as const } } : {}),
  };
}

/** @param open the timeline is above */
export function Tabs({ open }: { open: boolean }) {
  const panel = usePanel();
  const counts = useCounts();
  const current = panel.tab.value;
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const tab = strip.current?.querySelector("[aria-selected=true]");
    tab?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
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
      <div class="tab-strip" role="tablist" ref={strip} onKeyDown={move}>
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
              {TAB_NAMES[name]}
              {count && <span class={`count ${count.tone ?? ""}`}>{count.text}</span>}
            </button>
          );
        })}
      </div>
      <MenuButton
        class="tool narrow-only"
        label="All views"
        opens="menu"
        testId="all-views"
        float={ViewItems}
      >
        <Icon name="more" />
      </MenuButton>
      <button
        class="tool"
        title={open ? "Collapse the timeline" : "Expand the timeline"}
        aria-label={open ? "Collapse the timeline" : "Expand the timeline"}
        aria-pressed={open}
        data-testid="fold-timeline"
        onClick={() => {
          panel.timelineOpen.value = { ...panel.timelineOpen.value, [current]: !open };
        }}
      >
        <Icon name="split" />
      </button>
    </nav>
  );
}
