import { AsyncQueue } from "./async-queue.ts";
import { HubException, ServerError } from "./server-error.ts";

/** The streams of numbers one client is uploading, by the ids it gave them in `streamIds`. */
export class UploadStreams {
  readonly #streams = new Map<string, AsyncQueue<number>>();

  open(streamId: string): AsyncIterable<number> {
    const stream = new AsyncQueue<number>();
    this.#streams.set(streamId, stream);
    return stream;
  }

  /** An item of a stream the method has already left is normal and gets lost. */
  push(streamId: string, item: unknown): void {
    if (typeof item === "number") this.#streams.get(streamId)?.push(item);
    else this.complete(streamId, "Failed to bind Stream message.");
  }

  /** False when the id is no upload stream, so that the completion may belong to a client result. */
  complete(streamId: string, error?: string): boolean {
    const stream = this.#streams.get(streamId);
    stream?.end(error === undefined ? undefined : new HubException(error));
    return this.#streams.delete(streamId);
  }

  /** The method has returned: nobody reads these any more. */
  forget(streamIds: readonly string[]): void {
    for (const streamId of streamIds) this.#streams.delete(streamId);
  }

  abort(): void {
    const closed = new ServerError("OperationCanceledException", "The underlying connection was closed.");
    for (const stream of this.#streams.values()) stream.end(closed);
    this.#streams.clear();
  }
}
