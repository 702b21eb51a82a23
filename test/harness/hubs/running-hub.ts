import type { ControlCommand } from "./control-command.ts";

/**
 * One entry of the server's log. The events, and in brackets their details:
 *
 * - `negotiated` (the hub's path), `negotiate refused` (status), `redirected` (the URL)
 * - `transport connected`, `transport resumed`, `transport closed` (the transport's name), `transport refused` (name and
 *   status), `socket closed` (the WebSocket's code), `poll came`, `poll answered`, `delete answered`, `send refused` (status)
 * - `handshake` (the request), `handshake answered` (the response), `handshake refused` (the error that a test asked for)
 * - `connected`, `connected failed`, `client timeout`, `disconnected`: the hub's view of the connection
 * - `received` and `sent` (type and target): every hub message that was sent or received, replays included
 */
export interface LogEntry {
  /** Milliseconds since the epoch, by the server's clock. */
  t: number;
  /** The public connection id, or "" when there was none yet. */
  connectionId: string;
  event: string;
  detail?: string;
  /** The type of a hub message: `Invocation`, `StreamItem`, ... */
  type?: string;
  target?: string;
  invocationId?: string;
  /** The number in an Ack or Sequence message. */
  sequenceId?: number;
}

/** A hub server that a test has started. */
export interface RunningHub {
  readonly kind: "node" | "aspnet";
  /**
   * Origin without a trailing slash. The hubs are at `/hubs/board`, `/hubs/chat`, `/hubs/stateful` (allows stateful
   * reconnect), `/hubs/no-sockets` (has no WebSockets), `/hubs/secure` (requires a token) and `/hubs/redirected` (redirects clients to `/client/`, as apps with
   * Azure SignalR Service do).
   */
  readonly url: string;
  control(command: ControlCommand): Promise<void>;
  log(): Promise<LogEntry[]>;
  /** Stops the server and cuts all open connections. */
  stop(): Promise<void>;
}
