import { randomBytes } from "node:crypto";
import type { TransportName } from "../control-command.ts";
import type { HubConnection } from "./hub-connection.ts";
import type { HttpTransport } from "./http-transport.ts";

/** What negotiate promised, and what a transport then takes up. */
export interface HttpConnection {
  /** Public: in logs and to other clients. */
  readonly connectionId: string;
  /** Secret: the `id=` of the transport's URL. Equal to the connection id in version 0. */
  readonly connectionToken: string;
  readonly path: string;
  /** Whether the negotiate granted it. */
  readonly stateful: boolean;
  readonly disconnectTimeoutMilliseconds: number;
  /** Once it is bound to one. */
  transportName?: TransportName;
  /** Where POSTs go, when it is carried by one that has them. */
  httpTransport?: HttpTransport;
  /** What was POSTed before there was a transport. */
  readonly early: Buffer[];
  hubConnection?: HubConnection;
  /** Told when what carried it has gone. */
  onFree?: () => void;
  /** The server acts as if it had never heard of it. */
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
  /** The connection ids of all tokens that were ever given out. */
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

  /** The connection id that belongs to a token, also when the connection is gone; "" when there never was one. */
  idOf(connectionToken: string): string {
    return this.#ids.get(connectionToken) ?? "";
  }

  /** Of all that there ever were. */
  allIds(): Iterable<string> {
    return this.#ids.values();
  }

  /** Nothing carries the connection: it is removed unless something does in time. */
  expire(connection: HttpConnection, expired: () => void): void {
    this.keep(connection);
    const { connectionToken, disconnectTimeoutMilliseconds } = connection;
    const timeout = setTimeout(() => {
      this.remove(connection);
      expired();
    }, disconnectTimeoutMilliseconds);
    this.#expiry.set(connectionToken, timeout.unref());
  }

  /** A transport has taken the connection up. */
  keep({ connectionToken }: HttpConnection): void {
    clearTimeout(this.#expiry.get(connectionToken));
    this.#expiry.delete(connectionToken);
  }

  remove(connection: HttpConnection): void {
    this.keep(connection);
    this.#byToken.delete(connection.connectionToken);
  }

  /** The open ones, or the one with this connection id. */
  active(connectionId?: string): (HttpConnection & { hubConnection: HubConnection })[] {
    return [...this.#byToken.values()].filter(
      (connection): connection is HttpConnection & { hubConnection: HubConnection } =>
        connection.hubConnection !== undefined &&
        (connectionId ?? connection.connectionId) === connection.connectionId,
    );
  }
}

/** 22 characters, as ASP.NET Core makes them. */
function newId(): string {
  return randomBytes(16).toString("base64url");
}
