import type { TransportName } from "../control-command.ts";
import { boardHub } from "./board-hub.ts";
import { Hub } from "./hub.ts";

/** The path to which `/hubs/redirected` redirects clients. It serves the board hub. */
export const servicePath = "/client";

/** The properties of one path that clients connect to. */
export interface HubEndpoint {
  readonly hub: Hub;
  readonly allowsStatefulReconnects?: true;
  /** The transport that it doesn't have. */
  readonly without?: TransportName;
  /** Requests need a valid token. */
  readonly wantsToken?: true;
  readonly closesOnTokenExpiry?: true;
}

/** The paths of one server. They share the board hub, as endpoints of one hub class do in ASP.NET Core. */
export function hubEndpoints(): ReadonlyMap<string, HubEndpoint> {
  const hub = new Hub(boardHub);
  return new Map<string, HubEndpoint>([
    ["/hubs/board", { hub }],
    ["/hubs/chat", { hub: new Hub(boardHub) }],
    ["/hubs/stateful", { hub, allowsStatefulReconnects: true }],
    ["/hubs/no-sockets", { hub, without: "WebSockets" }],
    ["/hubs/secure", { hub, wantsToken: true, closesOnTokenExpiry: true }],
    [servicePath, { hub, allowsStatefulReconnects: true, wantsToken: true }],
  ]);
}
