/** The settings of one connection, named after ASP.NET Core's `HubOptions` and `HttpConnectionDispatcherOptions`. */
export interface HubOptions {
  keepAliveMilliseconds: number;
  clientTimeoutMilliseconds: number;
  handshakeTimeoutMilliseconds: number;
  /** Put the exception's type and message into the errors that clients see. */
  detailedErrors: boolean;
  /** Of one client-to-server message, framing included. */
  maximumMessageBytes: number;
  /** How much may be unacknowledged before writers have to wait. */
  statefulBufferBytes: number;
  longPollTimeoutMilliseconds: number;
  /** An id that nobody has connected with, and a connection that nothing carries, is forgotten after this. */
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

/** Reads `?keepAlive=500&clientTimeout=2000&detailedErrors=1` and the like off a hub URL. */
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

/** What is no positive number is as good as not there. */
export function positive(query: URLSearchParams, name: string): number | undefined {
  const value = Number.parseInt(query.get(name) ?? "", 10);
  return value > 0 ? value : undefined;
}
