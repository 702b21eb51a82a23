/** The window on the overview: drag its edges, drag it, click beside it, or wheel to zoom. */
import type { View } from "../state/view.ts";
import { createScale, panned, zoomed, type Range, type Scale } from "../state/time-scale.ts";

/** What a pointer at `x` would drag. */
export function gripAt(scale: Scale, window: Range, x: number): "from" | "to" | "window" | "outside" {
  const a = scale.x(window.from);
  const b = scale.x(window.to);
  const reach = Math.min(7, Math.max(3, (b - a) / 3));
  if (Math.abs(x - a) <= reach) return "from";
  if (Math.abs(x - b) <= reach) return "to";
  return x > a && x < b ? "window" : "outside";
}

export function attachWindow(canvas: HTMLCanvasElement, view: View): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const scaleNow = (): Scale => createScale(view.extent.peek(), canvas.clientWidth);
  const at = (event: MouseEvent): number => event.clientX - canvas.getBoundingClientRect().left;
  let drag: { grip: "from" | "to" | "window"; t: number; range: Range } | null = null;

  canvas.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      const scale = scaleNow();
      const x = at(event);
      const t = scale.t(x);
      let range = view.range.peek();
      let grip = gripAt(scale, range, x);
      if (grip === "outside") {
        const half = (range.to - range.from) / 2;
        view.set({ from: t - half, to: t + half });
        range = view.range.peek();
        grip = "window";
      }
      drag = { grip, t, range };
      canvas.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  canvas.addEventListener(
    "pointermove",
    (event) => {
      const scale = scaleNow();
      const x = at(event);
      if (!drag) {
        const grip = gripAt(scale, view.range.peek(), x);
        canvas.style.cursor =
          grip === "from" || grip === "to" ? "ew-resize" : grip === "window" ? "grab" : "pointer";
        return;
      }
      const t = scale.t(x);
      const { range } = drag;
      if (drag.grip === "window") view.set(panned(range, t - drag.t));
      else if (drag.grip === "from") view.set({ from: Math.min(t, range.to - 20), to: range.to });
      else view.set({ from: range.from, to: Math.max(t, range.from + 20) });
    },
    { signal },
  );
  for (const type of ["pointerup", "pointercancel"] as const)
    canvas.addEventListener(
      type,
      () => {
        drag = null;
      },
      { signal },
    );
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const range = view.range.peek();
      const horizontal = Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (event.shiftKey || horizontal) {
        const by = horizontal ? event.deltaX : event.deltaY;
        view.set(panned(range, scaleNow().t(by) - view.extent.peek().from));
      } else view.set(zoomed(range, Math.exp(-event.deltaY * 0.0022), scaleNow().t(at(event))));
    },
    { signal, passive: false },
  );
  canvas.addEventListener(
    "dblclick",
    () => {
      view.fit();
    },
    { signal },
  );
  return () => {
    listening.abort();
  };
}
