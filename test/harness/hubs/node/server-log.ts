import type { LogEntry } from "../running-hub.ts";
import { type HubMessage, typeName } from "./hub-messages.ts";

/** A flood of messages must not eat the memory of a long test run. */
const maximumEntries = 20_000;

/** What the server saw, oldest first. */
export class ServerLog {
  #entries: LogEntry[] = [];
  readonly #retired = new Set<string>();

  add(connectionId: string, event: string, detail?: string): void {
    this.#add({ t: Date.now(), connectionId, event, ...(detail === undefined ? {} : { detail }) });
  }

  /** Notes all of a message but its arguments. */
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

  /** Nothing that these connections still do is of interest. */
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
