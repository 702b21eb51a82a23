/** The sentences of a report's summary, the same in every format. They may hold texts of a page: shortened, and with nothing invisible. */
import { verdictOf } from "../../core/diagnosis/diagnose.ts";
import { shareUp, type SharedUptime } from "../../core/model/availability.ts";
import { counted, duration, whole } from "../../core/text/format.ts";
import { shortened } from "../../core/text/shortened.ts";
import { visibleText } from "../../core/text/visible-text.ts";
import type { EpochMilliseconds } from "../../core/units.ts";
import { CAUSE_WORD } from "../../wording/labels.ts";
import { LOG_HINT } from "../../wording/log-hints.ts";
import { soFar } from "../../wording/so-far.ts";
import { titleOf } from "../../wording/titles.ts";
import { unseenLosses } from "./beginning.ts";
import { impactOf } from "./impact.ts";
import { percentUp } from "./percent-up.ts";
import type { ReportedTrouble, ReportFacts } from "./report-facts.ts";
import type { ReportTimes } from "./times.ts";

const LONGEST = 240;

/** A text of a page on one line. */
export const oneLine = (text: string, longest = LONGEST): string =>
  shortened(visibleText(text.replace(/\s+/g, " ").trim()), longest);

/** What is to be known before anything else: the recording isn't whole. */
export const warningSentences = ({ meta: { warnings = [] } }: ReportFacts): string[] =>
  warnings.map((one) => oneLine(one));

/** "2026-11-24 10:00:00 to 10:04:06 UTC", and whether that is all of the recording. */
export const spanWords = ({ meta, times, model }: ReportFacts): string =>
  `${meta.isPart === true ? "A part of a longer recording: " : ""}${times.span(model.from, model.to)}`;

/** "Recorded 4 min 6 s on Chrome 143." */
export const recordedSentence = ({ model, browser, availability }: ReportFacts): string =>
  `Recorded ${duration(availability.recorded)}${browser === "" ? "" : ` on ${browser}`}, ${counted(model.hubs.length, "hub connection")}${model.pages.length > 1 ? ` in ${counted(model.pages.length, "page or frame", "pages and frames")}` : ""}.`;

export function countSentence({ summary, meta }: ReportFacts): string {
  const { interruptions, failedStarts, hanging, hangsEnded, growing } = summary;
  const parts = [
    counted(interruptions, "interruption"),
    ...(failedStarts > 0 ? [counted(failedStarts, "failed start")] : []),
    ...(hanging + hangsEnded > 0 ? [counted(hanging + hangsEnded, "hang")] : []),
  ];
  const areSeveral = interruptions + failedStarts + hanging + hangsEnded > 1;
  const end = `at the end of ${meta.isPart === true ? "this part" : "the recording"}`;
  return `${parts.join(", ")}${growing ? `, ${areSeveral ? "not all of them" : "not"} over ${end}` : ""}.`;
}

/** "Interruptions", "Interruptions and failed starts". */
export const troubleHeading = ({ failedStarts, hanging, hangsEnded }: ReportFacts["summary"]): string =>
  `Interruptions${failedStarts > 0 ? " and failed starts" : ""}${hanging + hangsEnded > 0 ? " and hangs" : ""}`;

/** Overlapping outages count once; their sum is said where it differs. */
export function downSentences(facts: ReportFacts): string[] {
  const unseen = unseenLosses(facts);
  return [
    downWords(
      facts.availability,
      facts.model.hubs.length,
      unseen.length + (facts.meta.warnings ?? []).length === 0,
    ),
    ...unseen,
  ];
}

function downWords(uptime: SharedUptime, hubs: number, allTime: boolean): string {
  const { down, downSum, allDown, longest, outages, unseen } = uptime;
  if (shareUp(uptime) === null) return "There was no connection in the recording.";
  const some = hubs > 1 ? "with at least one connection down" : "without a connection";
  if (down === 0 && !allTime) return "No time without a connection was recorded.";
  if (down === 0)
    return hubs > 1 ? "Every connection was there all the time." : "The connection was there all the time.";
  const several = [
    ...(outages > 1 ? [`${whole(outages)} outages, the longest ${duration(longest)}`] : []),
    ...(hubs > 1 && allDown >= 1 ? [`${duration(allDown)} with none up`] : []),
    ...(downSum > down + 1 ? [`${duration(downSum)} added up over the connections`] : []),
    ...(unseen >= 1 ? [`${duration(unseen)} of it with the page hidden or frozen`] : []),
  ];
  return `${duration(down)} ${some}${several.length === 0 ? "" : ` (${several.join("; ")})`}; availability ${percentUp(uptime)}.`;
}

