import type { Fate, Sender } from "./sender.ts";
import type { Payload } from "./payload.ts";

/** "given-up": the collector can't be reached. "cut-short": and there was more, which was not even made. */
export type SentAll = "sent" | "given-up" | "cut-short";

/** One after the other, so that they aren't all in memory. Ends when the collector can't be reached. */
export async function sendAll(
  payloads: Iterable<Payload>,
  sender: Pick<Sender, "send">,
  onSent: (payload: Payload, fate: Fate) => void = () => undefined,
): Promise<SentAll> {
  const all = payloads[Symbol.iterator]();
  for (let next = all.next(); next.done !== true; next = all.next()) {
    const fate = await sender.send(next.value);
    if (fate === "given-up") return all.next().done === true ? "given-up" : "cut-short";
    onSent(next.value, fate);
  }
  return "sent";
}
