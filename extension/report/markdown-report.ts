/** The report as Markdown, for an issue of GitHub: what fits there, the most useful parts first. */
import { FINDINGS } from "../core/diagnosis/findings/registry.ts";
import { guidanceInWords } from "../core/diagnosis/findings/guidance.ts";
import { verdictOf } from "../core/diagnosis/diagnose.ts";
import { adviceAgainst, adviceFor } from "../core/diagnosis/advice.ts";
import { bytes, counted, duration, whole } from "../core/text/format.ts";
import { measuredWords, SEVERITY_WORD, WHERE_WORD } from "../wording/finding-words.ts";
import { lastMessages } from "./facts/last-messages.ts";
import { hubAddress, hubHost } from "./facts/names.ts";
import { longest, type ReportedTrouble, type ReportFacts } from "./facts/report-facts.ts";
import {
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
import { percentUp } from "./facts/percent-up.ts";
import { chosenEntries } from "./facts/server-log.ts";
import { code, codeBlock, folded, prose, table } from "./markdown.ts";

/** GitHub takes 65,536 characters: some are left for what whoever files it writes around it. */
export const MOST_CHARACTERS = 60_000;
const MOST_ROWS = 50;
const MOST_DETAILS = 20;
const MOST_LOG_ROWS = 60;
const MOST_EVIDENCE = 12;

/** A part of the report. Where there is no room, it is left out as a whole, and named. */
interface Part {
  readonly name: string;
  readonly text: string;
}

export function markdownReport(facts: ReportFacts): string {
  const head = summary(facts);
  const end = `\n\n---\n\nWritten by Hubscope ${facts.meta.hubscope}. Access tokens, connection tokens and message payloads are not in it.\n`;
  const parts: Part[] = [
    ...availability(facts),
    ...interruptions(facts),
    ...findings(facts),
    ...serverLog(facts),
    ...details(facts),
    ...findingDetails(facts),
    ...settings(facts),
  ];
  const left: string[] = [];
  let text = head;
  for (const { name, text: part } of parts)
    if (text.length + part.length + end.length + ROOM_FOR_LEFT <= MOST_CHARACTERS) text += `\n\n${part}`;
    else left.push(name);
  return `${text}${leftOut(left)}${end}`;
}

const ROOM_FOR_LEFT = 600;
const MOST_NAMED = 8;

const leftOut = (names: readonly string[]): string =>
  names.length === 0
    ? ""
    : `\n\n_Left out, as an issue of GitHub has no room for it: ${[
        ...names.slice(0, MOST_NAMED),
        ...(names.length > MOST_NAMED ? [counted(names.length - MOST_NAMED, "more part")] : []),
      ].join(", ")}. The HTML report has more._`;

function summary(facts: ReportFacts): string {
  const lines = [
    `${code(facts.address)}, ${prose(spanWords(facts))}`,
    ...warningSentences(facts),
    recordedSentence(facts),
    countSentence(facts),
    ...downSentences(facts),
    ...[impactSentence(facts) ?? []].flat(),
    ...unknownSentences(facts),
  ];
  const [first = "", ...others] = lines;
  return `## SignalR connection report\n\n${[first, ...others.map(prose)].map((line) => `- ${line}`).join("\n")}`;
}

function availability({ availability: all, names, model, summary: { hubs: sums } }: ReportFacts): Part[] {
  const { hubs } = all;
  if (hubs.length === 0) return [];
  const down = hubs
    .map(({ hub, uptime }, i) => ({ hub, uptime, sum: sums[i] }))
    .sort((a, b) => b.uptime.down - a.uptime.down);
  const rows = down
    .slice(0, MOST_ROWS)
    .map(({ hub, uptime, sum }) => [
      code(names.hub(hub)),
      whole((sum?.interruptions ?? 0) + (sum?.failedStarts ?? 0) + (sum?.hangs ?? 0)),
      duration(uptime.down),
      duration(uptime.longest),
      percentUp(uptime),
    ]);
  const total = ["**all, overlaps once**", "", duration(all.down), duration(all.longest), percentUp(all)];
  return [
    {
      name: "availability",
      text: `### Availability\n\n${table(
        ["Connection", "Interruptions", "Without a connection", "Longest", "Available"],
        [...rows, ...(model.hubs.length > 1 ? [total] : [])],
      )}${more(hubs.length - rows.length, "connection")}`,
    },
  ];
}

const more = (n: number, what: string): string =>
  n > 0 ? `\n\n${counted(n, `more ${what}`)}, not shown.` : "";

function interruptions(facts: ReportFacts): Part[] {
  const { troubles, names, times } = facts;
  if (troubles.length === 0)
    return [{ name: "interruptions", text: "### Interruptions\n\nNone in this recording." }];
  const shown = longest(troubles, MOST_ROWS);
  const rows = shown.map((trouble) => {
    const { title, cause, impact } = troubleWords(trouble, facts);
    return [
      times.short(trouble.from),
      code(names.hub(trouble.hub)),
      prose(title),
      prose(cause),
      prose(impact.join("; ")),
    ];
  });
  return [
    {
      name: "interruptions",
      text: `### ${troubleHeading(facts.summary)}\n\n${table(["Time", "Connection", "Outcome", "Cause", "Impact"], rows)}${more(troubles.length - shown.length, "interruption")}`,
    },
  ];
}

/** What each interruption is deduced from. */
function details(facts: ReportFacts): Part[] {
  return longest(facts.troubles, MOST_DETAILS).map((trouble) => {
    const { names, times } = facts;
    const { title } = troubleWords(trouble, facts);
    return {
      name: `evidence of ${times.local(trouble.from)}`,
      text: folded(
        `${times.short(trouble.from)}, ${prose(names.hub(trouble.hub))}: ${prose(title)}`,
        detailsOf(trouble, facts),
      ),
    };
  });
}

function detailsOf({ one, hub, from }: ReportedTrouble, { times }: ReportFacts): string {
  const { evidence, ruledOut, obstacle } = verdictOf(one);
  const advice = [adviceFor(one)?.text, obstacle === null ? undefined : adviceAgainst(obstacle).text];
  const ids = one.kind === "interruption" ? [one.connectionIdBefore, one.connectionIdAfter] : [];
  const last = one.kind === "hang" ? [] : lastMessages(hub, Math.max(from, one.from));
  return [
    ids.some((id) => id !== null)
      ? `Connection id before: ${code(ids[0] ?? "") || "unknown"}, after: ${code(ids[1] ?? "") || "none"}`
      : "",
    evidence
      .slice(0, MOST_EVIDENCE)
      .map(({ t, knowledge, text }) => `- ${times.short(t)} (${knowledge}) ${prose(oneLine(text))}`)
      .join("\n"),
    ruledOut.length > 0 ? `Ruled out: ${prose(ruledOut.join(", "))}` : "",
    ...advice.map((text) => (text === undefined ? "" : prose(text))),
    last.length === 0
      ? ""
      : `Last messages before it:\n\n${table(
          ["Time", "Direction", "Type", "Target", "Size"],
          last.map(({ t, direction, type, target, size, swallowed }) => [
            times.local(t),
            direction,
            `${type}${swallowed ? ", swallowed" : ""}`,
            code(target),
            bytes(size),
          ]),
        )}`,
  ]
    .filter(Boolean)
    .join("\n\n");
}

function findings({ findings: all, points }: ReportFacts): Part[] {
  const lines = all
    .slice(0, MOST_ROWS)
    .map(
      ({ id, hub, answer }) =>
        `- **${SEVERITY_WORD[answer.severity]}: ${prose(FINDINGS[id].title)}** (${code(oneLine(hub))}). ${prose(oneLine(answer.say))}`,
    );
  return [
    {
      name: "findings",
      text: `### Findings\n\n${[lines.join("\n") || "None.", `Resilience scorecard: ${guidanceInWords(points)}`].join("\n\n")}${more(all.length - MOST_ROWS, "finding")}`,
    },
  ];
}

const findingDetails = ({ findings: all }: ReportFacts): Part[] =>
  all.slice(0, MOST_DETAILS).map(({ id, hub, answer: { severity, measured, changes } }) => {
    const { title, why, link } = FINDINGS[id];
    return {
      name: `advice for “${title}”`,
      text: folded(
        `${SEVERITY_WORD[severity]}: ${prose(title)}, ${prose(oneLine(hub))}`,
        [
          measured.map((one) => `- ${prose(one.label)}: ${measuredWords(one)}`).join("\n"),
          `${prose(why)} [Learn more](${link})`,
          ...changes.flatMap(({ where, text, snippet }) => [
            `**${WHERE_WORD[where]}:** ${prose(oneLine(text, 1_000))}`,
            ...(snippet ? [codeBlock(snippet.code, snippet.language)] : []),
          ]),
        ]
          .filter(Boolean)
          .join("\n\n"),
      ),
    };
  });

function serverLog({ log, names, times }: ReportFacts): Part[] {
  if (log.length === 0) return [];
  const shown = chosenEntries(log, MOST_LOG_ROWS);
  const rows = shown.map(({ t, hub, what, connectionId, headers }) => [
    times.utc(t),
    code(hubHost(hub)),
    code(names.hub(hub)),
    prose(what),
    code(oneLine(connectionId ?? "")),
    headers.map(code).join(" "),
  ]);
  return [
    {
      name: "ids and times for the server's logs",
      text: folded(
        `For the server's logs: ${counted(shown.length, "time")} in UTC, with connection ids`,
        `${table(["Time (UTC)", "Host", "Connection", "What", "Connection id", "Response headers"], rows)}${more(log.length - shown.length, "entry")}`,
      ),
    },
  ];
}

function settings({ model: { pages, hubs }, names }: ReportFacts): Part[] {
  const lines = pages
    .slice(0, MOST_ROWS)
    .map((page) => `- ${prose(names.page(page))}: ${code(oneLine(page.started?.url ?? ""))}`);
  const rows = hubs
    .slice(0, MOST_ROWS)
    .map((hub) => [
      code(names.hub(hub)),
      code(hubAddress(hub)),
      prose(oneLine(hub.clientVersion ?? "unknown")),
      hub.transport ?? "",
      prose(oneLine(hub.protocol ?? "")),
      hub.serverTimeout === null ? "unknown" : duration(hub.serverTimeout),
      hub.keepAliveInterval === null ? "unknown" : duration(hub.keepAliveInterval),
    ]);
  const userAgent = pages.find(({ started }) => started?.userAgent)?.started?.userAgent ?? "";
  return [
    {
      name: "settings",
      text: folded(
        "Environment",
        [
          prose(oneLine(userAgent)),
          `${lines.join("\n")}${more(pages.length - lines.length, "page or frame")}`,
          rows.length === 0
            ? ""
            : table(
                ["Connection", "Address", "Client", "Transport", "Protocol", "Server timeout", "Keep-alive"],
                rows,
              ) + more(hubs.length - rows.length, "connection"),
        ]
          .filter(Boolean)
          .join("\n\n"),
      ),
    },
  ];
}
