/**
 * A socket that its client loses as by a broken network. Whatever a page does, the browser says goodbye to the server when a socket
 * goes: close frame 1001, or an answer to the server's. ASP.NET Core then ends the connection, and nothing can be resumed. But in
 * Chromium the close frame queues behind what was not sent yet, and goes with it when the socket's frame is removed: after 2 to
 * 4 MiB the server saw 1006 in 55 of 55 losses, and each was resumed (measured with ASP.NET Core 10). Firefox sends all of it
 * first.
 */
import { apply, classOf, socketSend } from "../hook/shared-with-tools.ts";

/**
 * Pings that are mostly white space, in one frame of 3 MiB. The server keeps the part of a message that was cut off: white space
 * at its beginning does no harm to the message that follows it on the next socket.
 */
const backlog = (): string => `${" ".repeat(1_013)}{"type":6}\u001e`.repeat(3 * 1_024);

const inChromium = !navigator.userAgent.includes("Firefox/");

export interface LosableSocket extends WebSocket {
  lose(): void;
}

export interface Losable {
  /** For the client. */
  readonly WebSocket: typeof WebSocket;
  /** All that the client has opened. */
  readonly sockets: readonly LosableSocket[];
  /** Whether the server sees a loss, and no goodbye. */
  readonly real: boolean;
  remove(): void;
}

export function losableSockets(): Losable {
  const sockets: LosableSocket[] = [];
  const frame = inChromium ? document.createElement("iframe") : undefined;
  if (frame) {
    frame.hidden = true;
    document.documentElement.append(frame);
  }
  const window = frame?.contentWindow as (Window & typeof globalThis) | null | undefined;
  const native = classOf("WebSocket");
  // Only the first socket goes with the frame.
  const classFor = (base: typeof WebSocket): typeof WebSocket =>
    class extends base implements LosableSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols ?? []);
        sockets.push(this);
      }
      // Not through what watches the frame's own sockets.
      override send(data: Parameters<WebSocket["send"]>[0]): void {
        apply(socketSend, this, [data]);
      }
      lose(): void {
        const { onclose } = this;
        this.onmessage = this.onerror = this.onclose = null;
        if (frame) {
          apply(socketSend, this, [backlog()]);
          frame.remove();
        }
        onclose?.call(this, new CloseEvent("close", { code: 1006, wasClean: false }));
      }
    };
  const InFrame = classFor(window?.WebSocket ?? native);
  const InPage = classFor(native);
  const either: ProxyHandler<typeof WebSocket> = {
    construct: (_native, [url, protocols]: [string, (string | string[])?]) =>
      sockets.length === 0 ? new InFrame(url, protocols) : new InPage(url, protocols),
  };
  return {
    WebSocket: new Proxy(native, either),
    sockets,
    real: window?.WebSocket !== undefined,
    remove: () => frame?.remove(),
  };
}
