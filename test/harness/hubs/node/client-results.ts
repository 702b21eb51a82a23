import { type CompletionMessage, type InvocationMessage, MessageType } from "./hub-messages.ts";
import { HubException } from "./server-error.ts";

/** The error of the .NET server for a completion that has neither a result nor an error. */
const noResult = "Exception of type 'Microsoft.AspNetCore.SignalR.HubException' was thrown.";

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Calls from the server to one client whose results have not arrived yet. */
export class ClientResults {
  readonly #pending = new Map<string, Pending>();

  /** @returns the invocation to send, and a promise of its result */
  ask(
    invocationId: string,
    target: string,
    args: unknown[],
  ): { message: InvocationMessage; answer: Promise<unknown> } {
    const answer = new Promise((resolve, reject) => this.#pending.set(invocationId, { resolve, reject }));
    return { message: { type: MessageType.Invocation, invocationId, target, arguments: args }, answer };
  }

  complete({ invocationId, result, error }: CompletionMessage): void {
    const pending = this.#pending.get(invocationId);
    this.#pending.delete(invocationId);
    if (result === undefined) pending?.reject(new HubException(error ?? noResult));
    else pending?.resolve(result);
  }

  abort(): void {
    for (const { reject } of this.#pending.values()) reject(new Error("The connection was closed."));
    this.#pending.clear();
  }
}
