import type { Milliseconds } from "../../extension/core/units.ts";
import type { PanelToBackground } from "../../extension/messages/extension.ts";

/** Less than half of the lease that the background gives: one word may get lost. */
const HOLD_EVERY: Milliseconds = 5_000;

/** Says again and again that the panel is open, and once that it is not. A panel that dies is missed by its silence. */
export function hold(tabId: number, send: (message: PanelToBackground) => Promise<unknown>): () => void {
  const report = (): void => {
    send({ to: "background", type: "panel-open", tabId, hidden: document.hidden }).catch(() => {
      // The background is being updated or the extension was disabled; the next word will tell.
    });
  };
  const close = (): void => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", report);
    send({ to: "background", type: "panel-closed", tabId }).catch(() => {
      // Faults end with their lease all the same.
    });
  };
  const timer = setInterval(report, HOLD_EVERY);
  report();
  // At once: a hidden panel's timers are slowed, and its lease must be longer by then.
  document.addEventListener("visibilitychange", report);
  addEventListener("pagehide", close);
  return () => {
    removeEventListener("pagehide", close);
    close();
  };
}
