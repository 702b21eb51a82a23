import type { HubOptions } from "./hub-options.ts";

export interface TimerListener {
  handshakeTimedOut(): void;
  keepAliveDue(): void;
  clientTimedOut(): void;
}

/** The three clocks of a connection: handshake, keep-alive, client time-out. */
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

  /** Pings go by the server's own pings only; other messages don't put them off, as in ASP.NET Core. */
  handshakeDone({ pings }: { pings: boolean }): void {
    clearTimeout(this.#handshake);
    if (pings)
      this.#keepAlive = setInterval(this.#listener.keepAliveDue, this.#options.keepAliveMilliseconds);
  }

  /** A client is only held to the time-out once it has pinged: one that never pings may be an old one that can't. */
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
