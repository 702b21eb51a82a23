/** What a fault is aimed at: connections that are open, and those that begin while it lasts. */
import { hubUrlOf } from "../../extension/core/protocol/addresses.ts";
import type { FaultTarget } from "../../extension/core/faults/vocabulary.ts";
import type { Link, Links } from "../hook/transport/transport-connection.ts";
import { ownMethods } from "../hook/shared-with-faults.ts";
import { createRandom } from "./random.ts";

export interface Aim {
  /** Whether this connection is meant. Of a share, each is drawn once. */
  at(link: Link): boolean;
  /** Whether a request or connect to this absolute address is meant. */
  atUrl(url: string): boolean;
}

export function createAim(target: FaultTarget, links: Links): Aim {
  switch (target.scope) {
    case "page":
      return { at: () => true, atUrl: () => true };
    case "connection":
      return { at: ({ id }) => id === target.socket, atUrl: () => false };
    case "hub": {
      const address = hubUrlOf(target.url);
      return {
        at: ({ url }) => hubUrlOf(url) === address,
        atUrl: (url) => hubUrlOf(url) === address,
      };
    }
    case "share":
      return createShare(target.percent, target.seed, links);
  }
}

function createShare(percent: number, seed: number, links: Links): Aim {
  const random = createRandom(seed);
  const drawn = ownMethods(new WeakMap<Link, boolean>());
  const aim: Aim = {
    at(link) {
      let hit = drawn.get(link);
      if (hit === undefined) {
        hit = random() * 100 < percent;
        drawn.set(link, hit);
      }
      return hit;
    },
    atUrl: () => random() * 100 < percent,
  };
  // In their order, so that the same seed always means the same ones.
  for (const link of links.live()) aim.at(link);
  return aim;
}
