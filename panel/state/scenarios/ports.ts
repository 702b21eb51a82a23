/** The ports of a scenario in the panel: it injects faults like the Faults tab, and reads the growing recording. */
import { sleepWith } from "../../../extension/core/scenarios/sleep.ts";
import type { FaultId, PageId } from "../../../extension/core/ids.ts";
import { FAULTS, type FaultCommand, type FaultTarget } from "../../../extension/core/faults/vocabulary.ts";
import { takesFaults } from "../../../extension/core/model/page-end.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import type { ScenarioPorts } from "../../../extension/core/scenarios/run.ts";
import type { PanelSource } from "../source.ts";
import type { FollowedTab } from "./follow-tab.ts";

export function portsOf(source: PanelSource, tab: FollowedTab, signal: AbortSignal): ScenarioPorts {
  /** The same fault in other frames, by page and fault: they are injected and ended together. */
  const others = new Map<string, readonly Injected[]>();
  const end = async (all: readonly Injected[]): Promise<void> => {
    await Promise.all(all.map(({ page, fault }) => source.endFault(page, fault)));
  };
  return {
    ...timeOf(source, tab, signal),
    async inject(command) {
      const pages = pagesFor(tab.model(), command);
      const answers = await Promise.all(pages.map((page) => source.inject(page, command)));
      const done = answers.flatMap((answer, i): Injected[] => {
        const page = pages[i];
        return answer.ok && page !== undefined ? [{ page, fault: answer.fault }] : [];
      });
      const refused = answers.find((answer) => !answer.ok);
      const [first, ...rest] = done;
      if (refused || !first) {
        await end(done);
        return refused ?? { ok: false, error: "No page with a SignalR connection is open." };
      }
      others.set(`${first.page} ${first.fault}`, rest);
      return { ok: true, ...first };
    },
    end: (page, fault) => end([{ page, fault }, ...(others.get(`${page} ${fault}`) ?? [])]),
  };
}

interface Injected {
  readonly page: PageId;
  readonly fault: FaultId;
}

const timeOf = (
  source: PanelSource,
  tab: FollowedTab,
  signal: AbortSignal,
): Omit<ScenarioPorts, "inject" | "end"> => ({
  model: () => tab.model(),
  changed: () => tab.changed(),
  now: () => source.now(),
  sleep,
  signal,
});

/** "The whole page" means every frame of the tab that uses SignalR, unless the browser affects the whole tab anyway. */
export function pagesFor(model: RecordingModel, { name, target }: FaultCommand): PageId[] {
  const one = pageFor(model, target);
  if (one === null) return [];
  if ((target.scope !== "page" && target.scope !== "share") || !FAULTS[name].emulated) return [one];
  const frames = model.pages.filter((page) => takesFaults(page) && page.hubs.length > 0).map(({ id }) => id);
  return [one, ...frames.filter((id) => id !== one)];
}

/** The open page, or frame, that contains the fault's target: it may have been reloaded in the meantime. */
export function pageFor({ pages }: RecordingModel, target: FaultTarget): PageId | null {
  const there = pages.filter(takesFaults);
  const fits = there.find(({ hubs }) =>
    target.scope === "hub" ? hubs.some(({ url }) => url === target.url) : hubs.length > 0,
  );
  return (fits ?? there[0])?.id ?? null;
}

export const sleep = sleepWith({
  set: (done, time) => setTimeout(done, time),
  clear: (timer) => clearTimeout(timer),
});
