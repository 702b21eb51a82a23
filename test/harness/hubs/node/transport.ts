import type { TransportName } from "../control-command.ts";
import type { Frame } from "./frame.ts";
import type { TransferFormat } from "./hub-protocol.ts";

/** The way to one client, whatever carries it. */
export interface Transport {
  readonly name: TransportName;
  readonly formats: readonly TransferFormat[];
  /** Both sides see by its requests that the other one lives: no pings, no time-outs. */
  readonly keepsItselfAlive: boolean;
  /** Sends whole messages; resolves once there is room for more. */
  send(frame: Frame): Promise<void> | void;
  /** Sends a frame by itself, as it stands. */
  sendAlone(frame: Frame): void;
  /** Ends politely. The default code is the one the .NET server uses when all went well. */
  close(code?: number, reason?: string): void;
  /** Cuts the TCP connection. */
  destroy(): void;
  /** Stops reading and swallows what is to be sent, or goes back to normal. */
  setSilent(silent: boolean): void;
}

/** Who is told what comes in. */
export interface TransportListener {
  onData(data: Buffer): void;
  /** It has ended; gracefully when one side has said so, and not when the network has. */
  onClosed(graceful: boolean): void;
}
