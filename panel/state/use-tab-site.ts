import { useEffect, useState } from "preact/hooks";
import type { TabSite } from "../../extension/messages/extension.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import { usePanel } from "./panel-state.ts";

export type { TabSite };

/** A page without SignalR tells nobody that it was loaded. */
const ASK_EVERY: Milliseconds = 1_500;

/** Whether Hubscope runs in the inspected tab; null: it isn't known yet. */
export function useTabSite(): TabSite | null {
  const panel = usePanel();
  const { sites } = panel.settings.value;
  const [known, setKnown] = useState<TabSite | null>(null);
  useEffect(() => {
    let gone = false;
    const ask = (): void => {
      panel.source.tabSite().then(
        (now) => {
          if (!gone) setKnown((before) => (JSON.stringify(before) === JSON.stringify(now) ? before : now));
        },
        () => undefined, // the background was being stopped: it is asked again
      );
    };
    ask();
    const timer = setInterval(ask, ASK_EVERY);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [panel, sites]);
  return known;
}
