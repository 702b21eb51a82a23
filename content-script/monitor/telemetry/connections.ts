/**
 * Follows the transport connections of the page, as far as a span needs it, and what looks like an interruption: all that is known while
 * the judge isn't there.
 */
import { CLOSE, type HubState, type TransportName } from "../../../extension/core/protocol/terms.ts";
import type { HubId, RequestId, SocketId } from "../../../extension/core/ids.ts";
import type {
  HubMessage,
  NegotiateEnded,
  NegotiateStarted,
  RecordedEvent,
  SocketClosed,
  SocketConnecting,
} from "../../../extension/core/events/events.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import type { Trouble } from "../judge/trouble.ts";

export interface Connection {
  readonly socket: SocketId;
  readonly url: string;
  readonly transport: TransportName;
  /** Of its negotiate, if it had one. */
  readonly from: EpochMilliseconds;
  readonly connectionId: string | undefined;
  protocol: string | undefined;
  /** When the server had answered the handshake. null: not yet. */
  connectedAt: EpochMilliseconds | null;
  /** Its end was asked for by the page. */
  isClosing: boolean;
}

export interface ConnectionEnd {
  readonly t: EpochMilliseconds;
  /** null: it is no WebSocket, or the page is left. */
  readonly code: number | null;
  readonly isLost: boolean;
}

export interface ConnectionListener {
  connected(connection: Connection): void;
  ended(connection: Connection, end: ConnectionEnd): void;
  /** Something was lost, or failed: its cause may be asked for. */
  troubled(): void;
  /** A server was heard: the network is there. */
  answered(): void;
}

export interface Connections {
  take(event: RecordedEvent): void;
  /** Those that are connected. */
  open(): Connection[];
  /** What looks like an interruption or a failed start, by the states of clients, and isn't forgotten yet. Without verdicts. */
  troubles(): Trouble[];
  /** Forgets troubles that are over. */
  forgetTroubles(): void;
}

/** The code of a WebSocket that ended without a close frame. */
const LOST = 1006;

/** Limits what is remembered of pages that reconnect for days. */
const MOST = 200;

export function createConnections(listener: ConnectionListener): Connections {
  const connections = new Map<SocketId, Connection>();
  const negotiates = new Map<RequestId, { from: EpochMilliseconds; id?: string | undefined }>();
  const hubs = new Map<HubId, string>();
  let troubles: (Trouble & { readonly hub: HubId })[] = [];

  const connect = (socket: SocketId, t: EpochMilliseconds): void => {
    const connection = connections.get(socket);
    if (!connection || connection.connectedAt !== null) return;
    connection.connectedAt = t;
    listener.connected(connection);
  };
  const changed = (hub: HubId, from: HubState, to: HubState, t: EpochMilliseconds): void => {
    const open = troubles.find((one) => one.hub === hub && one.until === null);
    const replaced = (more: Partial<Trouble>): void => {
      troubles = troubles.map((one) => (one === open ? { ...one, ...more } : one));
    };
    if (to === "Connected") {
      const outcome = open?.kind === "failed-start" ? "connected" : "reconnected";
      if (open) replaced({ until: t, outcome, recovered: true });
      listener.answered();
    } else if (from === "Disconnecting" || to === "Disconnecting") {
      if (open) replaced({ until: t, outcome: "stopped-by-app" });
    } else if (to !== "Connecting") {
      const isStart = from === "Connecting";
      listener.troubled();
      if (open) replaced({ attempts: open.attempts + 1, outcome: isStart ? "failed" : "gave-up" });
      else if (troubles.length < MOST)
        troubles.push({
          kind: isStart ? "failed-start" : "interruption",
          key: `${hub} ${t}`,
          ...{ hub, hubUrl: hubs.get(hub) ?? "", from: t, until: null, verdict: null, socket: null },
          outcome: isStart ? "failed" : to === "Reconnecting" ? "ongoing" : "gave-up",
          recovered: false,
          attempts: isStart ? 1 : 0,
        });
    }
  };
  const takeNegotiate = (event: NegotiateStarted | NegotiateEnded): void => {
    if (event.kind === "negotiate") {
      remember(negotiates, event.request, { from: event.t });
      return;
    }
    const negotiate = negotiates.get(event.request);
    if (negotiate) negotiate.id = event.connectionId;
    if (event.status === null) listener.troubled();
    else listener.answered();
  };
  const began = ({ socket, url, transport, request, t }: SocketConnecting): void => {
    if (connections.has(socket)) return;
    const negotiate = request === undefined ? undefined : negotiates.get(request);
    remember(connections, socket, {
      ...{ socket, url, transport, protocol: undefined, connectedAt: null, isClosing: false },
      from: negotiate?.from ?? t,
      connectionId: negotiate?.id,
    });
  };
  const ended = ({ socket, t, code, wasClean }: SocketClosed): void => {
    const connection = connections.get(socket);
    if (!connection) return;
    connections.delete(socket);
    const isLost = !wasClean && !connection.isClosing;
    if (connection.connectedAt !== null) listener.ended(connection, { t, code, isLost });
    if (isLost) listener.troubled();
    // Somebody said that it ends.
    if (code !== null && code !== LOST) listener.answered();
  };
  const takeMessage = ({ socket, direction, type, sequenceId, t }: HubMessage): void => {
    if (direction === "out") return;
    // A resumed connection has no handshake.
    if (sequenceId !== undefined) connect(socket, t);
    if (type !== CLOSE) return;
    listener.troubled();
    listener.answered();
  };
  return {
    take(event) {
      const { kind } = event;
      if (kind === "message") takeMessage(event);
      else if (kind === "negotiate" || kind === "negotiate-ended") takeNegotiate(event);
      else if (kind === "socket") began(event);
      else if (kind === "socket-closed") ended(event);
      else if (kind === "hub") remember(hubs, event.hub, event.url);
      else if (kind === "hub-state") changed(event.hub, event.from, event.to, event.t);
      else if (kind === "handshake" || kind === "socket-closing") {
        const connection = connections.get(event.socket);
        if (!connection) return;
        if (kind === "socket-closing") connection.isClosing = true;
        else if (event.direction === "out") connection.protocol = event.protocol;
        else if (event.error === undefined) connect(event.socket, event.t);
      }
    },
    open: () => [...connections.values()].filter(({ connectedAt }) => connectedAt !== null),
    troubles: () => troubles,
    forgetTroubles() {
      troubles = troubles.filter(({ until }) => until === null);
    },
  };
}

function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.set(key, value);
  if (map.size <= MOST) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
