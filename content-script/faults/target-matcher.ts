/** Decides which connections a fault affects: open ones, and those that begin while it lasts. */
import { hubUrlOf } from "../../extension/core/protocol/addresses.ts";
import type { FaultTarget } from "../../extension/core/faults/vocabulary.ts";
import type { TransportConnection, TransportConnections } from "../hook/transport/transport-connection.ts";
import { ownMethods } from "../hook/shared-with-tools.ts";
import { createRandom } from "./random.ts";

export interface TargetMatcher {
  /** Whether the fault affects this connection. With a percentage, the random choice is made once for each connection. */
  matches(connection: TransportConnection): boolean;
  /** Whether the fault affects a request or connect to this absolute address. */
  matchesUrl(url: string): boolean;
}

export function createTargetMatcher(target: FaultTarget, connections: TransportConnections): TargetMatcher {
  switch (target.scope) {
    case "page":
      return { matches: () => true, matchesUrl: () => true };
    case "connection":
      return { matches: ({ id }) => id === target.socket, matchesUrl: () => false };
    case "hub": {
      const address = hubUrlOf(target.url);
      return {
        matches: ({ url }) => hubUrlOf(url) === address,
        matchesUrl: (url) => hubUrlOf(url) === address,
      };
    }
    case "share":
      return createShare(target.percent, target.seed, connections);
  }
}

function createShare(percent: number, seed: number, connections: TransportConnections): TargetMatcher {
  const random = createRandom(seed);
  const drawn = ownMethods(new WeakMap<TransportConnection, boolean>());
  const matcher: TargetMatcher = {
    matches(connection) {
      let hit = drawn.get(connection);
      if (hit === undefined) {
        hit = random() * 100 < percent;
        drawn.set(connection, hit);
      }
      return hit;
    },
    matchesUrl: () => random() * 100 < percent,
  };
  // In the order of the connections, so that the same seed always chooses the same ones.
  for (const connection of connections.live()) matcher.matches(connection);
  return matcher;
}
