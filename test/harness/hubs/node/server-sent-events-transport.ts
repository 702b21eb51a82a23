import type { ServerResponse } from "node:http";
import type { Frame } from "./frame.ts";
import { type HttpTransport, onceClosed, Silence } from "./http-transport.ts";
import { SendQueue } from "./send-queue.ts";
import type { Transport, TransportListener } from "./transport.ts";

export class ServerSentEventsTransport implements Transport, HttpTransport {
  readonly name = "ServerSentEvents";
  readonly formats = ["Text"] as const;
  readonly keepsItselfAlive = false;
  readonly #response: ServerResponse;
  readonly #queue: SendQueue;
  readonly #silence = new Silence();
  #listener: TransportListener | undefined;

  constructor(response: ServerResponse) {
    this.#response = response;
    this.#queue = new SendQueue((frame, written) => response.write(event(String(frame)), () => written()));
  }

  /** Opens the stream and sends a comment, because Firefox doesn't fire `open` before the first data arrives. */
  listen(listener: TransportListener): void {
    this.#listener = onceClosed(listener);
    this.#response.writeHead(200, {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-cache,no-store",
      "Content-Encoding": "identity",
      Pragma: "no-cache",
    });
    this.#response.write(":\r\n");
    this.#response.on("error", () => undefined);
    this.#response.on("close", () => {
      this.#queue.clear();
      this.#listener?.onClosed(true);
    });
  }

  async receive(body: Buffer): Promise<void> {
    await this.#silence.over();
    this.#listener?.onData(body);
  }

  send(frame: Frame): Promise<void> | void {
    if (this.#silence.isSilent || !this.#response.writable) return;
    return this.#queue.send(frame);
  }

  sendAlone(frame: Frame): void {
    this.#queue.flush();
    this.#response.write(event(String(frame)));
  }

  close(): void {
    this.#queue.flush();
    this.#response.end();
  }

  destroy(): void {
    this.#response.destroy();
  }

  setSilent(silent: boolean): void {
    this.#silence.set(silent);
  }
}

/** An event with the payload. Each line of the payload needs a `data:` line of its own. */
function event(payload: string): string {
  const lines = payload.split(/\r?\n/).map((line) => `data: ${line}\r\n`);
  return `${lines.join("")}\r\n`;
}
