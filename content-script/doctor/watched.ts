/** The browser's own WebSocket and EventSource, which the hook doesn't see, with the time when they were open. */
import { classOf, on } from "../hook/shared-with-tools.ts";

export interface Opening {
  /** By performance.now(). */
  openedAt: number | undefined;
  /** Of a WebSocket that was closed. */
  close: { readonly code: number; readonly reason: string } | undefined;
  /** Of a WebSocket that was open. */
  extensions: string | undefined;
}

const NativeWebSocket = classOf("WebSocket");
const NativeEventSource = classOf("EventSource");

export const watchedWebSocket = (opening: Opening, base = NativeWebSocket): typeof WebSocket =>
  class extends base {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols ?? []);
      on(this, "open", () => {
        opening.openedAt ??= performance.now();
        opening.extensions = this.extensions;
      });
      on(this, "close", (event) => {
        const { code, reason } = event as CloseEvent;
        opening.close = { code, reason };
      });
    }
  };

export const watchedEventSource = (opening: Opening): typeof EventSource =>
  class extends NativeEventSource {
    constructor(url: string | URL, init?: EventSourceInit) {
      super(url, init);
      on(this, "open", () => {
        opening.openedAt ??= performance.now();
      });
    }
  };
