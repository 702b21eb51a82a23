import type { ControlCommand } from "../control-command.ts";
import type { HubConnection } from "./hub-connection.ts";
import type { HttpConnection } from "./http-connections.ts";

/** Applies a command to one open connection. */
export function applyToConnection(
  command: ControlCommand,
  connection: HttpConnection & { hubConnection: HubConnection },
): void {
  const { hubConnection } = connection;
  const { transport } = hubConnection;
  switch (command.do) {
    case "dropSockets":
      return transport?.destroy();
    case "closeSockets":
      return transport?.close(command.code, command.reason);
    case "sendClose":
      return hubConnection.closeAs(command);
    case "abort":
      return hubConnection.close();
    case "loseConnections":
      connection.lost = true;
      transport?.destroy();
      return hubConnection.transportClosed();
    case "goSilent":
      return transport?.setSilent(command.silent ?? true);
    case "sendText":
      return transport?.sendAlone(command.text);
    case "reset":
      return transport?.setSilent(false);
    case "answerNegotiates":
    case "limitNegotiates":
    case "delayNegotiates":
    case "offerTransports":
    case "forgetNegotiated":
    case "refuseUpgrades":
    case "refuseTransports":
    case "blockTransports":
    case "refuseSends":
    case "refuseHandshakes":
    case "failConnected":
      // These commands affect future requests only.
      return;
  }
}
