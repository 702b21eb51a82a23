import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { prefetchWhenIdle } from "../state/later.ts";
import { PanelContext, usePanel, type PanelState } from "../state/panel-state.ts";
import { mediumWeight } from "../state/theme.ts";
import { attachKeys } from "../timeline/keys.ts";
import { Overview } from "../timeline/overview.tsx";
import { Timeline } from "../timeline/timeline.tsx";
import { DropZone } from "./drop-zone.tsx";
import { lazy } from "./lazy.tsx";
import { Notices } from "./notices.tsx";
import { Tabs } from "./tabs.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useSize } from "./use-size.ts";

const InterruptionsPane = lazy(
  async () => (await import("../later-parts.ts")).InterruptionsPane,
  <div class="pane" id="pane" />,
);
const MessagesPane = lazy(
  async () => (await import("../later-parts.ts")).MessagesPane,
  <div class="pane" id="pane" />,
);
const ConnectionsPane = lazy(
  async () => (await import("../later-parts.ts")).ConnectionsPane,
  <div class="pane" id="pane" />,
);
const CallsPane = lazy(
  async () => (await import("../later-parts.ts")).CallsPane,
  <div class="pane" id="pane" />,
);
const FaultLab = lazy(
  async () => (await import("../later-parts.ts")).FaultLab,
  <div class="pane" id="pane" />,
);
const ScenariosPane = lazy(
  async () => (await import("../later-parts.ts")).ScenariosPane,
  <div class="pane" id="pane" />,
);
const EmptyState = lazy(async () => (await import("../later-parts.ts")).EmptyState);
const ReportPane = lazy(
  async () => (await import("../later-parts.ts")).ReportPane,
  <div class="pane" id="pane" />,
);

export function App({ state }: { state: PanelState }) {
  return (
    <PanelContext.Provider value={state}>
      <Panel />
    </PanelContext.Provider>
  );
}

/** The timeline takes up to half of the panel unless the user says otherwise. */
const TIMELINE_SHARE = 0.5;
/** Lanes are tall where that leaves most of the panel to the rest. */
const ROOMY_SHARE = 0.4;

/** Below this height the timeline would leave too little for the rest: it is folded at first. */
const LOW = 360;

function Panel() {
  const panel = usePanel();
  useLayoutEffect(() => {
    mediumWeight();
  }, []);
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root);
  const [split, setSplit] = useState<number | null>(null);
  const recording = panel.loaded.value;
  const tab = panel.tab.value;
  const open = panel.timelineOpen.value[tab] ?? !(size.height > 0 && size.height < LOW);
  const opened = useRef(open);
  opened.current = open;

  useEffect(() => attachKeys(panel.view, () => panel.loaded.peek() !== null && opened.current), [panel]);

  const hasHubs = recording !== null && recording.version.value >= 0 && recording.model.hubs.length > 0;
  const waiting = !panel.ready.value || (recording !== null && recording.progress.value < 1 && !hasHubs);
  useEffect(() => (waiting ? undefined : prefetchWhenIdle()), [waiting]);
  const maxHeight = split ?? Math.round(size.height * TIMELINE_SHARE);
  return (
    <div class="hs" ref={root} data-ready={!waiting && size.height > 0} data-testid="panel">
      <header class="plain">
        <h1 class="vh">Hubscope</h1>
        <Toolbar narrow={size.width <= 960} />
      </header>
      <main class="plain">
        <Notices />
        {waiting ? (
          <div class="nothing pane" aria-busy="true">
            <p>Reading the recording…</p>
          </div>
        ) : recording && hasHubs ? (
          <>
            <Overview recording={recording} />
            {open && (
              <Timeline
                recording={recording}
                maxHeight={maxHeight}
                roomyBelow={size.height >= 800 ? Infinity : Math.round(size.height * ROOMY_SHARE)}
              />
            )}
            <Tabs
              split={open}
              onSplit={(by) => {
                const next = (split ?? Math.round(size.height * TIMELINE_SHARE)) + by;
                setSplit(Math.max(120, Math.min(size.height - 200, next)));
              }}
            />
            <Pane tab={tab} />
          </>
        ) : (
          <EmptyState />
        )}
      </main>
      <DropZone />
    </div>
  );
}

function Pane({ tab }: { tab: PanelState["tab"]["value"] }) {
  switch (tab) {
    case "interruptions":
      return <InterruptionsPane />;
    case "messages":
      return <MessagesPane />;
    case "connections":
      return <ConnectionsPane />;
    case "calls":
      return <CallsPane />;
    case "faults":
      return <FaultLab />;
    case "scenarios":
      return <ScenariosPane />;
    case "report":
      return <ReportPane />;
  }
}
