/** What a scenario needs, from the panel: the same channel as the fault lab's, and the recording as it grows. */
import type { FaultTarget } from "../../extension/core/faults/vocabulary.ts";
import type { PageId, RecordingModel } from "../../extension/core/model/types.ts";
import type { ScenarioPorts } from "../../extension/core/scenarios/run.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import type { PanelSource } from "../state/source.ts";
import type { FollowedTab } from "./follow-tab.ts";

export const portsOf = (source: PanelSource, tab: FollowedTab, signal: AbortSignal): ScenarioPorts => ({
  async inject(command) {
    const page = pageFor(tab.model(), command.target);
    if (page === null) return { ok: false, error: "No page with a SignalR connection is open." };
    const answer = await source.inject(page, command);
    return answer.ok ? { ok: true, fault: answer.fault, page } : answer;
  },
  end: (page, fault) => source.endFault(page, fault),
  model: () => tab.model(),
  changed: () => tab.changed(),
  now: () => source.now(),
  sleep,
  signal,
});

/** The page, or else the frame, that is there and has what the fault is aimed at: it may have loaded anew meanwhile. */
export function pageFor({ pages }: RecordingModel, target: FaultTarget): PageId | null {
  const there = pages.filter((page) => page.endedAt === null && page.moves.at(-1)?.phase !== "pagehide");
  const fits = there.find(({ hubs }) =>
    target.scope === "hub" ? hubs.some(({ url }) => url === target.url) : hubs.length > 0,
  );
  return (fits ?? there[0])?.id ?? null;
}

export const sleep = (time: Milliseconds, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, time);
    signal.addEventListener("abort", done);
  });
