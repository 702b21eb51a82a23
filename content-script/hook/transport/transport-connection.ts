/**
 * A SignalR transport connection: a WebSocket, an event source with its POSTs, or a poll loop. Faults set some of these fields,
 * and the hook acts on them.
 */
import { addressOf } from "../../../extension/core/protocol/addresses.ts";
import type { FaultId, SocketId } from "../../../extension/core/ids.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import type { ConnectionRecorder } from "../record/connection-recorder.ts";
import type { EventSourceConnection } from "./event-stream.ts";
import type { HttpControl } from "./http-request.ts";
import type { PollingConnection } from "./long-polling.ts";
import { ownMethods } from "../../sentinel/shared-with-hook.ts";
import type { WebSocketConnection } from "./websocket-connection.ts";

export type TransportConnection = WebSocketConnection | EventSourceConnection | PollingConnection;

/** What every transport connection has. */
export interface ConnectionBase {
  /** 0 until SignalR was recognised. */
  readonly id: SocketId;
  /** Absolute, secrets included. */
  readonly url: string;
  readonly startedAt: EpochMilliseconds;
  readonly log: ConnectionRecorder;
  /** For the page it is closed. */
  readonly over: boolean;
  /** The page must not get any more events of the native object. */
  readonly replaced: boolean;
  /** Non-zero: swallowed by that fault. */
  muteIn: FaultId;
  muteOut: FaultId;
  /** While faults change its traffic, all messages go through here. */
  pipe: Pipe | undefined;
}

/** Applies faults to the traffic of one connection. The order in each direction is preserved. */
export interface Pipe {
  /** A frame from the server: the pipe records and delivers it, or its remaining messages. */
  in(data: unknown): void;
  /** A frame that the page sends over a WebSocket. */
  out(data: unknown): void;
  /** A poll's answer: the pipe gives it, or its remaining messages, to the page through the control. Settles after that. */
  poll(data: string | ArrayBuffer, control: HttpControl): Promise<void>;
  /** Frames from the server that the page hasn't got yet. */
  readonly waiting: boolean;
  /** Runs once they are delivered. */
  last(run: () => void): void;
  /** Sends at once what the page has sent so far. */
  flush(): void;
}

const MAX_ADDRESSES = 200;

/** The SignalR connections of the page that are open. */
export interface TransportConnections {
  nextId(): SocketId;
  add(connection: TransportConnection): void;
  remove(connection: TransportConnection): void;
  /** Connections that are open for the page. */
  live(): TransportConnection[];
  byId(id: SocketId): TransportConnection | undefined;
  /** Whether there was a connection to this address, ignoring its query. */
  knows(url: string): boolean;
}

export function createTransportConnections(hooks: {
  added(connection: TransportConnection): void;
  removed(connection: TransportConnection): void;
}): TransportConnections {
  const live = ownMethods(new Map<SocketId, TransportConnection>());
  const addresses = ownMethods(new Set<string>());
  let last: SocketId = 0;
  return {
    nextId: () => ++last,
    add(connection) {
      live.set(connection.id, connection);
      if (addresses.size < MAX_ADDRESSES) addresses.add(addressOf(connection.url));
      hooks.added(connection);
    },
    remove(connection) {
      if (live.delete(connection.id)) hooks.removed(connection);
    },
    live: () => [...live.values()].filter((connection) => !connection.over),
    byId: (id) => live.get(id),
    knows: (url) => addresses.has(addressOf(url)),
  };
}

/** The connection token in an address. */
export const tokenIn = (url: string): string | undefined => /[?&]id=([^&#]*)/.exec(url)?.[1];
