import type { FaultId } from "../../../extension/core/ids.ts";
import { writeClose } from "../../../extension/core/protocol/messagepack/close.ts";
import type { Link } from "../../hook/transport/transport-connection.ts";
import { Refused, type FaultRun } from "../fault.ts";
import { RECORD_SEPARATOR, stringify } from "../../hook/shared-with-faults.ts";
import { deliver } from "../pipe.ts";

export const serverClose: FaultRun<"server-close"> = ({ allowReconnect, error }, { fault, targets }) => {
  if (targets.some(({ conversation }) => !conversation.handshaken))
    throw new Refused("A server sends Close only after the handshake; this connection isn't so far.");
  for (const link of targets) injectClose(link, fault, allowReconnect, error);
  return null;
};

/** A Close message as ASP.NET Core writes it: `allowReconnect` only when true. Never before the handshake is over. */
export function injectClose(link: Link, fault: FaultId, allowReconnect: boolean, error?: string): void {
  const { conversation } = link;
  const data =
    conversation.protocol === "json"
      ? stringify({
          type: 7,
          ...(error === undefined ? {} : { error }),
          ...(allowReconnect ? { allowReconnect } : {}),
        }) + RECORD_SEPARATOR
      : writeClose(error, allowReconnect);
  // Nothing gets through a half-open connection.
  const swallowed = link.muteIn !== 0;
  conversation.heard(data, fault, swallowed);
  if (!swallowed) deliver(link, data);
}
