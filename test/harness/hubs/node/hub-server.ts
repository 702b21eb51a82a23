import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { ControlCommand, TransportName } from "../control-command.ts";
import { applyToConnection } from "./control.ts";
import { HubConnection } from "./hub-connection.ts";
import { hubEndpoints } from "./hub-endpoints.ts";
import { type HubOptions, hubOptionsFromQuery } from "./hub-options.ts";
import { Hub } from "./hub.ts";
import { type HttpConnection, HttpConnections } from "./http-connections.ts";
import { LegacySignalR } from "./legacy-signalr.ts";
import { Misbehaviour, type StandIn } from "./misbehaviour.ts";
import { ServerLog } from "./server-log.ts";
import { authenticate } from "./test-token.ts";
import type { Transport, TransportListener } from "./transport.ts";
import { ServerWebSocket, WebSocketTransport } from "./web-socket-transport.ts";

interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly query: URLSearchParams;
}

/** The state of one server behind its HTTP endpoints: hubs, connections, misbehaviour, log. */
export class HubServer {
  readonly connections = new HttpConnections();
  readonly misbehaviour = new Misbehaviour();
  readonly log = new ServerLog();
  readonly endpoints = hubEndpoints();
  readonly legacy = new LegacySignalR(this.log);
  readonly #defaults: HubOptions;
  readonly #webSockets = new WebSocketServer({ noServer: true, WebSocket: ServerWebSocket });

  constructor(defaults: HubOptions) {
    this.#defaults = defaults;
  }

  options(query: URLSearchParams): HubOptions {
    return hubOptionsFromQuery(query, this.#defaults);
  }

  createConnection(
    path: string,
    query: URLSearchParams,
    negotiateVersion: number,
    stateful: boolean,
  ): HttpConnection {
    const { disconnectTimeoutMilliseconds } = this.options(query);
    return this.connections.create({ path, negotiateVersion, stateful, disconnectTimeoutMilliseconds });
  }

  /** Finishes the upgrade and runs the connection's hub over the new socket. */
  acceptWebSocket(connection: HttpConnection, { request, socket, head, query }: Upgrade): void {
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const transport = new WebSocketTransport(webSocket);
      const { onData, onClosed } = this.carry(connection, transport, { request, query });
      const onSocketClosed = (code: number): void =>
        this.log.add(connection.connectionId, "socket closed", String(code));
      transport.listen({ onData, onClosed, onSocketClosed });
    });
  }

  /** Attaches a transport to a connection. @returns the listener to which the transport must report */
  carry(
    connection: HttpConnection,
    transport: Transport,
    { request, query }: Pick<Upgrade, "request" | "query">,
  ): TransportListener {
    const { hubConnection: known, connectionId } = connection;
    this.connections.keep(connection);
    connection.transportName = transport.name;
    this.log.add(connectionId, known ? "transport resumed" : "transport connected", transport.name);
    const hubConnection = known ?? this.#run(connection, transport, { request, query });
    connection.hubConnection = hubConnection;
    known?.resume(transport);
    return {
      onData: (data) => hubConnection.receive(data),
      onClosed: (graceful) => this.#closed(connection, hubConnection, transport, graceful),
    };
  }

  /** The prepared answer to the next request of this kind. Clients from before the last reset get none. */
  nextStandIn(kind: TransportName | "send", connectionToken: string): StandIn | undefined {
    if (this.log.isRetired(this.connections.idOf(connectionToken))) return undefined;
    return kind === "send" ? this.misbehaviour.nextSend() : this.misbehaviour.nextTransport(kind);
  }

  control(command: ControlCommand): void {
    if (this.misbehaviour.prepare(command)) return;
    if (command.do === "reset") {
      this.misbehaviour.reset();
      // From now on, commands and log ignore all connections that are known so far, so that the next test starts clean.
      this.log.retire(this.connections.allIds());
      this.log.clear();
    }
    const connectionId = "connectionId" in command ? command.connectionId : undefined;
    for (const connection of this.connections.active(connectionId)) applyToConnection(command, connection);
  }

  /** Cuts the connections of all clients. */
  stop(): void {
    for (const { hubConnection } of this.connections.active()) {
      hubConnection.transport?.destroy();
      hubConnection.transportClosed();
    }
    this.legacy.stop();
  }

  #run(
    { connectionId, path, stateful }: HttpConnection,
    transport: Transport,
    { request, query }: Pick<Upgrade, "request" | "query">,
  ): HubConnection {
    const { hub = new Hub({}), closesOnTokenExpiry } = this.endpoints.get(path) ?? {};
    const hubConnection = new HubConnection({
      connectionId,
      hub,
      options: this.options(query),
      transport,
      stateful,
      misbehaviour: this.misbehaviour,
      log: (event, detail) => this.log.add(connectionId, event, detail),
      logMessage: (event, message) => this.log.addMessage(connectionId, event, message),
    });
    const token = closesOnTokenExpiry && authenticate(request, query);
    if (typeof token === "object")
      setTimeout(() => hubConnection.close({ allowReconnect: true }), token.expiresAt - Date.now()).unref();
    return hubConnection;
  }

  #closed(
    connection: HttpConnection,
    hubConnection: HubConnection,
    transport: Transport,
    graceful: boolean,
  ): void {
    this.log.add(connection.connectionId, "transport closed", transport.name);
    if (!graceful && hubConnection.stateful === "yes" && !connection.lost) {
      hubConnection.transportLost();
      this.connections.expire(connection, () => hubConnection.transportClosed());
    } else {
      hubConnection.transportClosed();
      if (transport.name !== "LongPolling") this.connections.remove(connection);
    }
    connection.onFree?.();
  }
}
