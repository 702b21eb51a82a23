import type { ServerResponse } from "node:http";
import { type Frame, joinFrames } from "./frame.ts";
import { type HttpTransport, onceClosed, Silence } from "./http-transport.ts";
import { text, write } from "./http-answer.ts";
import type { Transport, TransportListener } from "./transport.ts";

export interface LongPollingListener extends TransportListener {
  onPollCame(): void;
  onPollAnswered(status: number): void;
  /** The client has received the 204 that ends the connection, or has stopped polling. */
  onForgotten(): void;
}

export interface LongPollingSettings {
  /** A poll without messages is answered after this time. */
  pollTimeoutMilliseconds: number;
  /** The connection ends if the client doesn't poll for this time. */
  disconnectTimeoutMilliseconds: number;
}

interface Poll {
  readonly response: ServerResponse;
  readonly timeout: NodeJS.Timeout;
}

export class LongPollingTransport implements Transport, HttpTransport {
  readonly name = "LongPolling";
  readonly formats = ["Text", "Binary"] as const;
  readonly keepsItselfAlive = true;
  readonly #settings: LongPollingSettings;
  readonly #silence = new Silence();
  readonly #inactivity: NodeJS.Timeout;
  #listener: LongPollingListener | undefined;
  #waiting: Frame[] = [];
  #poll: Poll | undefined;
  #polledBefore = false;
  #dropsNextPoll = false;
  #ended = false;

  constructor(settings: LongPollingSettings) {
    this.#settings = settings;
    this.#inactivity = setTimeout(() => this.#forget(), settings.disconnectTimeoutMilliseconds).unref();
  }

  listen(listener: LongPollingListener): void {
    this.#listener = { ...listener, ...onceClosed(listener) };
  }

  /** A second poll ends the waiting one: the client must have abandoned that. */
  poll(response: ServerResponse): void {
    if (this.#dropsNextPoll) {
      this.#dropsNextPoll = false;
      return void response.destroy();
    }
    this.#answer(204);
    const timeout = setTimeout(() => this.#answer(200), this.#settings.pollTimeoutMilliseconds);
    this.#poll = { response, timeout };
    response.on("error", () => undefined);
    response.on("close", () => this.#dropped(response));
    this.#listener?.onPollCame();
    // The first answer is always empty: it only shows that the connection exists.
    if (!this.#polledBefore) this.#answer(200);
    else this.#flush();
    this.#polledBefore = true;
  }

  async receive(body: Buffer): Promise<void> {
    await this.#silence.over();
    this.#listener?.onData(body);
  }

  send(frame: Frame): void {
    if (this.#ended) return;
    this.#waiting.push(frame);
    this.#flush();
  }

  sendAlone(frame: Frame): void {
    this.send(frame);
  }

  /** Waiting messages are still delivered; the poll after that is answered with 204, which ends the connection. */
  close(): void {
    this.#ended = true;
    this.#flush();
    this.#listener?.onClosed(true);
  }

  /** The client has asked to end the connection (DELETE). */
  terminate(): void {
    this.#ended = true;
    this.#waiting = [];
    this.#answer(204);
    this.#forget();
  }

  /** Between two polls there is no request to cut, so then the next poll is cut. */
  destroy(): void {
    if (this.#poll) this.#poll.response.destroy();
    else this.#dropsNextPoll = true;
  }

  setSilent(silent: boolean): void {
    this.#silence.set(silent);
    if (!silent) this.#flush();
  }

  #flush(): void {
    if (this.#poll === undefined || this.#silence.isSilent) return;
    if (this.#waiting.length > 0) {
      const body = Buffer.from(joinFrames(this.#waiting));
      this.#waiting = [];
      this.#answer(200, body);
    } else if (this.#ended) {
      this.#answer(204);
      this.#forget();
    }
  }

  #answer(status: 200 | 204, body?: Buffer): void {
    const poll = this.#poll;
    if (poll === undefined) return;
    this.#poll = undefined;
    clearTimeout(poll.timeout);
    this.#inactivity.refresh();
    this.#listener?.onPollAnswered(status);
    if (body) write(poll.response, { status, type: "application/octet-stream", body });
    else write(poll.response, text(status));
  }

  #dropped(response: ServerResponse): void {
    if (this.#poll?.response !== response) return;
    clearTimeout(this.#poll.timeout);
    this.#poll = undefined;
    this.#inactivity.refresh();
  }

  #forget(): void {
    // A waiting poll shows that the client is alive.
    if (this.#poll !== undefined) return void this.#inactivity.refresh();
    clearTimeout(this.#inactivity);
    this.#listener?.onClosed(true);
    this.#listener?.onForgotten();
  }
}
