import { useEffect, useState } from "preact/hooks";
import type { TabSite } from "../../extension/messages/extension.ts";
import { usePanel } from "./panel-state.ts";

export type { TabSite };

/**
 * Whether Hubscope runs in the inspected tab; null: it isn't known yet. It is asked for when the tab loads a page or the settings
 * change, and when the panel is shown again: the background may have been stopped when it was asked before.
 */
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
        () => undefined, // the background was being stopped
      );
    };
    ask();
    const unsubscribe = panel.source.subscribe(({ type }) => {
      if (type === "tab-loaded") ask();
    });
    const shown = (): void => {
      if (!document.hidden) ask();
    };
    document.addEventListener("visibilitychange", shown);
    window.addEventListener("focus", shown);
    return () => {
      gone = true;
      unsubscribe();
      document.removeEventListener("visibilitychange", shown);
      window.removeEventListener("focus", shown);
    };
  }, [panel, sites]);
  return known;
}
