import type { TransportListener } from "./transport.ts";

/** A transport whose client sends by POST. */
export interface HttpTransport {
  /** Receives the body of a POST. Resolves when it was processed; while the server is silent, that waits. */
  receive(body: Buffer): Promise<void>;
}

/** Lets callers wait while a transport must be silent. */
export class Silence {
  #silent = false;
  #waiting: (() => void)[] = [];

  get isSilent(): boolean {
    return this.#silent;
  }

  set(silent: boolean): void {
    this.#silent = silent;
    if (silent) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  async over(): Promise<void> {
    if (this.#silent) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

/** Reports the end of a transport only once, even if several events signal it. */
export function onceClosed(listener: TransportListener): TransportListener {
  let closed = false;
  return {
    onData: (data) => {
      if (!closed) listener.onData(data);
    },
    onClosed: (graceful) => {
      if (!closed) listener.onClosed(graceful);
      closed = true;
    },
  };
}
