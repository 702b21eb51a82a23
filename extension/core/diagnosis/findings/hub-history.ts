/** The parts of a recording that findings look at: one for each hub. */
import { hubName } from "../../model/hub-name.ts";
import type { HubConnectionModel, RecordingModel } from "../../model/types.ts";
import type { EpochMilliseconds } from "../../units.ts";
import type { HubHistory } from "./finding.ts";

/**
 * One history for each hub, in the order of the hubs' first connections.
 * @param now the end of what is still going on
 * @param from only what happened from then on counts: e.g. since a scenario began
 */
export function historiesOf(model: RecordingModel, now: EpochMilliseconds, from = -Infinity): HubHistory[] {
  const byUrl = new Map<string, HubConnectionModel[]>();
  for (const hub of model.hubs) {
    const own = byUrl.get(hub.url);
    if (own) own.push(hub);
    else byUrl.set(hub.url, [hub]);
  }
  const look = { model, from, now };
  return [...byUrl].flatMap(([url, all]): HubHistory[] => {
    const hubs = all.filter((hub) => isSince(hub, from)).map((hub) => cut(hub, from));
    const [first] = hubs;
    if (!first) return [];
    const ids = new Set(hubs.map(({ page }) => page));
    return [
      {
        url,
        name: hubs.length === 1 ? hubName(first) : first.path,
        hubs,
        pages: model.pages.filter(({ id }) => ids.has(id)),
        model,
        from,
        now,
        look,
      },
    ];
  });
}

const isSince = ({ states }: HubConnectionModel, from: EpochMilliseconds): boolean =>
  from === -Infinity || states.some(({ until }) => until === null || until >= from);

/** What began before `from` and was over then isn't in it any more. */
function cut(hub: HubConnectionModel, from: EpochMilliseconds): HubConnectionModel {
  if (from === -Infinity) return hub;
  const began = <T extends { readonly from: EpochMilliseconds }>(all: readonly T[]): T[] =>
    all.filter((one) => one.from >= from);
  return {
    ...hub,
    interruptions: began(hub.interruptions),
    failedStarts: began(hub.failedStarts),
    attempts: began(hub.attempts),
    calls: hub.calls.filter(({ sentAt }) => sentAt >= from),
    requests: hub.requests.filter(({ started }) => started.t >= from),
    transports: hub.transports.filter(({ until }) => until === null || until >= from),
    states: hub.states.filter(({ until }) => until === null || until >= from),
    mistakes: hub.mistakes.filter(({ until }) => until >= from),
    refreshes: hub.refreshes.filter(({ t }) => t >= from),
    counts: hub.counts.filter(({ t }) => t >= from),
  };
}
