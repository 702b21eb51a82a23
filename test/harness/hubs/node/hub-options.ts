/** The settings of one connection, named after ASP.NET Core's `HubOptions` and `HttpConnectionDispatcherOptions`. */
export interface HubOptions {
  keepAliveMilliseconds: number;
  clientTimeoutMilliseconds: number;
  handshakeTimeoutMilliseconds: number;
  /** Include the exception's type and message in errors that are sent to clients. */
  detailedErrors: boolean;
  /** Maximum size of one message from a client, framing included. */
  maximumMessageBytes: number;
  /** How many unacknowledged bytes are buffered before writers have to wait. */
  statefulBufferBytes: number;
  longPollTimeoutMilliseconds: number;
  /** Ids with which no client has connected, and connections without a transport, are removed after this time. */
  disconnectTimeoutMilliseconds: number;
}

export const defaultHubOptions: Readonly<HubOptions> = {
  keepAliveMilliseconds: 15_000,
  clientTimeoutMilliseconds: 30_000,
  handshakeTimeoutMilliseconds: 15_000,
  detailedErrors: false,
  maximumMessageBytes: 32 * 1024,
  statefulBufferBytes: 100_000,
  longPollTimeoutMilliseconds: 90_000,
  disconnectTimeoutMilliseconds: 15_000,
};

/** Reads options such as `?keepAlive=500&clientTimeout=2000&detailedErrors=1` from a hub URL. */
export function hubOptionsFromQuery(query: URLSearchParams, defaults: Readonly<HubOptions>): HubOptions {
  const number = (name: string, otherwise: number): number => positive(query, name) ?? otherwise;
  return {
    keepAliveMilliseconds: number("keepAlive", defaults.keepAliveMilliseconds),
    clientTimeoutMilliseconds: number("clientTimeout", defaults.clientTimeoutMilliseconds),
    handshakeTimeoutMilliseconds: number("handshakeTimeout", defaults.handshakeTimeoutMilliseconds),
    detailedErrors: query.has("detailedErrors")
      ? query.get("detailedErrors") === "1"
      : defaults.detailedErrors,
    maximumMessageBytes: number("maximumMessage", defaults.maximumMessageBytes),
    statefulBufferBytes: number("statefulBuffer", defaults.statefulBufferBytes),
    longPollTimeoutMilliseconds: number("longPollTimeout", defaults.longPollTimeoutMilliseconds),
    disconnectTimeoutMilliseconds: number("disconnectTimeout", defaults.disconnectTimeoutMilliseconds),
  };
}

/** The number of this name in a query. Anything but a positive number is ignored. */
export function positive(query: URLSearchParams, name: string): number | undefined {
  const value = Number.parseInt(query.get(name) ?? "", 10);
  return value > 0 ? value : undefined;
}
