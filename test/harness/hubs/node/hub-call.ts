import type { HubConnection } from "./hub-connection.ts";
import { MessageType } from "./hub-messages.ts";
import type { HubCall } from "./hub-method.ts";

/** The operations that a hub method called by this connection can use. */
export function hubCall(connection: HubConnection, signal: AbortSignal): HubCall {
  const { hub } = connection;
  const invocation = (target: string, args: unknown[]) =>
    ({ type: MessageType.Invocation, target, arguments: args }) as const;
  return {
    connectionId: connection.connectionId,
    signal,
    joinGroup: (group) => hub.groups.join(group, connection),
    leaveGroup: (group) => hub.groups.leave(group, connection),
    sendToGroup: (group, target, ...args) => hub.groups.send(group, invocation(target, args)),
    sendToCaller: (target, ...args) => connection.send(invocation(target, args)),
    askCaller: (target, ...args) => connection.ask(target, args),
    abort: () => connection.close(),
  };
}
