import { checkArguments, withStreams } from "./bind-arguments.ts";
import {
  type CompletionMessage,
  type HubMessage,
  type InvocationMessage,
  MessageType,
} from "./hub-messages.ts";
import type { HubCall, HubMethod } from "./hub-method.ts";
import type { Hub } from "./hub.ts";
import { errorForClient, HubException } from "./server-error.ts";
import type { UploadStreams } from "./upload-streams.ts";

/** What the dispatcher needs from its connection. */
export interface Caller {
  readonly hub: Hub;
  readonly uploads: UploadStreams;
  readonly detailedErrors: boolean;
  send(message: HubMessage): Promise<void> | void;
  call(signal: AbortSignal): HubCall;
}

/** Runs the invocations of one connection and answers them. */
export class HubDispatcher {
  readonly #caller: Caller;
  readonly #streams = new Map<string, AbortController>();
  readonly #connectionGone = new AbortController();

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  async dispatch(message: InvocationMessage): Promise<void> {
    const method = this.#caller.hub.method(message.target);
    try {
      if (!method) throw new HubException("Method does not exist.");
      checkArguments(method, message);
    } catch (error) {
      this.#fail(message, `Failed to invoke '${message.target}' due to an error on the server.`, error);
      return;
    }
    const refusal = this.#refusal(method, message);
    if (refusal !== undefined) this.#fail(message, refusal);
    else if (method.kind === "stream") await this.#stream(method, message);
    else await this.#invoke(method, message);
  }

  cancel(invocationId: string): void {
    this.#streams.get(invocationId)?.abort();
  }

  abort(): void {
    this.#connectionGone.abort();
    for (const stream of this.#streams.values()) stream.abort();
  }

  #refusal(method: HubMethod, { type, target, invocationId = "" }: InvocationMessage): string | undefined {
    const asStream = type === MessageType.StreamInvocation;
    if (asStream && method.kind === "invoke")
      return `The client attempted to invoke the non-streaming '${target}' method with a streaming invocation.`;
    if (!asStream && method.kind === "stream")
      return `The client attempted to invoke the streaming '${target}' method with a non-streaming invocation.`;
    if (asStream && this.#streams.has(invocationId))
      return `Invocation ID '${invocationId}' is already in use.`;
    return undefined;
  }

  async #invoke(method: HubMethod, message: InvocationMessage): Promise<void> {
    const { target, streamIds = [] } = message;
    try {
      const args = withStreams(method, message, this.#caller.uploads);
      const result: unknown = await method.run(this.#caller.call(this.#connectionGone.signal), args);
      // A method without a result is answered with the result null, never with a completion without a result, which the
      // protocol also has.
      this.#complete(message, { result: result ?? null });
    } catch (error) {
      this.#fail(message, `An unexpected error occurred invoking '${target}' on the server.`, error);
    } finally {
      this.#caller.uploads.forget(streamIds);
    }
  }

  async #stream(method: HubMethod, message: InvocationMessage): Promise<void> {
    const { invocationId = "" } = message;
    const cancellation = new AbortController();
    this.#streams.set(invocationId, cancellation);
    try {
      const args = withStreams(method, message, this.#caller.uploads);
      const items = method.run(this.#caller.call(cancellation.signal), args) as AsyncIterable<unknown>;
      for await (const item of items) {
        if (cancellation.signal.aborted) break;
        await this.#caller.send({ type: MessageType.StreamItem, invocationId, item });
      }
      this.#complete(message, {});
    } catch (error) {
      if (cancellation.signal.aborted) this.#complete(message, {});
      else this.#fail(message, "An error occurred on the server while streaming results.", error);
    } finally {
      this.#streams.delete(invocationId);
    }
  }

  #fail(message: InvocationMessage, sentence: string, error?: unknown): void {
    const { detailedErrors } = this.#caller;
    this.#complete(message, {
      error: error === undefined ? sentence : errorForClient(sentence, error, detailedErrors),
    });
  }

  /** A non-blocking send gets no completion, not even for an error. */
  #complete({ invocationId }: InvocationMessage, outcome: Pick<CompletionMessage, "result" | "error">): void {
    if (invocationId === undefined) return;
    void this.#caller.send({ type: MessageType.Completion, invocationId, ...outcome });
  }
}