/** What the figures leave out. */
export function unknownSentences({ model, summary, availability, meta }: ReportFacts): string[] {
  const { dropped, unrecorded } = summary;
  const ended = model.pages.filter(({ unrecordedFrom }) => unrecordedFrom !== null).length;
  const faults = model.pages.reduce((sum, page) => sum + page.faults.length, 0);
  return [
    ...(faults > 0 ? [`${counted(faults, "fault")} injected by Hubscope: see the causes.`] : []),
    ...(availability.unrecorded >= 1
      ? [`${duration(availability.unrecorded)} in between were not recorded, and count neither way.`]
      : []),
    ...(ended > 0 ? [`Recording ended while ${counted(ended, "page")} went on.`] : []),
    ...(dropped > 0 ? [`${counted(dropped, "event")} not recorded.`] : []),
    ...(unrecorded > 0 ? [`${counted(unrecorded, "connection")} noticed, but not recorded.`] : []),
    ...(meta.scorecard && meta.scorecard.results.length > 0
      ? [`${counted(meta.scorecard.results.length, "scenario")} run.`]
      : []),
  ];
}

export function impactSentence({ summary: { lost, missed } }: ReportFacts): string | null {
  const parts = [
    ...(lost > 0 ? [`${counted(lost, "call")} lost in flight`] : []),
    ...(missed > 0 ? [`about ${counted(missed, "message")} missed`] : []),
  ];
  return parts.length === 0 ? null : `Impact: ${parts.join(", ")}.`;
}

/**
 * How it ended. A connection that is lost later than its messages stopped has two beginnings, and a length from each: both are said, as
 * the time of an interruption is the earlier one.
 */
function outcomeWords(
  { one, from, lasted }: Pick<ReportedTrouble, "one" | "from" | "lasted">,
  now: EpochMilliseconds,
  times: Pick<ReportTimes, "short">,
): string {
  const title = titleOf(one, now);
  if (one.kind !== "interruption" || from === one.from) return title;
  return `${duration(lasted)} without a connection${soFar(one)}: messages stopped then, lost at ${times.short(one.from)}, ${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}

interface TroubleWords {
  /** "Reconnected after 14.3 s". */
  readonly title: string;
  /** "Network offline (high confidence); blocked by: Too many requests (429)". */
  readonly cause: string;
  readonly impact: readonly string[];
  /** null: nothing to look for in the server's logs. */
  readonly lookFor: string | null;
  /** The connection that was lost, else that which came after it. */
  readonly connectionId: string | null;
}

export function troubleWords(
  trouble: ReportedTrouble,
  { model: { to: now }, times }: Pick<ReportFacts, "model" | "times">,
): TroubleWords {
  const { one, hang } = trouble;
  const { title, confidence, obstacle, cause } = verdictOf(one);
  const blocked = obstacle !== null && one.kind === "interruption" ? `; blocked by: ${obstacle.title}` : "";
  const hanging = hang === undefined || hang === one ? "" : `; ${titleOf(hang, now)}`;
  return {
    title: outcomeWords(trouble, now, times),
    cause: `${oneLine(title)} (${confidence} confidence)${oneLine(blocked + hanging)}`,
    impact: impactOf(one),
    lookFor: LOG_HINT[cause],
    connectionId: one.kind === "interruption" ? (one.connectionIdBefore ?? one.connectionIdAfter) : null,
  };
}

/** "Network offline ×3, Tab frozen", the most frequent first. */
export function causeCounts(troubles: readonly ReportedTrouble[]): string {
  const counts = new Map<string, number>();
  for (const { one } of troubles) {
    const word = CAUSE_WORD[verdictOf(one).cause];
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([word, n]) => (n > 1 ? `${word} ×${whole(n)}` : word))
    .join(", ");
}
