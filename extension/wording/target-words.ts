import { pathOf } from "../core/protocol/addresses.ts";
import type { FaultTarget } from "../core/faults/fault-details.ts";

/** The target of a fault, in a few words. */
export function targetInWords(target: FaultTarget): string {
  switch (target.scope) {
    case "page":
      return "whole page";
    case "connection":
      return "one connection";
    case "hub":
      return pathOf(target.url);
    case "share":
      return `${target.percent} % of the connections`;
  }
}
