import type { ReadMessage } from "./hub-protocol.ts";
import { invalidData } from "./server-error.ts";

/**
 * Collects what a client sends and hands out whole messages. Several may come in one frame, and, as with the .NET
 * server, one may come in several.
 */
export class MessageReader {
  #rest: Buffer = Buffer.alloc(0);
  readonly #maximumBytes: number;

  constructor(maximumBytes: number) {
    this.#maximumBytes = maximumBytes;
  }

  push(data: Buffer): void {
    this.#rest = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data]);
  }

  /**
   * The next whole message, or undefined until more has come. The .NET server never gets past a message of a type that
   * nobody knows: it tries again whenever more comes, until the waiting bytes are too many.
   */
  next<T>(read: (received: Buffer) => ReadMessage<T> | undefined): T | undefined {
    const next = read(this.#rest.subarray(0, this.#maximumBytes));
    if (next) {
      this.#rest = this.#rest.subarray(next.bytes);
      return next.message;
    }
    if (this.#rest.length <= this.#maximumBytes) return undefined;
    throw invalidData(
      `The maximum message size of ${this.#maximumBytes}B was exceeded. The message size can be configured in AddHubOptions.`,
    );
  }

  /** A resumed connection goes on with a whole message. */
  clear(): void {
    this.#rest = Buffer.alloc(0);
  }
}
