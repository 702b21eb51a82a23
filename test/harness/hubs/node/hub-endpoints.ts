import { boardHub } from "./board-hub.ts";
import { Hub } from "./hub.ts";

/** Where clients that `/hubs/redirected` has sent on find the board hub. */
export const servicePath = "/client";

/** A path that clients connect to, and what is special about it. */
export interface HubEndpoint {
  readonly hub: Hub;
  readonly allowsStatefulReconnects?: true;
  /** Only with a token that is good. */
  readonly wantsToken?: true;
  readonly closesOnTokenExpiry?: true;
}

/** The paths of one server. They share the board, as endpoints of one hub class do in ASP.NET Core. */
export function hubEndpoints(): ReadonlyMap<string, HubEndpoint> {
  const hub = new Hub(boardHub);
  return new Map<string, HubEndpoint>([
    ["/hubs/board", { hub }],
    ["/hubs/chat", { hub: new Hub(boardHub) }],
    ["/hubs/stateful", { hub, allowsStatefulReconnects: true }],
    ["/hubs/secure", { hub, wantsToken: true, closesOnTokenExpiry: true }],
    [servicePath, { hub, allowsStatefulReconnects: true, wantsToken: true }],
  ]);
}
