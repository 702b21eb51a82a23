/**
 * The counts in a lane's header: everything, or since the clear button was used, as in the toolbar. Updated as messages arrive.
 */
import type { DirectionTotal, HubConnectionModel } from "../../extension/core/model/types.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";

export type Counted = Pick<DirectionTotal, "messages" | "swallowed">;
type Totals = Readonly<Record<"in" | "out", Counted>>;

const none = () => ({ in: { messages: 0, swallowed: 0 }, out: { messages: 0, swallowed: 0 } });

export class HeaderTotals {
  #at: EpochMilliseconds = 0;
  #lateRows = 0;
  #message = 0;
  #count = 0;
  #sum = none();

  /** @param at when it was cleared; 0: never */
  since(hub: HubConnectionModel, at: EpochMilliseconds): Totals {
    if (at === 0) return hub.totals;
    if (at !== this.#at || hub.lateRows !== this.#lateRows) this.#begin(hub, at);
    const { messages, counts } = hub;
    for (; this.#message < messages.length; this.#message++) {
      const { counted, direction, swallowed } = messages.headAt(this.#message);
      if (!counted) this.#sum[direction][swallowed ? "swallowed" : "messages"]++;
    }
    for (; this.#count < counts.length; this.#count++)
      for (const { direction, count } of counts[this.#count]?.counts ?? [])
        this.#sum[direction].messages += count;
    return this.#sum;
  }

  #begin(hub: HubConnectionModel, at: EpochMilliseconds): void {
    this.#at = at;
    this.#lateRows = hub.lateRows;
    this.#message = hub.messages.firstFrom(at);
    const first = hub.counts.findIndex(({ t }) => t >= at);
    this.#count = first === -1 ? hub.counts.length : first;
    this.#sum = none();
  }
}
