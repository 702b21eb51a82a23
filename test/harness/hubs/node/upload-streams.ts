import { AsyncQueue } from "./async-queue.ts";
import { HubException, ServerError } from "./server-error.ts";

/** The streams of numbers that one client is uploading, by their ids in `streamIds`. */
export class UploadStreams {
  readonly #streams = new Map<string, AsyncQueue<number>>();

  open(streamId: string): AsyncIterable<number> {
    const stream = new AsyncQueue<number>();
    this.#streams.set(streamId, stream);
    return stream;
  }

  /** Items of a stream that the method no longer reads are normal. They are dropped. */
  push(streamId: string, item: unknown): void {
    if (typeof item === "number") this.#streams.get(streamId)?.push(item);
    else this.complete(streamId, "Failed to bind Stream message.");
  }

  /** False if the id belongs to no upload stream: the completion may then be a client result. */
  complete(streamId: string, error?: string): boolean {
    const stream = this.#streams.get(streamId);
    stream?.end(error === undefined ? undefined : new HubException(error));
    return this.#streams.delete(streamId);
  }

  /** The method has returned, and doesn't read these streams any more. */
  forget(streamIds: readonly string[]): void {
    for (const streamId of streamIds) this.#streams.delete(streamId);
  }

  abort(): void {
    const closed = new ServerError("OperationCanceledException", "The underlying connection was closed.");
    for (const stream of this.#streams.values()) stream.end(closed);
    this.#streams.clear();
  }
}
