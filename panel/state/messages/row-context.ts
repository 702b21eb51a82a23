/** Finds the hub connection and the call of a log row, on demand. */
import { findRow } from "../../../extension/core/model/message-order.ts";
import type {
  CallModel,
  HubConnectionModel,
  MessageRow,
  RecordingModel,
} from "../../../extension/core/model/types.ts";
import type { PageId } from "../../../extension/core/ids.ts";
import type { LogRow } from "../event-log.ts";
import type { RowContext } from "./match.ts";

interface Known {
  readonly sockets: Map<number, HubConnectionModel>;
  readonly requests: Map<number, HubConnectionModel>;
  readonly hubs: Map<number, HubConnectionModel>;
}

export class ModelContext implements RowContext {
  readonly #model: RecordingModel;
  readonly #pages = new Map<PageId, Known>();
  #version = -1;

  constructor(model: RecordingModel) {
    this.#model = model;
  }

  get begin(): number {
    return this.#model.from;
  }

  #known(page: PageId): Known | undefined {
    if (this.#version !== this.#model.version) {
      this.#version = this.#model.version;
      this.#pages.clear();
      for (const { id, hubs } of this.#model.pages) {
        const known: Known = { sockets: new Map(), requests: new Map(), hubs: new Map() };
        for (const hub of hubs) {
          for (const { socket } of hub.transports) known.sockets.set(socket, hub);
          for (const { request } of hub.requests) known.requests.set(request, hub);
          if (hub.hub !== null) known.hubs.set(hub.hub, hub);
        }
        this.#pages.set(id, known);
      }
    }
    return this.#pages.get(page);
  }

  hubOf({ page, event }: LogRow): HubConnectionModel | null {
    const known = this.#known(page);
    if (!known) return null;
    if ("socket" in event) return known.sockets.get(event.socket) ?? null;
    if ("hub" in event) return known.hubs.get(event.hub) ?? null;
    if ("request" in event) return known.requests.get(event.request) ?? null;
    if (event.kind === "fault" && event.command.target.scope === "connection")
      return known.sockets.get(event.command.target.socket) ?? null;
    return null;
  }

  callOf(row: LogRow): CallModel | null {
    if (row.event.kind !== "message" || row.event.invocationId === undefined) return null;
    return this.messageOf(row)?.call ?? null;
  }

  /** The message in the model, with its sequence number if stateful reconnect is on. */
  messageOf(row: LogRow): MessageRow | null {
    if (row.event.kind !== "message") return null;
    const hub = this.hubOf(row);
    return hub && findRow(hub.messages, row.event);
  }
}
