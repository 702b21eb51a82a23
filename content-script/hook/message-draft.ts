/**
 * A message on its way into the recording. Its fields are assigned one by one, so no setter that the page has put on
 * `Object.prototype` may be met: the drafts have a prototype of their own that has none.
 */
import type { HubMessage, SocketId } from "../../extension/core/events.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";
import { setPrototypeOf } from "./natives.ts";

type Fields = { -readonly [K in keyof HubMessage]: HubMessage[K] };
type Required = "kind" | "seq" | "t" | "socket" | "direction" | "type" | "size";
type Optional = { [K in Exclude<keyof Fields, Required>]?: Fields[K] };

// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- the optional fields are assigned where they are known
export interface MessageDraft extends Optional {}
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- see above
export class MessageDraft {
  readonly kind = "message";
  /** Given by the recorder. */
  seq = 0;

  constructor(
    readonly t: EpochMilliseconds,
    readonly socket: SocketId,
    readonly direction: Fields["direction"],
    readonly type: Fields["type"],
    readonly size: Fields["size"],
  ) {}
}
setPrototypeOf(MessageDraft.prototype, null);
