import { type Frame, frameBytes, joinFrames } from "./frame.ts";

/** The capacity of the .NET server's pipe: how much may wait, and the maximum that one frame contains. */
const bufferBytes = 64 * 1024;

/**
 * Messages that wait while a frame is being written are sent together in the next frame, as by the .NET server's pipe.
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

  /** Drops all waiting messages, so that no writer waits for room any longer. */
  clear(): void {
    this.#waiting = [];
    this.#waitingBytes = 0;
    const listeners = this.#roomListeners;
    this.#roomListeners = [];
    for (const resolve of listeners) resolve();
  }
}
