/** What all reports say, whatever they are written in: HTML, Markdown or plain text. */
import { summarise, type Summary } from "../../../panel/content/summary.ts";
import {
  findIn,
  isFound,
  worstFirst,
  type FindingResult,
  type FoundResult,
} from "../../core/diagnosis/findings/find.ts";
import { judgeGuidance, type PointResult } from "../../core/diagnosis/findings/guidance.ts";
import { hangIn, type Hang, type Trouble } from "../../core/diagnosis/hang.ts";
import { ownHangs, watchdogs } from "../../core/diagnosis/hangs.ts";
import { availabilityOf, type Availability } from "../../core/model/availability.ts";
import { downFor, downFrom } from "../../core/model/downtime.ts";
import { downtimesOf } from "../../core/model/downtimes-of.ts";
import type { HubConnectionModel, RecordingModel } from "../../core/model/types.ts";
import type { Scorecard } from "../../core/scenarios/scorecard.ts";
import { UTC, type Zone } from "../../core/text/format.ts";
import { shortened } from "../../core/text/shortened.ts";
import { visibleText } from "../../core/text/visible-text.ts";
import type { EpochMilliseconds, Milliseconds } from "../../core/units.ts";
import { browserName } from "../../wording/browser-name.ts";
import { namesIn, type ReportNames } from "./names.ts";
import { logEntries, type LogEntry } from "./server-log.ts";
import { timesIn, type ReportTimes } from "./times.ts";

export interface ReportMeta {
  /** The version of Hubscope that writes the report. */
  readonly hubscope: string;
  readonly exportedAt: EpochMilliseconds;
  /** The time zone of the local times in the report; UTC when absent. */
  readonly zone?: Zone;
  /** The results of the scenarios that ran during this recording. */
  readonly scorecard?: Scorecard | null;
  /** It is of a part of a longer recording. */
  readonly isPart?: boolean;
  /** What of the recording could not be read. */
  readonly warnings?: readonly string[];
}

/** An interruption, a failed start or a hang. */
export interface ReportedTrouble {
  readonly one: Trouble;
  readonly hub: HubConnectionModel;
  /** What hangs in one of its attempts. */
  readonly hang: Hang | undefined;
  readonly from: EpochMilliseconds;
  readonly lasted: Milliseconds;
}

export interface ReportFacts {
  readonly model: RecordingModel;
  readonly meta: ReportMeta;
  readonly times: ReportTimes;
  readonly names: ReportNames;
  /** Of the page; "" if it isn't known. */
  readonly address: string;
  readonly browser: string;
  readonly summary: Summary;
  readonly availability: Availability;
  /** In order of time. */
  readonly troubles: readonly ReportedTrouble[];
  /** Worst first. */
  readonly findings: readonly FoundResult[];
  /** All checks, with those that found nothing. */
  readonly checks: readonly FindingResult[];
  readonly points: readonly PointResult[];
  /** In order of time. */
  readonly log: readonly LogEntry[];
}

const LONGEST_ADDRESS = 300;

export function factsOf(recorded: RecordingModel, meta: ReportMeta): ReportFacts {
  // Without any event there is no time.
  const isEmpty = !Number.isFinite(recorded.from);
  const model = isEmpty ? { ...recorded, from: meta.exportedAt, to: meta.exportedAt } : recorded;
  const { from, to, hubs, pages } = model;
  const watched = watchdogs(model, to);
  const checks = findIn(model, to);
  const top = pages.find((page) => page.started?.top) ?? pages[0];
  return {
    model,
    meta,
    times: timesIn(from, to, meta.zone ?? UTC),
    names: namesIn(model),
    address: shortened(visibleText(top?.started?.url ?? ""), LONGEST_ADDRESS),
    browser: shortened(visibleText(browserName(top?.started?.userAgent ?? "")), LONGEST_ADDRESS),
    summary: summarise(model, watched),
    availability: availabilityOf(model),
    troubles: [
      ...hubs.flatMap((hub) => downtimesOf(hub).map((one) => ({ hub, one }))),
      ...ownHangs(watched).map((one) => ({ hub: one.hub, one })),
    ]
      .map(({ hub, one }): ReportedTrouble => ({
        ...{ hub, one, hang: hangIn(watched, one) },
        from: one.kind === "hang" ? one.from : downFrom(one),
        lasted: one.kind === "hang" ? one.total : downFor(one, to),
      }))
      .sort((a, b) => a.from - b.from),
    findings: worstFirst(checks.filter(isFound)),
    checks,
    points: judgeGuidance(
      checks.map((result) => ({ result, marked: null })),
      meta.scorecard?.results ?? [],
    ),
    log: logEntries(hubs),
  };
}

/** The longest ones where there are more than `most`; in order of time. */
export function longest(troubles: readonly ReportedTrouble[], most: number): readonly ReportedTrouble[] {
  if (troubles.length <= most) return troubles;
  return [...troubles]
    .sort((a, b) => b.lasted - a.lasted)
    .slice(0, most)
    .sort((a, b) => a.from - b.from);
}
