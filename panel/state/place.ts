/**
 * Where the panel runs, and on which tab: in DevTools on the inspected one, or in a window of its own on the one in its address.
 * Only this module knows; the rest of the panel asks its source, and hardly ever has to.
 */
import { browser } from "./browser-api.ts";
import type { SourceChange } from "./source.ts";

export interface Place {
  readonly kind: "devtools" | "window";
  /** The tab's id now; null: there is no tab. */
  tabId(): number | null;
  /** Whether this is or was the tab's id, in this browser session. */
  isTab(id: number): boolean;
  /** Tells what becomes of the tab, and that it has loaded a page. @returns ends that */
  follow(tell: (change: SourceChange) => void): () => void;
}

/** @param session asks for the current browser session */
export async function findPlace(session: () => Promise<number>): Promise<Place> {
  // Outside of DevTools this API doesn't exist, though its type says so.
  const devtools = browser.devtools as typeof browser.devtools | undefined;
  if (devtools) return inspectedTab(devtools);
  const { windowTab } = await import("../app/deferred-panes.ts");
  return windowTab(await session());
}

/** The panel closes with its tab, and DevTools shows which one that is. */
function inspectedTab({
  inspectedWindow: { tabId },
  network: { onNavigated },
}: typeof browser.devtools): Place {
  return {
    kind: "devtools",
    tabId: () => tabId,
    isTab: (id) => id === tabId,
    follow(tell) {
      const loaded = (): void => {
        tell({ type: "tab-loaded" });
      };
      onNavigated.addListener(loaded);
      return () => {
        onNavigated.removeListener(loaded);
      };
    },
  };
}
