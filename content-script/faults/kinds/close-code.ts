import type { WebSocketConnection } from "../../hook/transport/websocket-connection.ts";
import { Refused, type FaultRun } from "../fault.ts";
import { nativeTimeout } from "../../hook/shared-with-tools.ts";
import { loseGracefully } from "../losing/web-socket.ts";

/** Codes that browsers set themselves when a connection ended without a close frame, or with one that has no code. */
const UNCLEAN = [1005, 1006, 1015];

/** The page gets a clean close event with that code, as if the server had sent it. */
export const closeCode: FaultRun<"close-code"> = ({ code, reason = "" }, { fault, targets, finish }) => {
  const sockets = targets.filter(
    (connection): connection is WebSocketConnection => connection.transport === "WebSockets",
  );
  if (sockets.length === 0)
    throw new Refused("Only WebSockets have close codes, and none of these connections uses one.");
  let waiting = sockets.length;
  const wasClean = !UNCLEAN.includes(code);
  for (const socket of sockets)
    loseGracefully(socket, fault, { code, reason, wasClean }, () => {
      if (--waiting === 0) nativeTimeout(finish, 0);
    });
  return {};
};
