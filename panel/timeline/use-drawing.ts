import { effect, type ReadonlySignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import type { LoadedRecording } from "../state/loaded-recording.ts";
import type { PanelState } from "../state/panel-state.ts";
import { theme } from "../state/theme.ts";
import { watch } from "../state/watch.ts";
import { prepare } from "./canvas.ts";
import { drawCrosshair } from "./draw-crosshair.ts";
import { drawTimeline } from "./draw-timeline.ts";
import type { Layout } from "./layout.ts";
import type { Range } from "../state/time-scale.ts";
import { scaleOf, sceneOf } from "./scene.ts";
import { frames } from "./scheduler.ts";

/** What to draw, on which canvases; read in each frame. */
export interface Drawing {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** Crosshair and range selection, drawn again with every move of the pointer. */
  readonly overlay: RefObject<HTMLCanvasElement | null>;
  readonly brush: ReadonlySignal<Range | null>;
  now(): {
    readonly layout: Layout;
    readonly width: number;
    readonly height: number;
    readonly scrollTop: number;
  };
}

/**
 * Draws again whenever something has changed.
 * @returns requests another drawing
 */
export function useDrawing(panel: PanelState, recording: LoadedRecording, drawing: Drawing): () => void {
  const { draw, drawOver, drawAll } = useMemo(() => {
    const draw = (): void => {
      const { layout, ...at } = drawing.now();
      if (!drawing.canvas.current || at.width === 0) return;
      const tools = prepare(drawing.canvas.current, at.width - layout.gutter, at.height, layout.narrow);
      if (tools) drawTimeline(tools.pen, sceneOf(panel, recording, layout, tools.paint, at));
    };
    const drawOver = (): void => {
      const { layout, ...at } = drawing.now();
      if (!drawing.overlay.current || at.width === 0) return;
      const tools = prepare(drawing.overlay.current, at.width - layout.gutter, at.height, layout.narrow);
      if (!tools) return;
      const scale = scaleOf(panel, at.width - layout.gutter);
      const brush = drawing.brush.peek();
      if (brush) {
        tools.pen.fillStyle = tools.paint.colours["accent-tint"];
        tools.pen.fillRect(scale.x(brush.from), 0, scale.x(brush.to) - scale.x(brush.from), at.height);
      }
      const t = panel.view.cursor.peek();
      if (t === null) return;
      const top = layout.headHeight - at.scrollTop;
      const rows = layout.groups
        .map(
          (group) =>
            [Math.max(layout.headHeight, group.y + group.headHeight + top), group.bottom + top] as const,
        )
        .filter(([y0, y1]) => y1 > y0);
      drawCrosshair(
        tools.pen,
        { t, axisHeight: layout.axisHeight, rows: [[layout.axisHeight, layout.headHeight], ...rows] },
        scale,
        tools.paint,
      );
    };
    const drawAll = (): void => {
      frames.ask(draw);
      frames.ask(drawOver);
    };
    return { draw, drawOver, drawAll };
  }, [panel, recording]);

  useEffect(() => {
    const { view, selection, isLive } = panel;
    const stops = [
      effect(() => {
        watch(recording.version, view.range, view.extent, selection.downtime, theme, isLive, panel.flagged);
        drawAll();
      }),
      effect(() => {
        watch(view.cursor, drawing.brush);
        frames.ask(drawOver);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      frames.cancel(draw);
      frames.cancel(drawOver);
    };
  }, [panel, recording]);
  useLayoutEffect(drawAll);
  return drawAll;
}
