/** To which hub connection an event belongs, as far as the recording was read. */
import type { RecordedEvent } from "../core/events/events.ts";
import type { HubId, PageId, RequestId, SocketId } from "../core/ids.ts";
import type {
  HubConnectionModel,
  RecordingModel,
  RequestModel,
  TransportModel,
} from "../core/model/types.ts";

export interface Place {
  readonly hub: HubConnectionModel | null;
  readonly transport: TransportModel | null;
}

const NOWHERE: Place = { hub: null, transport: null };

interface PagePlaces {
  readonly sockets: Map<SocketId, Place>;
  readonly requests: Map<RequestId, Place & { readonly model: RequestModel }>;
  readonly hubs: Map<HubId, Place>;
}

/** How far a hub connection was read. */
interface Read {
  transports: number;
  requests: number;
  lateRows: number;
}

export class Places {
  readonly #pages = new Map<PageId, PagePlaces>();
  readonly #read = new Map<string, Read>();

  constructor(model: Pick<RecordingModel, "hubs">) {
    this.update(model);
  }

  /** The recording was read further. */
  update({ hubs }: Pick<RecordingModel, "hubs">): void {
    for (const hub of hubs) this.#add(hub);
  }

  #add(hub: HubConnectionModel): void {
    const { sockets, requests, hubs } = this.#ofPage(hub.page);
    const known = this.#read.get(hub.key);
    const read = known?.lateRows === hub.lateRows ? known : { transports: 0, requests: 0 };
    for (const transport of hub.transports.slice(read.transports))
      sockets.set(transport.socket, { hub, transport });
    for (const model of hub.requests.slice(read.requests))
      requests.set(model.request, { hub, transport: null, model });
    if (hub.hub !== null) hubs.set(hub.hub, { hub, transport: null });
    const { lateRows } = hub;
    this.#read.set(hub.key, {
      ...{ transports: hub.transports.length, requests: hub.requests.length, lateRows },
    });
  }

  #ofPage(page: PageId): PagePlaces {
    const known = this.#pages.get(page);
    if (known) return known;
    const places = { sockets: new Map(), requests: new Map(), hubs: new Map() };
    this.#pages.set(page, places);
    return places;
  }

  ofSocket(page: PageId, socket: SocketId): Place {
    return this.#pages.get(page)?.sockets.get(socket) ?? NOWHERE;
  }

  requestOf(page: PageId, request: RequestId): RequestModel | undefined {
    return this.#pages.get(page)?.requests.get(request)?.model;
  }

  of(page: PageId, event: RecordedEvent): Place {
    const places = this.#pages.get(page);
    if (!places) return NOWHERE;
    const { socket, request, hub } = idsIn(event);
    return (
      (socket === undefined ? undefined : places.sockets.get(socket)) ??
      (request === undefined ? undefined : places.requests.get(request)) ??
      (hub === undefined ? undefined : places.hubs.get(hub)) ??
      NOWHERE
    );
  }
}

/** The numbers by which an event names what it belongs to. */
export const idsIn = (
  event: RecordedEvent,
): { readonly socket?: SocketId; readonly request?: RequestId; readonly hub?: HubId } => ({
  ...("socket" in event ? { socket: event.socket } : {}),
  ...("request" in event ? { request: event.request } : {}),
  ...("hub" in event && typeof event.hub === "number" ? { hub: event.hub } : {}),
});
