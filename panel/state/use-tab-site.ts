import { useEffect, useState } from "preact/hooks";
import type { TabSite } from "../../extension/messages/extension.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import { usePanel } from "./panel-state.ts";

export type { TabSite };

const ASK_AGAIN: Milliseconds = 1_000;

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
    let timer: ReturnType<typeof setTimeout> | undefined;
    const askLater = (): void => {
      clearTimeout(timer);
      if (!gone)
        timer = setTimeout(() => {
          ask();
        }, ASK_AGAIN);
    };
    /** @param unlessRunning called if Hubscope isn't in the page */
    const ask = (unlessRunning: () => void = () => undefined): void => {
      panel.source.tabSite().then((now) => {
        if (gone) return;
        setKnown((before) => (JSON.stringify(before) === JSON.stringify(now) ? before : now));
        if (now?.state !== "running") unlessRunning();
      }, askLater); // the background was being stopped
    };
    ask();
    const unsubscribe = panel.source.subscribe(({ type }) => {
      // The page may have been on its way to yet another one.
      if (type === "tab-loaded") ask(askLater);
    });
    const shown = (): void => {
      if (!document.hidden) ask();
    };
    document.addEventListener("visibilitychange", shown);
    window.addEventListener("focus", shown);
    return () => {
      gone = true;
      clearTimeout(timer);
      unsubscribe();
      document.removeEventListener("visibilitychange", shown);
      window.removeEventListener("focus", shown);
    };
  }, [panel, sites]);
  return known;
}
