import type { Milliseconds } from "../../extension/core/units.ts";
import type { PanelToBackground } from "../../extension/messages/extension.ts";

/** Less than half of the lease, as one message may get lost. */
const HOLD_EVERY: Milliseconds = 5_000;

/**
 * Regularly notifies the background that the panel is open, and once when it is closed. If the panel crashes, its lease runs
 * out.
 */
export function hold(tabId: number, send: (message: PanelToBackground) => Promise<unknown>): () => void {
  const report = (): void => {
    send({ to: "background", type: "panel-open", tabId, hidden: document.hidden }).catch(() => {
      // The extension is being updated, or was disabled: the next message will show which.
    });
  };
  const close = (): void => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", report);
    send({ to: "background", type: "panel-closed", tabId }).catch(() => {
      // Faults end anyway when the lease runs out.
    });
  };
  const timer = setInterval(report, HOLD_EVERY);
  report();
  // Immediately: timers of a hidden panel are throttled, so it needs a longer lease.
  document.addEventListener("visibilitychange", report);
  addEventListener("pagehide", close);
  return () => {
    removeEventListener("pagehide", close);
    close();
  };
}
