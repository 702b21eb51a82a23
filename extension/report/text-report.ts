/** The summary as plain text: the report for a chat, and the first part of the HTML report. */
import { FINDINGS } from "../core/diagnosis/findings/registry.ts";
import { whole } from "../core/text/format.ts";
import { SEVERITY_WORD } from "../wording/finding-words.ts";
import { hubAddress, hubHost } from "./facts/names.ts";
import { longest, type ReportedTrouble, type ReportFacts } from "./facts/report-facts.ts";
import {
  causeCounts,
  countSentence,
  downSentences,
  impactSentence,
  oneLine,
  recordedSentence,
  spanWords,
  troubleHeading,
  troubleWords,
  unknownSentences,
  warningSentences,
} from "./facts/sentences.ts";

/** What doesn't fill a screen. */
const MOST_TROUBLES = 6;
const MOST_FINDINGS = 3;
const MOST_HUBS = 3;
const LONGEST_NAME = 60;
const LONGEST_SAY = 120;

export function textReport(facts: ReportFacts): string {
  const { address, troubles, findings, meta } = facts;
  const shown = longest(troubles, MOST_TROUBLES);
  return [
    oneLine(`SignalR report: ${address}`),
    spanWords(facts),
    ...warningSentences(facts),
    recordedSentence(facts),
    ...hubLine(facts),
    "",
    countSentence(facts),
    ...downSentences(facts),
    ...[impactSentence(facts) ?? []].flat(),
    ...unknownSentences(facts),
    ...section(
      heading(facts, shown),
      shown.flatMap((one, i) => troubleLines(one, i + 1, facts)),
    ),
    ...section(
      findings.length > MOST_FINDINGS
        ? `Findings (the worst ${MOST_FINDINGS} of ${findings.length})`
        : "Findings",
      findings.slice(0, MOST_FINDINGS).map(findingLine),
    ),
    ...section("In the server's logs, look for", hintLines(shown, facts)),
    "",
    `Written by Hubscope ${meta.hubscope}.`,
  ].join("\n");
}

/** Where the hubs are: another host than the page's, perhaps. */
function hubLine({ model }: ReportFacts): string[] {
  const all = [...new Set(model.hubs.map((hub) => oneLine(hubAddress(hub))))];
  if (all.length === 0) return [];
  const more = all.length > MOST_HUBS ? [`${whole(all.length - MOST_HUBS)} more`] : [];
  return [`${all.length > 1 ? "Hubs" : "Hub"}: ${[...all.slice(0, MOST_HUBS), ...more].join(", ")}`];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ["", title, ...lines];

const heading = ({ troubles, summary }: ReportFacts, shown: readonly ReportedTrouble[]): string =>
  troubles.length > shown.length
    ? `${troubleHeading(summary)}: the ${shown.length} longest of ${whole(troubles.length)} (${causeCounts(troubles)})`
    : troubleHeading(summary);

function troubleLines(trouble: ReportedTrouble, number: number, facts: ReportFacts): string[] {
  const { names, times } = facts;
  const { title, cause, impact } = troubleWords(trouble, facts);
  return [
    `${number}. ${times.short(trouble.from)} ${oneLine(names.hub(trouble.hub), LONGEST_NAME)}: ${title}`,
    `   ${cause}`,
    ...(impact.length > 0 ? [`   Impact: ${impact.join("; ")}`] : []),
  ];
}

const findingLine = ({ id, answer, hub }: ReportFacts["findings"][number]): string =>
  `- ${SEVERITY_WORD[answer.severity]}: ${FINDINGS[id].title} (${oneLine(hub, LONGEST_NAME)}). ${oneLine(answer.say, LONGEST_SAY)}`;

/** One line for each hint, with the connections that it is about. */
function hintLines(shown: readonly ReportedTrouble[], facts: ReportFacts): string[] {
  // Of one server, the line of the hubs says it.
  const isOneHost = new Set(facts.model.hubs.map(hubHost)).size === 1;
  const host = ({ hub }: ReportedTrouble): string =>
    isOneHost ? "" : ` ${oneLine(hubHost(hub), LONGEST_NAME)}`;
  const places = new Map<string, string[]>();
  for (const trouble of shown) {
    const { lookFor, connectionId } = troubleWords(trouble, facts);
    if (lookFor === null) continue;
    const place = `${facts.times.utc(trouble.from)}${host(trouble)}${connectionId === null ? "" : ` id ${oneLine(connectionId, LONGEST_NAME)}`}`;
    places.set(lookFor, [...(places.get(lookFor) ?? []), place]);
  }
  return [...places].map(([hint, all]) => `- ${hint}: ${all.join(", ")}`);
}
