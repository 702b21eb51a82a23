import type { TransportListener } from "./transport.ts";

/** A transport whose client sends by POST. */
export interface HttpTransport {
  /** Takes the body of a POST; resolves when it is taken, which a silent server lets wait. */
  receive(body: Buffer): Promise<void>;
}

/** Keeps callers waiting while a transport is to be silent. */
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

/** Tells of the end once, however many ends there seem to be. */
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
