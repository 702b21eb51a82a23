import { type Frame, frameBytes, joinFrames } from "./frame.ts";

/** As much as the .NET server's pipe holds: how far a writer may run ahead, and the most that goes into one frame. */
const bufferBytes = 64 * 1024;

/**
 * What waits while a frame is being written goes out together in the next one, as through the .NET server's pipe.
 */
export class SendQueue {
  readonly #write: (frame: Frame, written: () => void) => void;
  #waiting: Frame[] = [];
  #waitingBytes = 0;
  #writing = false;
  #roomListeners: (() => void)[] = [];

  constructor(write: (frame: Frame, written: () => void) => void) {
    this.#write = write;
  }

  /** Resolves once there is room for more. */
  send(frame: Frame): Promise<void> | void {
    this.#waiting.push(frame);
    this.#waitingBytes += frameBytes(frame);
    if (!this.#writing) this.flush();
    if (this.#waitingBytes > bufferBytes) return new Promise((resolve) => this.#roomListeners.push(resolve));
  }

  flush(): void {
    const frames = this.#waiting;
    this.clear();
    if (frames.length === 0) return;
    this.#writing = true;
    this.#write(joinFrames(frames), () => {
      this.#writing = false;
      this.flush();
    });
  }

  /** Drops what waits, so that nobody waits for room any longer. */
  clear(): void {
    this.#waiting = [];
    this.#waitingBytes = 0;
    const listeners = this.#roomListeners;
    this.#roomListeners = [];
    for (const resolve of listeners) resolve();
  }
}
