/**
 * Wheel and pointer on the timeline: zoom at the cursor, pan, drag, select a range on the axis. The wheel scrolls the lanes if
 * they overflow, and zooms otherwise; with Ctrl or ⌘ it always zooms (browsers report a pinch as Ctrl and wheel).
 */
import type { View } from "../state/view.ts";
import { panned, zoomed, type Range, type Scale } from "../state/time-scale.ts";

export interface InputTarget {
  readonly view: View;
  /** The scale as drawn last. */
  scale(): Scale;
  gutter(): number;
  axisHeight(): number;
  /** Whether the lanes at that height can be scrolled by the wheel. */
  scrolls(y: number): boolean;
  hover(at: { readonly x: number; readonly y: number } | null): void;
  click(x: number, y: number): void;
  doubleClick(x: number, y: number): void;
  brush(range: Range | null): void;
}

const DRAG = 3;
const WHEEL_ZOOM = 0.0022;
/** Pixels per line, for wheels that scroll by lines. */
const LINE = 16;

export function attachInput(element: HTMLElement, target: InputTarget): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const place = (event: MouseEvent): { x: number; y: number } => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left - target.gutter(), y: event.clientY - box.top };
  };

  element.addEventListener(
    "wheel",
    (event) => {
      const { x, y } = place(event);
      if (x < 0 || event.altKey) return;
      const sidewaysOnly = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      const zooms = event.ctrlKey || event.metaKey;
      if (!zooms && !sidewaysOnly && target.scrolls(y)) return;
      event.preventDefault();
      const unit = event.deltaMode === 1 ? LINE : event.deltaMode === 2 ? 400 : 1;
      const scale = target.scale();
      const range = target.view.range.peek();
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (sidewaysOnly && !zooms) {
        target.view.set(panned(range, ((sideways * unit) / scale.width) * (range.to - range.from)));
      } else {
        target.view.set(zoomed(range, Math.exp(-event.deltaY * unit * WHEEL_ZOOM), scale.t(x)));
      }
    },
    { signal, passive: false },
  );

  let drag: { x: number; y: number; range: Range; moved: boolean; brush: boolean } | null = null;
  element.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0 || (event.target as Element).closest("button, a")) return;
      const { x, y } = place(event);
      if (x < 0) return;
      drag = {
        x,
        y,
        range: target.view.range.peek(),
        moved: false,
        brush: y < target.axisHeight() || event.shiftKey,
      };
    },
    { signal },
  );
  element.addEventListener(
    "pointermove",
    (event) => {
      const { x, y } = place(event);
      const onHeader = (event.target as Element).closest(".group-head, .tip");
      target.hover(x < 0 || onHeader ? null : { x, y });
      if (!drag) return;
      if (!drag.moved && Math.abs(x - drag.x) < DRAG) return;
      if (!drag.moved) element.setPointerCapture(event.pointerId);
      drag.moved = true;
      const { width } = target.scale();
      const perPixel = (drag.range.to - drag.range.from) / width;
      if (drag.brush) {
        const [a, b] = [drag.x, x].sort((p, q) => p - q) as [number, number];
        target.brush({ from: drag.range.from + a * perPixel, to: drag.range.from + b * perPixel });
      } else target.view.set(panned(drag.range, (drag.x - x) * perPixel));
    },
    { signal },
  );
  const release = (event: PointerEvent): void => {
    const { x, y } = place(event);
    const done = drag;
    drag = null;
    if (!done) return;
    if (!done.moved) {
      if (event.type === "pointerup") target.click(x, y);
      return;
    }
    target.brush(null);
    if (!done.brush || event.type !== "pointerup") return;
    const perPixel = (done.range.to - done.range.from) / target.scale().width;
    const [a, b] = [done.x, x].sort((p, q) => p - q) as [number, number];
    target.view.set({ from: done.range.from + a * perPixel, to: done.range.from + b * perPixel });
  };
  element.addEventListener("pointerup", release, { signal });
  element.addEventListener("pointercancel", release, { signal });
  element.addEventListener(
    "pointerleave",
    () => {
      target.hover(null);
    },
    { signal },
  );
  element.addEventListener(
    "dblclick",
    (event) => {
      if ((event.target as Element).closest("button, a, .group-head")) return;
      const { x, y } = place(event);
      if (x >= 0) target.doubleClick(x, y);
    },
    { signal },
  );
  return () => {
    listening.abort();
  };
}
