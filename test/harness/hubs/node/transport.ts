import type { TransportName } from "../control-command.ts";
import type { Frame } from "./frame.ts";
import type { TransferFormat } from "./hub-protocol.ts";

/** A transport to one client, of any kind. */
export interface Transport {
  readonly name: TransportName;
  readonly formats: readonly TransferFormat[];
  /** Whether the requests of the transport already show that the other side is alive: then there are no pings and no timeouts. */
  readonly keepsItselfAlive: boolean;
  /** Sends whole messages; resolves once there is room for more. */
  send(frame: Frame): Promise<void> | void;
  /** Sends a frame unchanged, and not together with others. */
  sendAlone(frame: Frame): void;
  /** Closes cleanly. The default code is that of the .NET server for a normal end. */
  close(code?: number, reason?: string): void;
  /** Cuts the TCP connection. */
  destroy(): void;
  /** Stops reading and drops everything that is sent, or returns to normal. */
  setSilent(silent: boolean): void;
}

/** Receives data and the end of a transport. */
export interface TransportListener {
  onData(data: Buffer): void;
  /** The transport has ended; `graceful` if one side closed it, false if the network failed. */
  onClosed(graceful: boolean): void;
}
