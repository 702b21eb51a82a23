import type { ComponentType } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { lazyImport, prefetchWhenIdle } from "../state/lazy-import.ts";
import { PanelContext, usePanel, type PanelState } from "../state/panel-state.ts";
import type { TabName } from "../state/tabs.ts";
import { mediumWeight } from "../state/theme.ts";
import { Overview } from "../timeline/overview.tsx";
import { indicesOf } from "../timeline/scene.ts";
import { Timeline } from "../timeline/timeline.tsx";
import type * as Deferred from "./deferred-panes.ts";
import { shareHeight } from "./heights.ts";
import { lazy } from "../components/lazy.tsx";
import { Reading } from "../components/reading-progress.tsx";
import { Tabs } from "./tabs.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useSize } from "../components/use-size.ts";

/** A tab's pane. Until it is loaded, its place is empty. */
const pane = (of: (all: typeof Deferred) => ComponentType): ComponentType =>
  lazy(async () => of(await import("./deferred-panes.ts")), <div class="pane" id="pane" />);

const PANES: Readonly<Record<TabName, ComponentType>> = {
  interruptions: pane((all) => all.InterruptionsPane),
  findings: pane((all) => all.FindingsPane),
  connections: pane((all) => all.ConnectionsPane),
  messages: pane((all) => all.MessagesPane),
  calls: pane((all) => all.CallsPane),
  faults: pane((all) => all.FaultLab),
  scenarios: pane((all) => all.ScenariosPane),
  simulator: pane((all) => all.SimulatorPane),
  doctor: pane((all) => all.DoctorPane),
  report: pane((all) => all.ReportPane),
};
const Notices = lazy(async () => (await import("./deferred-panes.ts")).Notices);
const DropZone = lazy(async () => (await import("./deferred-panes.ts")).DropZone);
const EmptyState = lazy(async () => (await import("./deferred-panes.ts")).EmptyState);

export function App({ state }: { state: PanelState }) {
  return (
    <PanelContext.Provider value={state}>
      <Panel />
    </PanelContext.Provider>
  );
}

const deferred = lazyImport(() => import("./deferred-panes.ts"));

function Panel() {
  const panel = usePanel();
  useLayoutEffect(() => {
    mediumWeight();
  }, []);
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root);
  const work = useRef<HTMLDivElement>(null);
  const { height } = useSize(work);
  const [split, setSplit] = useState<number | null>(null);
  const recording = panel.loaded.value;
  // From its first event on, so that less is left to do when it is first drawn.
  if (recording) indicesOf(recording);
  const tab = panel.tab.value;
  const Pane = PANES[tab];
  const hasHubs = recording !== null && recording.version.value >= 0 && recording.model.hubs.length > 0;
  const reading = panel.reading.value;
  const heights = shareHeight({
    height,
    calm: tab === "interruptions" && panel.selection.downtimes.value.length === 0,
    open: panel.timelineOpen.value[tab],
    split,
  });
  const opened = useRef(false);
  opened.current = hasHubs && heights.timeline;

  useEffect(() => {
    let detach: (() => void) | null = () => undefined;
    void deferred().then(({ attachKeys }) => {
      if (detach) detach = attachKeys(panel.view, () => opened.current);
    });
    return () => {
      detach?.();
      detach = null;
    };
  }, [panel]);

  const waiting = !panel.ready.value || (reading !== null && !hasHubs);
  useEffect(() => (waiting ? undefined : prefetchWhenIdle()), [waiting]);
  return (
    <div class="hs" ref={root} data-ready={!waiting && size.height > 0} data-testid="panel">
      <header class="plain">
        <h1 class="vh">Hubscope</h1>
        <Toolbar width={size.width} />
      </header>
      <main class="plain">
        <Notices />
        <div class="work" ref={work}>
          {waiting ? (
            <div class="nothing pane" aria-busy="true">
              <Reading />
            </div>
          ) : hasHubs || tab === "simulator" ? (
            <>
              {hasHubs && heights.overview && <Overview recording={recording} />}
              {hasHubs && heights.timeline && (
                <Timeline
                  recording={recording}
                  room={heights.room}
                  fills={heights.fills}
                  roomyBelow={heights.roomyBelow}
                  onHeight={setSplit}
                />
              )}
              <Tabs open={heights.timeline} />
              <Pane />
            </>
          ) : (
            <EmptyState />
          )}
        </div>
      </main>
      <DropZone />
    </div>
  );
}
