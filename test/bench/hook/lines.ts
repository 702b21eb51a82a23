/** The two transports of the bench's server. */
import { setImmediate } from "node:timers/promises";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import type { Frame } from "../../harness/hubs/node/frame.ts";
import { serve, type Line } from "./connection.ts";

/** Frames that are given to the socket at once, and the bytes that may wait in it. */
const AT_ONCE = 64;
const WAITING = 512 * 1024;

export function serveWebSocket(webSocket: WebSocket, socket: Socket): void {
  const send = (frame: Frame): void => {
    webSocket.send(frame, { binary: typeof frame !== "string" });
  };
  const sendAll = async (frames: readonly Frame[]): Promise<void> => {
    for (let i = 0; i < frames.length && webSocket.readyState === webSocket.OPEN; i += AT_ONCE) {
      socket.cork();
      for (const frame of frames.slice(i, i + AT_ONCE)) send(frame);
      socket.uncork();
      if (socket.writableLength > WAITING) await once(socket, "drain");
      else await setImmediate();
    }
  };
  const receive = serve({ send, sendAll: (frames) => void sendAll(frames) });
  webSocket.on("message", (data: Buffer) => {
    receive(data);
  });
}

/** Answers each poll with one frame. */
export class LongPolling implements Line {
  readonly receive = serve(this);
  private readonly waiting: Frame[] = [];
  private next = 0;
  private poll: ServerResponse | undefined;
  private polled = false;

  take(poll: ServerResponse): void {
    this.poll = poll;
    poll.on("close", () => {
      if (this.poll === poll) this.poll = undefined;
    });
    if (this.polled) this.answer();
    // The first answer is empty: it only shows that the connection exists.
    else this.end("");
    this.polled = true;
  }

  send(frame: Frame): void {
    this.waiting.push(frame);
    this.answer();
  }

  sendAll(frames: readonly Frame[]): void {
    this.waiting.push(...frames);
    this.answer();
  }

  private answer(): void {
    const frame = this.waiting[this.next];
    if (frame === undefined || !this.poll) return;
    this.next++;
    this.end(frame);
  }

  private end(body: Frame): void {
    const { poll } = this;
    this.poll = undefined;
    poll?.writeHead(200, { "Content-Type": "application/octet-stream" }).end(body);
  }
}
