import type { Frame } from "./frame.ts";
import type { HubMessage } from "./hub-messages.ts";

/** What a transport can carry and a protocol needs, in the words of the negotiate answer. */
export type TransferFormat = "Text" | "Binary";

/** A message at the beginning of what has been received, and how many bytes it takes. */
export interface ReadMessage<T> {
  readonly message: T;
  readonly bytes: number;
}

/** How hub messages are written. The same one serves every connection. */
export interface HubProtocol {
  readonly transferFormat: TransferFormat;
  /** The first message; undefined until it is whole, and also for one of a type that nobody knows. */
  read(received: Buffer): ReadMessage<HubMessage> | undefined;
  write(message: HubMessage): Frame;
}
