import { useSignal } from "@preact/signals";
import type { ComponentProps } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { lazyImport } from "../state/lazy-import.ts";
import type { LoadedRecording } from "../state/loaded-recording.ts";
import { usePanel } from "../state/panel-state.ts";
import { watch } from "../state/watch.ts";
import { counted, duration } from "../../extension/core/text/format.ts";
import { lazy } from "../components/lazy.tsx";
import { Splitter } from "../components/splitter.tsx";
import { useSize } from "../components/use-size.ts";
import { FoldAll, Groups } from "./groups.tsx";
import { createLayout, heightOf, laneAt, scrollFor } from "./layout.ts";
import type { Range } from "../state/time-scale.ts";
import { createFolds, indicesOf, scaleOf } from "./scene.ts";
import { useDrawing } from "./use-drawing.ts";

const deferred = lazyImport(() => import("../app/deferred-panes.ts"));
type Deferred = Awaited<ReturnType<typeof deferred>>;
const LoadedTip = lazy(async () => (await import("../app/deferred-panes.ts")).Tip);

interface Props {
  readonly recording: LoadedRecording;
  /** Maximum height. */
  readonly room: number;
  /** It takes all of that, however much its lanes need. */
  readonly fills: boolean;
  /** Tall lanes are used if their total height stays below this. */
  readonly roomyBelow: number;
  /** Called by the splitter; absent without a splitter. */
  readonly onHeight?: (height: number | null) => void;
}

export function Timeline({ recording, room, fills, roomyBelow, onHeight }: Props) {
  const panel = usePanel();
  const { view, selection } = panel;
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  /** Known before each drawing: asking the element would have the browser lay out the panel in the middle of it. */
  const scrollTop = useRef(0);
  const keys = useRef<Deferred["onTimelineKey"] | null>(null);
  const size = useSize(host);
  const folds = useMemo(createFolds, [recording]);
  const hover = useSignal<{ x: number; y: number } | null>(null);
  const brush = useSignal<Range | null>(null);
  watch(recording.version);
  const selectedHub = selection.downtime.value?.hub.key ?? null;
  const hubs = panel.cleared.hubs.value;
  const brought = selection.brought.value;
  const layout = createLayout(hubs, {
    width: size.width,
    room,
    roomyBelow,
    folds: folds.value,
    first: brought?.hubKey ?? selectedHub,
  });
  const height = fills ? room : Math.min(heightOf(layout), room);
  const latest = useRef({ layout, size, height });
  latest.current = { layout, size, height };

  const placeAt = (x: number, y: number) => {
    const { layout, size } = latest.current;
    return {
      x,
      y,
      layout,
      hit: laneAt(layout, y - layout.headHeight + (scroller.current?.scrollTop ?? 0)),
      scale: scaleOf(panel, size.width - layout.gutter),
    };
  };
  const draw = useDrawing(panel, recording, {
    canvas,
    overlay,
    brush,
    now: () => ({
      layout: latest.current.layout,
      width: latest.current.size.width,
      height: latest.current.height,
      scrollTop: scrollTop.current,
    }),
  });

  // Brings the selected item into view once; after that the user can scroll freely.
  useLayoutEffect(() => {
    const group = layout.groups.find(({ hub }) => hub.key === brought?.hubKey);
    if (!group || !scroller.current) return;
    const { scrollTop } = scroller.current;
    scroller.current.scrollTop = scrollFor(group, scrollTop, height - layout.headHeight);
  }, [brought, size.width === 0]);

  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const stopped = new AbortController();
    deferred()
      .then((loaded) => {
        if (stopped.signal.aborted) return;
        keys.current = loaded.onTimelineKey;
        const { attachInput, openAt, readingAt, zoomTo } = loaded;
        const detach = attachInput(element, {
          view,
          scale: () => scaleOf(panel, latest.current.size.width - latest.current.layout.gutter),
          gutter: () => latest.current.layout.gutter,
          axisHeight: () => latest.current.layout.axisHeight,
          scrolls: (y) => {
            const { layout, height } = latest.current;
            return y >= layout.headHeight && heightOf(layout) > height;
          },
          hover(place) {
            hover.value = place;
            view.cursor.value = place === null ? null : placeAt(place.x, 0).scale.t(place.x);
          },
          brush(range) {
            brush.value = range;
          },
          click: (x, y) => {
            openAt(panel, recording, placeAt(x, y));
          },
          doubleClick: (x, y) => {
            const place = placeAt(x, y);
            zoomTo(panel, readingAt(recording, panel, place), place.scale.t(x));
          },
        });
        stopped.signal.addEventListener("abort", detach);
      })
      .catch((error: unknown) => {
        panel.notices.failed("The timeline doesn't accept pointer input", error);
      });
    return () => {
      stopped.abort();
    };
  }, [panel, recording]);

  const { from, to } = view.range.value;
  return (
    <>
      <div
        class="lanes"
        ref={host}
        style={{ height: `${height + 1}px` }}
        tabIndex={0}
        role="application"
        aria-label={`Timeline of ${counted(hubs.length, "hub connection")}, ${duration(to - from)} in view. Arrow keys move the cursor, W and S zoom, A and D pan, F shows all.`}
        data-testid="timeline"
        onKeyDown={(event) => {
          keys.current?.(panel, event);
        }}
      >
        <canvas ref={canvas} style={{ left: `${layout.gutter}px` }} aria-hidden="true" />
        <FoldAll layout={layout} folds={folds} />
        <div
          class="lane-label page"
          style={{
            top: `${layout.axisHeight}px`,
            height: `${layout.pageHeight}px`,
            width: `${layout.gutter}px`,
          }}
        >
          <span>Page</span>
        </div>
        <div class="gutter-rule" style={{ left: `${layout.gutter}px`, height: `${layout.headHeight}px` }} />
        <div
          class="lanes-scroll"
          ref={scroller}
          style={{ top: `${layout.headHeight}px` }}
          tabIndex={-1}
          data-testid="lanes-scroll"
          onScroll={({ currentTarget }) => {
            scrollTop.current = currentTarget.scrollTop;
            draw();
          }}
        >
          <div style={{ height: `${layout.groupsHeight}px`, position: "relative" }}>
            <Groups layout={layout} folds={folds} indices={indicesOf(recording)} selectedHub={selectedHub} />
          </div>
        </div>
        <canvas class="over" ref={overlay} style={{ left: `${layout.gutter}px` }} aria-hidden="true" />
        <Tip
          at={hover}
          gutter={layout.gutter}
          width={size.width}
          height={height}
          recording={recording}
          placeAt={placeAt}
        />
      </div>
      {onHeight && <Splitter height={height} onHeight={onHeight} />}
    </>
  );
}

/** Loaded later: there is no tooltip before there is a pointer. */
const Tip = (props: ComponentProps<typeof LoadedTip>) =>
  props.at.value === null ? null : <LoadedTip {...props} />;
