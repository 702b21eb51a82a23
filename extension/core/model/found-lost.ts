import type { HubConnectionModel, Span } from "./types.ts";

/**
 * The time without a connection of one that was reconnecting when the recording began. Its loss wasn't recorded, so there is no
 * interruption of it. null: it wasn't.
 */
export function foundLost({ states }: Pick<HubConnectionModel, "states">): Span | null {
  const [first] = states;
  if (first?.state !== "reconnecting") return null;
  const end = states.find(({ state }) => state === "connected" || state === "resumed" || state === "stopped");
  return { from: first.from, until: end?.from ?? null };
}
