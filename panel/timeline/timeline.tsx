import { watch } from "../state/watch.ts";
import { effect, useSignal } from "@preact/signals";
import type { ComponentProps } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { later } from "../state/later.ts";
import { usePanel } from "../state/panel-state.ts";
import type { LoadedRecording } from "../state/loaded-recording.ts";
import { theme } from "../state/theme.ts";
import { lazy } from "../ui/lazy.tsx";
import { useSize } from "../ui/use-size.ts";
import { prepare } from "./canvas.ts";
import { drawCrosshair } from "./draw-crosshair.ts";
import { drawTimeline } from "./draw-timeline.ts";
import { GroupHeader } from "./group-header.tsx";
import { attachInput } from "./input.ts";
import { LANE_WORDS, laneAt, type Layout } from "./layout.ts";
import { duration } from "../ui/format.ts";
import type { Range } from "./scale.ts";
import { createFolds, indicesOf, layoutOf, scaleOf, sceneOf } from "./scene.ts";
import { frames } from "./scheduler.ts";
import { onTimelineKey } from "./timeline-keys.ts";

const pointing = later(() => import("../later-parts.ts"));
const LoadedTip = lazy(async () => (await import("../later-parts.ts")).Tip);

interface Props {
  readonly recording: LoadedRecording;
  /** Most height it may take. */
  readonly maxHeight: number;
  /** Lanes are tall where all of them together then stay below this height. */
  readonly roomyBelow: number;
}

export function Timeline({ recording, maxHeight, roomyBelow }: Props) {
  const panel = usePanel();
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const size = useSize(host);
  const folds = useMemo(createFolds, [recording]);
  const hover = useSignal<{ x: number; y: number } | null>(null);
  const brush = useSignal<Range | null>(null);
  watch(recording.version);
  const selectedHub = panel.selection.downtime.value?.hub.key ?? null;
  const layout = layoutOf(recording, folds, size.width, roomyBelow, selectedHub);
  const height = Math.min(layout.headHeight + layout.groupsHeight, Math.max(120, maxHeight));
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

  const { draw, drawOver } = useMemo(() => {
    const all = (): { layout: Layout; width: number; height: number; scrollTop: number } => ({
      layout: latest.current.layout,
      width: latest.current.size.width,
      height: latest.current.height,
      scrollTop: scroller.current?.scrollTop ?? 0,
    });
    return {
      draw(): void {
        const { layout, ...at } = all();
        if (!canvas.current || at.width === 0) return;
        const tools = prepare(canvas.current, at.width - layout.gutter, at.height, layout.narrow);
        if (tools) drawTimeline(tools.pen, sceneOf(panel, recording, layout, tools.paint, at));
      },
      drawOver(): void {
        const { layout, ...at } = all();
        if (!overlay.current || at.width === 0) return;
        const tools = prepare(overlay.current, at.width - layout.gutter, at.height, layout.narrow);
        if (!tools) return;
        const scale = scaleOf(panel, at.width - layout.gutter);
        const top = layout.headHeight - at.scrollTop;
        const rows = layout.groups
          .map(
            (group) =>
              [Math.max(layout.headHeight, group.y + group.headHeight + top), group.bottom + top] as const,
          )
          .filter(([y0, y1]) => y1 > y0);
        const t = panel.view.cursor.peek();
        if (brush.peek()) {
          const { from, to } = brush.peek() as Range;
          tools.pen.fillStyle = tools.paint.colours["accent-tint"];
          tools.pen.fillRect(scale.x(from), 0, scale.x(to) - scale.x(from), at.height);
        }
        if (t !== null)
          drawCrosshair(
            tools.pen,
            { t, axisHeight: layout.axisHeight, rows: [[layout.axisHeight, layout.headHeight], ...rows] },
            scale,
            tools.paint,
          );
      },
    };
  }, [panel, recording]);

  useEffect(() => {
    const stops = [
      effect(() => {
        watch(
          recording.version,
          panel.view.range,
          panel.view.extent,
          panel.selection.downtime,
          theme,
          panel.isLive,
        );
        frames.ask(draw);
        frames.ask(drawOver);
      }),
      effect(() => {
        watch(panel.view.cursor, brush);
        frames.ask(drawOver);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      frames.cancel(draw);
      frames.cancel(drawOver);
    };
  }, [panel, recording, draw, drawOver]);

  useLayoutEffect(() => {
    frames.ask(draw);
    frames.ask(drawOver);
  });

  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const point = (act: (on: Awaited<ReturnType<typeof pointing>>) => void): void => {
      pointing().then(act, (error: unknown) => {
        panel.notices.failed("The timeline can't be pointed at", error);
      });
    };
    return attachInput(element, {
      view: panel.view,
      scale: () => scaleOf(panel, latest.current.size.width - latest.current.layout.gutter),
      gutter: () => latest.current.layout.gutter,
      axisHeight: () => latest.current.layout.axisHeight,
      hover(place) {
        hover.value = place;
        panel.view.cursor.value = place === null ? null : placeAt(place.x, 0).scale.t(place.x);
      },
      brush(range) {
        brush.value = range;
      },
      click: (x, y) => {
        const place = placeAt(x, y);
        point(({ openAt }) => {
          openAt(panel, recording, place);
        });
      },
      doubleClick: (x, y) => {
        const place = placeAt(x, y);
        point(({ readingAt, zoomTo }) => {
          zoomTo(panel, readingAt(recording, panel, place), place.scale.t(x));
        });
      },
    });
  }, [panel, recording]);

  const indices = indicesOf(recording);
  const span = panel.view.range.value.to - panel.view.range.value.from;
  return (
    <div
      class="lanes"
      ref={host}
      style={{ height: `${height + 1}px` }}
      tabIndex={0}
      role="application"
      aria-label={`Timeline of ${recording.model.hubs.length} hub connections, ${duration(span)} in view. Arrow keys move the cursor, W and S zoom, A and D pan, F shows all.`}
      data-testid="timeline"
      onKeyDown={(event) => {
        onTimelineKey(panel, event);
      }}
    >
      <canvas ref={canvas} style={{ left: `${layout.gutter}px` }} aria-hidden="true" />
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
        onScroll={() => {
          frames.ask(draw);
          frames.ask(drawOver);
        }}
      >
        <div style={{ height: `${layout.groupsHeight}px`, position: "relative" }}>
          {layout.groups.map((group) => (
            <>
              <GroupHeader
                key={group.hub.key}
                group={group}
                index={indices.of(group.hub)}
                selected={group.hub.key === selectedHub}
                onFold={() => {
                  folds.value = new Map([...folds.value, [group.hub.key, !group.folded]]);
                }}
              />
              {group.lanes.map((lane) => (
                <div
                  class="lane-label"
                  key={lane.kind}
                  style={{ top: `${lane.y}px`, height: `${lane.h}px`, width: `${layout.gutter}px` }}
                >
                  <span>{LANE_WORDS[lane.kind][layout.narrow ? 1 : 0]}</span>
                  {!layout.narrow && lane.kind === "messages" && <span class="dim">in / out</span>}
                  {!layout.narrow && lane.kind === "pings" && (
                    <span class="dim">gap to {duration(group.hub.serverTimeout ?? 30_000)}</span>
                  )}
                </div>
              ))}
            </>
          ))}
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
  );
}

/** Nobody needs the words before there is a pointer. */
const Tip = (props: ComponentProps<typeof LoadedTip>) =>
  props.at.value === null ? null : <LoadedTip {...props} />;
