import type { PanelState } from "../state/panel-state.ts";
import { around, panned } from "../state/time-scale.ts";

/** Keys while the timeline has the focus. Keys that can be held (W, A, S, D) are in keys.ts. */
export function onTimelineKey(panel: PanelState, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { view, selection } = panel;
  const { from, to } = view.range.peek();
  const step = (to - from) / 100;
  const moveCursor = (by: number): void => {
    const t = Math.max(from, Math.min(to, (view.cursor.peek() ?? (from + to) / 2) + by));
    view.cursor.value = t;
  };
  const select = (by: number): void => {
    const found = selection.step(by);
    if (found) view.reveal(found.downtime.from, found.downtime.until ?? view.extent.peek().to);
  };
  switch (event.key) {
    case "ArrowLeft":
      if (event.shiftKey) view.set(panned({ from, to }, -step * 10));
      else moveCursor(-step);
      break;
    case "ArrowRight":
      if (event.shiftKey) view.set(panned({ from, to }, step * 10));
      else moveCursor(step);
      break;
    case "ArrowUp":
      select(-1);
      break;
    case "ArrowDown":
      select(1);
      break;
    case "Home":
      view.set({ from: view.extent.peek().from, to: view.extent.peek().from + (to - from) });
      break;
    case "End":
      view.set({ from: view.extent.peek().to - (to - from), to: view.extent.peek().to });
      break;
    case "Enter": {
      const found = selection.downtime.peek();
      if (found) view.set(around(found.downtime.from, found.downtime.until ?? view.extent.peek().to, 200));
      break;
    }
    default:
      return;
  }
  event.preventDefault();
}
