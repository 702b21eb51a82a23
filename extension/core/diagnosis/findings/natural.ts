/** What happened without Hubscope's own faults: only that says something of the network, the server and the hosting. */
import type { AttemptModel, HubConnectionModel, PageModel } from "../../model/types.ts";
import type { EpochMilliseconds, Milliseconds } from "../../units.ts";
import { verdictOf } from "../diagnose.ts";
import { obstacleOf } from "../obstacles.ts";
import type { CauseName, Obstacle, ObstacleName, Verdict } from "../verdict.ts";
import type { HubHistory, Moment } from "./finding.ts";
import { lossesOf, type Lost } from "./history-parts.ts";

/** What a fault has broken shows a moment later. */
const AFTERMATH: Milliseconds = 1_000;

/** Whether a fault of Hubscope was on at that time. */
export const isInjected = (
  { pages }: Pick<HubHistory, "pages">,
  hub: Pick<HubConnectionModel, "page">,
  from: EpochMilliseconds,
  until: EpochMilliseconds = from,
): boolean =>
  isDuringFault(
    pages.find(({ id }) => id === hub.page),
    from,
    until,
  );

const isDuringFault = (
  page: PageModel | undefined,
  from: EpochMilliseconds,
  until: EpochMilliseconds,
): boolean =>
  page?.faults.some((fault) => fault.from <= until && (fault.until ?? Infinity) + AFTERMATH >= from) ?? false;

export interface NaturalLoss extends Lost {
  readonly verdict: Verdict;
}

/** Losses that no fault caused, with what caused them. */
export const naturalLosses = (history: HubHistory): NaturalLoss[] =>
  lossesOf(history).flatMap((lost): NaturalLoss[] => {
    const { interruption, hub } = lost;
    if (interruption.faults.length > 0 || isInjected(history, hub, interruption.from)) return [];
    const verdict = verdictOf(interruption);
    return verdict.cause === "injected" ? [] : [{ ...lost, verdict }];
  });

/** Those with one of these causes. A low confidence is no ground for advice. */
export const lostBy = (losses: readonly NaturalLoss[], causes: readonly CauseName[]): NaturalLoss[] =>
  losses.filter(({ verdict }) => verdict.confidence !== "low" && causes.includes(verdict.cause));

export interface Refusal {
  readonly hub: HubConnectionModel;
  readonly attempt: AttemptModel;
  readonly obstacle: Obstacle;
  readonly t: EpochMilliseconds;
}

/** Tries that failed in one of these ways, without a fault. In order of time for each connection. */
export const refusedBy = (history: HubHistory, names: readonly ObstacleName[]): Refusal[] =>
  triesOf(history).flatMap(({ hub, attempt, t }): Refusal[] => {
    const obstacle = obstacleOf(attempt.outcome);
    return obstacle && names.includes(obstacle.name) ? [{ hub, attempt, obstacle, t }] : [];
  });

/** Tries that have ended, without a fault. */
export const triesOf = (
  history: HubHistory,
): { hub: HubConnectionModel; attempt: AttemptModel; t: EpochMilliseconds }[] =>
  history.hubs.flatMap((hub) =>
    hub.attempts.flatMap((attempt) => {
      const { startedAt, endedAt } = attempt;
      if (startedAt === null || endedAt === null || isInjected(history, hub, startedAt, endedAt)) return [];
      return [{ hub, attempt, t: startedAt }];
    }),
  );

export const refusalMoment = ({ hub, t, obstacle }: Refusal): Moment => ({
  t,
  hubKey: hub.key,
  text: obstacle.title,
});

/** Whether a host is this computer: what is seen there says little of production. */
export const isLocal = (url: string): boolean =>
  /^[a-z]+:\/\/(?:[^/@]*@)?(?:localhost|[\w-]+\.localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?(?:[/?#]|$)/i.test(
    url,
  );

export const isConnected = ({ hubs }: HubHistory): boolean =>
  hubs.some(({ states }) => states.some(({ state }) => state === "connected"));
