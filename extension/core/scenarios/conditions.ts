import { endOf } from "../model/page-end.ts";
import type { HubConnectionModel } from "../model/types.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import type { JudgedRun } from "./judgement.ts";
import { connectedBefore, downs, isOver, watchedHubs } from "./presence.ts";
import type { WaitStep } from "./scenario.ts";

/** An app may call start() again after the client has given up. If it doesn't within this time, it has given up, too. */
const LEFT_ALONE: Milliseconds = 10_000;

/** Whether the condition of a step is met, or was met since the latest fault began. */
export function isMet(step: WaitStep, run: JudgedRun, since: EpochMilliseconds): boolean {
  const watched = [...watchedHubs(run)];
  const hubs = run.model.hubs.filter(({ url }) => watched.some(([one]) => one === url));
  switch (step.for) {
    case "connected":
      return watched.every(([url, before]) => connectedBefore(run.model, url, Infinity, "is down") >= before);
    case "disconnected":
      return downs(run, "is down").some(({ from, until }) => until === null || from >= since);
    case "reconnecting":
      return hubs.some(({ states }) =>
        states.some(({ state, from, until }) => isTrying(state) && (until === null || from >= since)),
      );
    case "attempts":
      return hubs.some((hub) => triesSince(hub, since) >= (step.count ?? 1));
    case "settled":
      return watched.every(
        ([url, before]) =>
          connectedBefore(run.model, url, Infinity, "is down") >= before || isLeftAlone(run, url),
      );
    case "faults-over":
      return run.faults.every((fault) => isOver(run, fault));
  }
}

const isTrying = (state: string): boolean =>
  state === "connecting" || state === "reconnecting" || state === "resumed";

const triesSince = ({ attempts }: HubConnectionModel, since: EpochMilliseconds): number =>
  attempts.filter(({ startedAt }) => startedAt !== null && startedAt >= since).length;

/** Every HubConnection of that hub is disconnected, and has been for a while. */
function isLeftAlone({ model, to }: JudgedRun, url: string): boolean {
  return model.hubs
    .filter((hub) => hub.url === url)
    .every(({ states, page }) => {
      const own = model.pages.find(({ id }) => id === page);
      const endedAt = own ? endOf(own) : null;
      const last = states.at(-1);
      if (!last) return true;
      if (endedAt !== null) return to - endedAt >= LEFT_ALONE;
      return (
        last.until !== null ||
        last.state === "connected" ||
        (!isTrying(last.state) && to - last.from >= LEFT_ALONE)
      );
    });
}
