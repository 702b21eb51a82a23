import type { LogEntry } from "../running-hub.ts";
import { type HubMessage, typeName } from "./hub-messages.ts";

/** Limits the memory that the log needs in a long test run with many messages. */
const maximumEntries = 20_000;

/** The log of what happened at the server, oldest entry first. */
export class ServerLog {
  #entries: LogEntry[] = [];
  readonly #retired = new Set<string>();

  add(connectionId: string, event: string, detail?: string): void {
    this.#add({ t: Date.now(), connectionId, event, ...(detail === undefined ? {} : { detail }) });
  }

  /** Logs everything of a message but its arguments. */
  addMessage(connectionId: string, event: "received" | "sent", message: HubMessage): void {
    const type = typeName(message);
    const target = "target" in message ? message.target : undefined;
    this.#add({
      t: Date.now(),
      connectionId,
      event,
      detail: target === undefined ? type : `${type} ${target}`,
      type,
      ...(target === undefined ? {} : { target }),
      ...("invocationId" in message ? { invocationId: message.invocationId } : {}),
      ...("sequenceId" in message ? { sequenceId: message.sequenceId } : {}),
    });
  }

  entries(): LogEntry[] {
    return [...this.#entries];
  }

  /** From now on these connections aren't logged. */
  retire(connectionIds: Iterable<string>): void {
    for (const connectionId of connectionIds) this.#retired.add(connectionId);
  }

  isRetired(connectionId: string): boolean {
    return this.#retired.has(connectionId);
  }

  clear(): void {
    this.#entries = [];
  }

  #add(entry: LogEntry): void {
    if (this.isRetired(entry.connectionId)) return;
    if (this.#entries.length >= maximumEntries) this.#entries.splice(0, maximumEntries / 2);
    this.#entries.push(entry);
  }
}
