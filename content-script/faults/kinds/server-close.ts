import type { FaultId } from "../../../extension/core/ids.ts";
import { writeClose } from "../../../extension/core/protocol/messagepack/close.ts";
import type { TransportConnection } from "../../hook/transport/transport-connection.ts";
import { Refused, type FaultRun } from "../fault.ts";
import { RECORD_SEPARATOR, stringify } from "../../hook/shared-with-tools.ts";
import { deliver } from "../pipe.ts";

export const serverClose: FaultRun<"server-close"> = ({ allowReconnect, error }, { fault, targets }) => {
  if (targets.some(({ log: log }) => !log.handshaken))
    throw new Refused("A server sends Close only after the handshake, which has not completed yet.");
  for (const connection of targets) injectClose(connection, fault, allowReconnect, error);
  return null;
};

/** A Close message as ASP.NET Core writes it: with `allowReconnect` only when true, and never before the handshake is over. */
export function injectClose(
  connection: TransportConnection,
  fault: FaultId,
  allowReconnect: boolean,
  error?: string,
): void {
  const { log: log } = connection;
  const data =
    log.protocol === "json"
      ? stringify({
          type: 7,
          ...(error === undefined ? {} : { error }),
          ...(allowReconnect ? { allowReconnect } : {}),
        }) + RECORD_SEPARATOR
      : writeClose(error, allowReconnect);
  // No message gets through a half-open connection.
  const swallowed = connection.muteIn !== 0;
  log.received(data, fault, swallowed);
  if (!swallowed) deliver(connection, data);
}
