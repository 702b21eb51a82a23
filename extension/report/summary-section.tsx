/** The head of the report, its summary to paste, and its contents. */
import { dateTime } from "../core/text/format.ts";
import type { ReportFacts } from "./facts/report-facts.ts";
import { warningSentences } from "./facts/sentences.ts";
import { textReport } from "./text-report.ts";

export function Head({ facts }: { facts: ReportFacts }) {
  const { address, model, times, meta } = facts;
  const warnings = warningSentences(facts);
  return (
    <header>
      <h1>SignalR connection report</h1>
      <p>
        <code>{address}</code>
      </p>
      <p class="soft">
        {meta.isPart === true ? "A part of a longer recording" : "Recorded"}{" "}
        {times.span(model.from, model.to)}. Written by Hubscope {meta.hubscope} on{" "}
        {dateTime(meta.exportedAt, times.zone)}.{" "}
        {times.isUtc
          ? "All times are UTC."
          : "Times are local where it was exported, and UTC where it says so."}
      </p>
      {warnings.map((one, i) => (
        <p key={i}>
          <b>{one}</b>
        </p>
      ))}
    </header>
  );
}

export const SummarySection = ({ facts }: { facts: ReportFacts }) => (
  <section id="summary">
    <h2>
      Summary <span class="hint">one click selects all of it, to paste into a chat or a ticket</span>
    </h2>
    <pre class="summary-text">{textReport(facts)}</pre>
  </section>
);

/** The sections of this report, by their anchors. */
export interface Entry {
  readonly id: string;
  readonly title: string;
}

export const Contents = ({ entries }: { entries: readonly Entry[] }) => (
  <nav aria-label="Contents">
    <ul class="contents">
      {entries.map(({ id, title }) => (
        <li key={id}>
          <a href={`#${id}`}>{title}</a>
        </li>
      ))}
    </ul>
  </nav>
);
