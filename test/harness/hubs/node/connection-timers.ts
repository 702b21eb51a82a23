import type { HubOptions } from "./hub-options.ts";

export interface TimerListener {
  handshakeTimedOut(): void;
  keepAliveDue(): void;
  clientTimedOut(): void;
}

/** The three timers of a connection: handshake, keep-alive, client timeout. */
export class ConnectionTimers {
  readonly #options: HubOptions;
  readonly #listener: TimerListener;
  readonly #handshake: NodeJS.Timeout;
  #keepAlive: NodeJS.Timeout | undefined;
  #clientTimeout: NodeJS.Timeout | undefined;

  constructor(options: HubOptions, listener: TimerListener) {
    this.#options = options;
    this.#listener = listener;
    this.#handshake = setTimeout(listener.handshakeTimedOut, options.handshakeTimeoutMilliseconds);
  }

  /** Pings are sent at fixed intervals: other messages don't postpone them, as in ASP.NET Core. */
  handshakeDone({ pings }: { pings: boolean }): void {
    clearTimeout(this.#handshake);
    if (pings)
      this.#keepAlive = setInterval(this.#listener.keepAliveDue, this.#options.keepAliveMilliseconds);
  }

  /** The client timeout starts with the first ping of a client: clients of old versions send no pings at all. */
  pinged(): void {
    this.#clientTimeout ??= setTimeout(
      this.#listener.clientTimedOut,
      this.#options.clientTimeoutMilliseconds,
    );
  }

  received(): void {
    this.#clientTimeout?.refresh();
  }

  stop(): void {
    clearTimeout(this.#handshake);
    clearInterval(this.#keepAlive);
    clearTimeout(this.#clientTimeout);
  }
}
