import type { ControlCommand } from "./control-command.ts";

/**
 * One thing the server saw or did. The events, with their details:
 *
 * - `negotiated` (the hub's path), `negotiate refused` (status), `redirected` (the URL)
 * - `transport connected`, `transport resumed`, `transport closed` (the transport's name), `transport refused` (name and
 *   status), `socket closed` (the WebSocket's code), `poll came`, `poll answered`, `delete answered`, `send refused` (status)
 * - `handshake` (the request), `handshake answered` (the response), `handshake refused` (the error it was told to give)
 * - `connected`, `connected failed`, `client timeout`, `disconnected`: the hub's view of the connection
 * - `received` and `sent` (type and target): every hub message that was on the wire, replays included
 */
export interface LogEntry {
  /** Milliseconds since the epoch, by the server's clock. */
  t: number;
  /** The public connection id, or "" when there was none yet. */
  connectionId: string;
  event: string;
  detail?: string;
  /** Of hub messages: `Invocation`, `StreamItem`, ... */
  type?: string;
  target?: string;
  invocationId?: string;
  /** What an Ack or Sequence message speaks of. */
  sequenceId?: number;
}

/** A hub server a test has started. */
export interface RunningHub {
  readonly kind: "node" | "aspnet";
  /**
   * Origin without a trailing slash. The hubs are at `/hubs/board`, `/hubs/chat`, `/hubs/stateful` (grants stateful
   * reconnect), `/hubs/secure` (wants a token) and `/hubs/redirected` (sends its clients on to `/client/`, as apps with
   * Azure SignalR Service do).
   */
  readonly url: string;
  control(command: ControlCommand): Promise<void>;
  log(): Promise<LogEntry[]>;
  /** Stops the server and drops what is still connected. */
  stop(): Promise<void>;
}
