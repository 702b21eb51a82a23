/** Payloads that are searched for, and a search that answers when it is told to. */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { PanelSource, PayloadsSearched } from "../../../panel/state/source.ts";
import { range } from "./events.ts";

export const told = (from: number, to: number): RecordedEvent[] =>
  range(from, to).map((one) => ({ ...one, payload: `{"n":"Word-${one.seq}"}` }));

/** Answers one step when it is told to. */
export function byHand() {
  const asked: { readonly after: number; readonly signal: AbortSignal }[] = [];
  let give: (step: PayloadsSearched | null) => void = () => undefined;
  const source: Pick<PanelSource, "searchPayloads"> = {
    async *searchPayloads(_page, after, _texts, signal) {
      asked.push({ after, signal });
      for (;;) {
        const step = await new Promise<PayloadsSearched | null>((resolve) => (give = resolve));
        if (!step) return;
        yield step;
      }
    },
  };
  return {
    source,
    asked,
    give: (step: PayloadsSearched | null): void => {
      give(step);
    },
  };
}
