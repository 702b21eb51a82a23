import { watch } from "../state/watch.ts";
import { effect } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { lazyImport } from "../state/lazy-import.ts";
import type { LoadedRecording } from "../state/loaded-recording.ts";
import { usePanel } from "../state/panel-state.ts";
import { theme } from "../state/theme.ts";
import { clock, duration, offset } from "../../extension/core/text/format.ts";
import { useSize } from "../components/use-size.ts";
import { prepare } from "./canvas.ts";
import { drawOverview } from "./draw-overview.ts";
import { gutterFor, NARROW } from "./layout.ts";
import { createScale, panned, zoomed } from "../state/time-scale.ts";
import { indicesOf, mainPage } from "./scene.ts";
import { frames } from "./scheduler.ts";

const deferred = lazyImport(() => import("../app/deferred-panes.ts"));

const HEIGHT = 31;

/** The whole recording in a strip; a window marks the range that the timeline shows. */
export function Overview({ recording }: { recording: LoadedRecording }) {
  const panel = usePanel();
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(host);
  const gutter = gutterFor(size.width);
  const width = size.width - gutter;
  const latest = useRef(width);
  latest.current = width;

  const draw = useMemo(
    () => (): void => {
      const element = canvas.current;
      if (!element || latest.current <= 0) return;
      const tools = prepare(element, latest.current, HEIGHT, latest.current + gutter <= NARROW);
      if (!tools) return;
      const extent = panel.view.extent.peek();
      const selected = panel.selection.downtime.peek()?.downtime ?? null;
      const all = indicesOf(recording);
      drawOverview(tools.pen, {
        scale: createScale(extent, latest.current),
        height: HEIGHT,
        paint: tools.paint,
        page: mainPage(recording),
        hubs: panel.cleared.hubs.peek(),
        now: extent.to,
        window: panel.view.range.peek(),
        cursor: panel.view.cursor.peek(),
        selected: selected && { from: selected.from, to: selected.until ?? extent.to },
        index: (hub) => all.of(hub),
      });
    },
    [panel, recording, gutter],
  );

  useEffect(() => {
    const stop = effect(() => {
      watch(
        recording.version,
        panel.view.range,
        panel.view.extent,
        panel.view.cursor,
        panel.selection.downtime,
        theme,
      );
      frames.ask(draw);
    });
    return () => {
      stop();
      frames.cancel(draw);
    };
  }, [panel, recording, draw]);
  useLayoutEffect(() => {
    frames.ask(draw);
  });
  useEffect(() => {
    let detach: (() => void) | null = () => undefined;
    deferred()
      .then(({ attachWindow }) => {
        if (detach && canvas.current) detach = attachWindow(canvas.current, panel.view);
      })
      .catch((error: unknown) => {
        panel.notices.failed("The overview doesn't accept pointer input", error);
      });
    return () => {
      detach?.();
      detach = null;
    };
  }, [panel]);

  const extent = panel.view.extent.value;
  const range = panel.view.range.value;
  const whole = duration(extent.to - extent.from);
  return (
    <div class="overview" ref={host}>
      <div class="ov-label" style={{ width: `${gutter}px` }}>
        {gutter > 100 && <span>{clock(extent.from)}</span>}
        <span class={gutter > 100 ? "dim" : ""}>
          {gutter > 100 ? whole : offset(extent.to - extent.from).slice(1)}
        </span>
      </div>
      <canvas
        ref={canvas}
        style={{ left: `${gutter}px` }}
        tabIndex={0}
        role="slider"
        aria-label="Visible time range"
        aria-valuemin={0}
        aria-valuemax={Math.round((extent.to - extent.from) / 1000)}
        aria-valuenow={Math.round((range.from - extent.from) / 1000)}
        aria-valuetext={`${clock(range.from)} to ${clock(range.to)} of ${whole}`}
        data-testid="overview"
        onKeyDown={(event) => {
          const length = range.to - range.from;
          const moves: Record<string, () => void> = {
            ArrowLeft: () => {
              panel.view.set(panned(range, -length / 10));
            },
            ArrowRight: () => {
              panel.view.set(panned(range, length / 10));
            },
            ArrowUp: () => {
              panel.view.set(zoomed(range, 1.3, (range.from + range.to) / 2));
            },
            ArrowDown: () => {
              panel.view.set(zoomed(range, 1 / 1.3, (range.from + range.to) / 2));
            },
            Home: () => {
              panel.view.set({ from: extent.from, to: extent.from + length });
            },
            End: () => {
              panel.view.set({ from: extent.to - length, to: extent.to });
            },
          };
          const move = moves[event.key];
          if (!move) return;
          event.preventDefault();
          move();
        }}
      />
    </div>
  );
}
