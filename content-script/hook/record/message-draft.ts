/**
 * A message that is about to be recorded. Its fields are assigned one by one, which would run setters that the page has put on
 * `Object.prototype`: so drafts have their own prototype.
 */
import type { HubMessage } from "../../../extension/core/events/events.ts";
import type { Direction, MessageType } from "../../../extension/core/protocol/terms.ts";
import type { FaultId, SocketId } from "../../../extension/core/ids.ts";
import type { Bytes, EpochMilliseconds } from "../../../extension/core/units.ts";
import { setPrototypeOf } from "../../sentinel/shared-with-hook.ts";

export class MessageDraft implements HubMessage {
  readonly kind = "message";
  /** Set by the recorder. */
  seq = 0;
  declare target?: string;
  declare invocationId?: string;
  declare streamIds?: readonly string[];
  declare error?: string;
  declare allowReconnect?: boolean;
  declare sequenceId?: number;
  declare problem?: string;
  declare problemAt?: Bytes;
  declare payload?: string;
  declare binary?: string;
  declare truncated?: boolean;
  declare fault?: FaultId;
  declare swallowed?: boolean;
  declare counted?: boolean;

  constructor(
    readonly t: EpochMilliseconds,
    readonly socket: SocketId,
    readonly direction: Direction,
    readonly type: MessageType,
    readonly size: Bytes,
  ) {}
}
setPrototypeOf(MessageDraft.prototype, null);
