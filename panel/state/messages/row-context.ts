/** Finds the hub connection and the call of a log row, on demand. */
import type {
  CallModel,
  HubConnectionModel,
  MessageRow,
  RecordingModel,
} from "../../../extension/core/model/types.ts";
import type { PageId } from "../../../extension/core/ids.ts";
import type { EventHead } from "../../../extension/core/columns/event-heads.ts";
import type { EventTable, Row } from "../../../extension/core/columns/event-table.ts";
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

  get events(): EventTable {
    return this.#model.events;
  }

  hubOf(page: PageId, head: EventHead): HubConnectionModel | null {
    const known = this.#known(page);
    if (!known) return null;
    if ("socket" in head) return known.sockets.get(head.socket) ?? null;
    if ("hub" in head) return known.hubs.get(head.hub) ?? null;
    if ("request" in head) return known.requests.get(head.request) ?? null;
    if (head.kind === "fault" && head.command.target.scope === "connection")
      return known.sockets.get(head.command.target.socket) ?? null;
    return null;
  }

  hubOfRow(row: Row): HubConnectionModel | null {
    return this.hubOf(this.events.pageOf(row), this.events.headOf(row));
  }

  callOf(row: Row): CallModel | null {
    return this.#model.notes.callOf(row);
  }

  /** With stateful reconnect: the message's sequence number, and whether it was sent before. */
  sequenceOf(row: Row): Pick<MessageRow, "sequence" | "replay"> {
    return this.#model.notes.sequenceOf(row);
  }
}
