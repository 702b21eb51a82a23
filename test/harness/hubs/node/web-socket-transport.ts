import { WebSocket } from "ws";
import type { Frame } from "./frame.ts";
import { SendQueue } from "./send-queue.ts";
import type { Transport, TransportListener } from "./transport.ts";

const normalClosure = 1000;
const noCode = 1005;
const abnormalClosure = 1006;
/** The connection is cut if the client doesn't answer our close frame within this time. */
const closeTimeoutMilliseconds = 5_000;

/** Answers a client's close frame with code 1000, as the .NET server does. `ws` would repeat the client's code. */
export class ServerWebSocket extends WebSocket {
  ownCloseCode = normalClosure;

  override close(_code?: number, reason?: string | Buffer): void {
    super.close(this.ownCloseCode, this.ownCloseCode === normalClosure ? undefined : reason);
  }
}

export interface WebSocketListener extends TransportListener {
  onSocketClosed(code: number): void;
}

export class WebSocketTransport implements Transport {
  readonly name = "WebSockets";
  readonly formats = ["Text", "Binary"] as const;
  readonly keepsItselfAlive = false;
  readonly #socket: ServerWebSocket;
  readonly #queue: SendQueue;
  #silent = false;

  constructor(socket: ServerWebSocket) {
    this.#socket = socket;
    this.#queue = new SendQueue((frame, written) => this.#socket.send(frame, () => written()));
  }

  listen(listener: WebSocketListener): void {
    this.#socket.on("message", (data: Buffer) => listener.onData(data));
    // A close event, which is handled below, always follows.
    this.#socket.on("error", () => undefined);
    this.#socket.on("close", (code) => {
      this.#queue.clear();
      // The .NET server treats a close frame without a code as a normal closure.
      listener.onSocketClosed(code === noCode ? normalClosure : code);
      listener.onClosed(code !== abnormalClosure);
    });
  }

  send(frame: Frame): Promise<void> | void {
    if (this.#silent || this.#socket.readyState !== WebSocket.OPEN) return;
    return this.#queue.send(frame);
  }

  sendAlone(frame: Frame): void {
    this.#queue.flush();
    this.#socket.send(frame);
  }

  close(code = normalClosure, reason = ""): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#queue.flush();
    this.#socket.ownCloseCode = code;
    this.#socket.close(code, reason);
    setTimeout(() => this.#socket.terminate(), closeTimeoutMilliseconds).unref();
  }

  destroy(): void {
    // A paused socket would not fire its close event.
    this.setSilent(false);
    this.#socket.terminate();
  }

  setSilent(silent: boolean): void {
    this.#silent = silent;
    if (silent) this.#socket.pause();
    else this.#socket.resume();
  }
}
