/** All taps of the page, by their sockets. */
import type { RequestId } from "../../../extension/core/ids.ts";
import type { Links } from "./transport-connection.ts";
import { ownMethods } from "../platform/natives.ts";
import type { Recorder } from "../record/recorder.ts";
import { createTap, type Tap } from "./websocket-connection.ts";

export interface Sockets {
  add(socket: WebSocket, url: string): Tap;
  tapOf(socket: WebSocket): Tap | undefined;
  /** A negotiate's token became known: looks again at the sockets that aren't recognised yet. */
  recheck(): void;
}

export function createSockets(
  recorder: Recorder,
  negotiates: { requestOf(token: string): RequestId | undefined; readonly pending: number },
  links: Links,
): Sockets {
  const taps = ownMethods(new WeakMap<WebSocket, Tap>());
  const unknown = ownMethods(new Set<Tap>());
  const context = {
    recorder,
    requestOf: (token: string) => negotiates.requestOf(token),
    negotiating: () => negotiates.pending > 0,
    knows: links.knows,
    nextSocketId: links.nextId,
    recognised(tap: Tap): void {
      unknown.delete(tap);
      links.add(tap);
    },
    letGo(tap: Tap): void {
      unknown.delete(tap);
      links.remove(tap);
      if (tap.id === 0) taps.delete(tap.socket);
    },
  };
  return {
    add(socket, url) {
      const tap = createTap(socket, url, context);
      taps.set(socket, tap);
      unknown.add(tap);
      tap.recheck();
      return tap;
    },
    tapOf: (socket) => taps.get(socket),
    recheck() {
      for (const tap of unknown) tap.recheck();
    },
  };
}
