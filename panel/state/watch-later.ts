/** What runs beside the panel, notices and findings, is loaded later: there is nothing to notice before the first picture. */
import type { Notices } from "./notices.ts";
import type { PanelState } from "./panel-state.ts";
import type { Noticed } from "./watch-for-notices.ts";

/** @returns stops it */
export function watchLater(noticed: Noticed, notices: Notices, panel: () => PanelState): () => void {
  const stops: (() => void)[] = [];
  let stopped = false;
  const begin = async (): Promise<void> => {
    const { watchForNotices, findingsOf } = await import("../app/deferred-panes.ts");
    if (stopped) return;
    stops.push(watchForNotices(noticed, notices), findingsOf(panel()).dispose);
  };
  // The panes are in the same file: the one that is open says that it can't be loaded.
  begin().catch(() => undefined);
  return () => {
    stopped = true;
    for (const stop of stops) stop();
  };
}
