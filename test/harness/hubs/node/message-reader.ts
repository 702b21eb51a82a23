import type { ReadMessage } from "./hub-protocol.ts";
import { invalidData } from "./server-error.ts";

/**
 * Collects data from a client and returns whole messages. One frame may contain several messages, and, as with the .NET
 * server, one message may be split over several frames.
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
   * The next whole message, or undefined until more data arrives. The .NET server never skips a message of an
   * unknown type: it tries to read it again with all new data, until there are too many waiting bytes.
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

  /** Forgets a partial message: a resumed connection starts with a whole one. */
  clear(): void {
    this.#rest = Buffer.alloc(0);
  }
}
