import type { Milliseconds } from "../../extension/core/units.ts";
import { portNameOf, type PanelToBackground } from "../../extension/messages/extension.ts";
import type { SourceChange } from "./source.ts";

/** Less than half of the lease, as one message may get lost. */
const HOLD_EVERY: Milliseconds = 5_000;

export interface Holding {
  /** A tab may get another id while the panel is open. */
  readonly tabId: () => number;
  send(message: PanelToBackground): Promise<unknown>;
  /** Is told when no page in the tab hears the background: it has none with SignalR, or that has crashed. */
  tell(change: SourceChange): void;
  /** Opens a port to the background. */
  connect(name: string): Port;
}

interface Port {
  readonly onDisconnect: { addListener(listener: () => void): void };
  disconnect(): void;
}

/**
 * Regularly notifies the background that the panel is open, and once when it is closed. If neither that message nor the end of the
 * port arrives, the panel's lease runs out.
 */
export function hold({ tabId, send, connect, tell }: Holding): () => void {
  const panel = crypto.randomUUID();
  let port: Port | undefined;
  const report = (): void => {
    const { hidden } = document;
    send({ to: "background", type: "panel-open", panel, tabId: tabId(), hidden }).then(
      (heard) => {
        keepPort();
        misses = heard === false ? misses + 1 : 0;
        // After one, the tab may be between two pages.
        if (misses > 1) tell({ type: "tab-gone", why: "unreachable" });
      },
      // The extension is being updated, or was disabled: the next message will show which.
      () => undefined,
    );
  };
  let misses = 0;
  /** The background loses the port when it is stopped. It isn't started only to have one. */
  const keepPort = (): void => {
    if (port || over) return;
    port = connect(portNameOf(panel));
    port.onDisconnect.addListener(() => {
      port = undefined;
    });
  };
  let over = false;
  const close = (): void => {
    if (over) return;
    over = true;
    clearInterval(timer);
    removeEventListener("pagehide", close);
    document.removeEventListener("visibilitychange", report);
    port?.disconnect();
    send({ to: "background", type: "panel-closed", panel }).catch(() => {
      // Faults end anyway when the lease runs out.
    });
  };
  const timer = setInterval(report, HOLD_EVERY);
  report();
  // Immediately: timers of a hidden panel are throttled, so it needs a longer lease.
  document.addEventListener("visibilitychange", report);
  addEventListener("pagehide", close);
  return close;
}
