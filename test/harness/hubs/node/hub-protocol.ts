import type { Frame } from "./frame.ts";
import type { HubMessage } from "./hub-messages.ts";

/** The formats that a transport can carry and that a protocol needs, named as in a negotiate response. */
export type TransferFormat = "Text" | "Binary";

/** The first message in the received bytes, and its size in bytes. */
export interface ReadMessage<T> {
  readonly message: T;
  readonly bytes: number;
}

/** Serialises and parses hub messages. All connections share the same instance. */
export interface HubProtocol {
  readonly transferFormat: TransferFormat;
  /** The first message; undefined until it is complete, and also for a message of an unknown type. */
  read(received: Buffer): ReadMessage<HubMessage> | undefined;
  write(message: HubMessage): Frame;
}
