/** Chooses at random which messages a fault affects. */
import { PING } from "../../extension/core/protocol/terms.ts";
import type { FaultCommand } from "../../extension/core/faults/vocabulary.ts";
import { createRandom } from "./random.ts";
import { HANDSHAKE, flows, type Effect, type Stage } from "./stage.ts";

type Drawn = Extract<FaultCommand, { name: "drop-messages" | "duplicate-messages" }>;

/** Without types: all messages except pings, which have their own faults. */
export function sampling(
  { direction, types, method, probability, seed }: Drawn,
  effect: Effect,
): Stage["pass"] {
  const random = createRandom(seed);
  return (message, way) => {
    const meant =
      message.type !== HANDSHAKE &&
      flows(direction, way) &&
      (types ? types.includes(message.type) : message.type !== PING) &&
      (method === undefined || message.target === method);
    return meant && random() < probability ? effect : undefined;
  };
}
