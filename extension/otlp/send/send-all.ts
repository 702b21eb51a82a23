import type { Fate, Sender } from "./sender.ts";
import type { Payload } from "./payload.ts";

/**
 * One after the other, so that there is never more than one in memory. Ends when the collector can't be reached.
 * @returns false then: the rest was not even made
 */
export async function sendAll(
  payloads: Iterable<Payload>,
  sender: Pick<Sender, "send">,
  onSent: (payload: Payload, fate: Fate) => void = () => undefined,
): Promise<boolean> {
  for (const payload of payloads) {
    const fate = await sender.send(payload);
    if (fate === "given-up") return false;
    onSent(payload, fate);
  }
  return true;
}
