import { randomBytes } from "node:crypto";
import type { TransportName } from "../control-command.ts";
import type { HubConnection } from "./hub-connection.ts";
import type { HttpTransport } from "./http-transport.ts";

/** A connection that negotiate has created, and that a transport then carries. */
export interface HttpConnection {
  /** The public id: it may appear in logs and be known to other clients. */
  readonly connectionId: string;
  /** The secret id in the transport's URL (`id=`). Equal to the connection id in negotiate version 0. */
  readonly connectionToken: string;
  readonly path: string;
  /** Whether negotiate has allowed stateful reconnect. */
  readonly stateful: boolean;
  readonly disconnectTimeoutMilliseconds: number;
  /** Set when the first transport connects; it can't change later. */
  transportName?: TransportName;
  /** Receives the POSTs, if the transport is one whose client sends by POST. */
  httpTransport?: HttpTransport;
  /** POST bodies that arrived before the transport. */
  readonly early: Buffer[];
  hubConnection?: HubConnection;
  /** Called when the transport is gone. */
  onFree?: () => void;
  /** The server behaves as if this connection were unknown. */
  lost?: true;
}

export interface HttpConnectionSettings {
  path: string;
  negotiateVersion: number;
  stateful: boolean;
  disconnectTimeoutMilliseconds: number;
}

/** The connections of one server, by token. */
export class HttpConnections {
  readonly #byToken = new Map<string, HttpConnection>();
  readonly #expiry = new Map<string, NodeJS.Timeout>();
  /** Connection ids by token, of all connections that ever existed. */
  readonly #ids = new Map<string, string>();

  create({ negotiateVersion, ...settings }: HttpConnectionSettings): HttpConnection {
    const connectionId = newId();
    const connectionToken = negotiateVersion > 0 ? newId() : connectionId;
    const connection: HttpConnection = { connectionId, connectionToken, early: [], ...settings };
    this.#byToken.set(connectionToken, connection);
    this.#ids.set(connectionToken, connectionId);
    this.expire(connection, () => undefined);
    return connection;
  }

  find(connectionToken: string): HttpConnection | undefined {
    return this.#byToken.get(connectionToken);
  }

  /** The connection id of a token, even if the connection is gone; "" for an unknown token. */
  idOf(connectionToken: string): string {
    return this.#ids.get(connectionToken) ?? "";
  }

  /** The ids of all connections that ever existed. */
  allIds(): Iterable<string> {
    return this.#ids.values();
  }

  /** The connection has no transport: it is removed unless one connects in time. */
  expire(connection: HttpConnection, expired: () => void): void {
    this.keep(connection);
    const { connectionToken, disconnectTimeoutMilliseconds } = connection;
    const timeout = setTimeout(() => {
      this.remove(connection);
      expired();
    }, disconnectTimeoutMilliseconds);
    this.#expiry.set(connectionToken, timeout.unref());
  }

  /** A transport carries the connection now: it isn't removed. */
  keep({ connectionToken }: HttpConnection): void {
    clearTimeout(this.#expiry.get(connectionToken));
    this.#expiry.delete(connectionToken);
  }

  remove(connection: HttpConnection): void {
    this.keep(connection);
    this.#byToken.delete(connection.connectionToken);
  }

  /** All open connections, or only the one with this connection id. */
  active(connectionId?: string): (HttpConnection & { hubConnection: HubConnection })[] {
    return [...this.#byToken.values()].filter(
      (connection): connection is HttpConnection & { hubConnection: HubConnection } =>
        connection.hubConnection !== undefined &&
        (connectionId ?? connection.connectionId) === connection.connectionId,
    );
  }
}

/** 22 characters, as in ASP.NET Core. */
function newId(): string {
  return randomBytes(16).toString("base64url");
}
