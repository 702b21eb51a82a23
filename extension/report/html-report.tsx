/** Writes the report: one HTML file without scripts or external files, to be sent to somebody who doesn't have Hubscope. */
import { renderToString } from "preact-render-to-string";
import { ContentProvider, type ContentContext } from "../../panel/content/content-context.ts";
import { Figures } from "../../panel/content/figures.tsx";
import { UnrecordedList } from "../../panel/content/unrecorded-list.tsx";
import type { HubConnectionModel, RecordingModel } from "../core/model/types.ts";
import { shortened } from "../core/text/shortened.ts";
import { visibleText } from "../core/text/visible-text.ts";
import { unrecordedOf } from "../wording/unrecorded.ts";
import { AvailabilitySection } from "./availability-section.tsx";
import { ConnectionSection } from "./connection-section.tsx";
import { DoctorSection, doctorRunsToReport } from "./doctor-section.tsx";
import { EnvironmentSection } from "./environment-section.tsx";
import { factsOf, type ReportFacts, type ReportMeta } from "./facts/report-facts.ts";
import { troubleHeading } from "./facts/sentences.ts";
import { FaultsSection } from "./faults-section.tsx";
import { FindingsSection } from "./findings-section.tsx";
import { InterruptionsSection } from "./interruptions-section.tsx";
import { MOST } from "./limits.ts";
import { LogSection } from "./log-section.tsx";
import { NotShown } from "./not-shown.tsx";
import type { ReportContext } from "./report-context.ts";
import { ScorecardSection } from "./scorecard-section.tsx";
import { StatisticsSection } from "./statistics-section.tsx";
import { Contents, Head, SummarySection, type Entry } from "./summary-section.tsx";
import { TimelinePicture } from "./timeline-picture.tsx";

interface HtmlReportMeta extends ReportMeta {
  /** The text of the style sheet, `report.css` of the build. It is written into the file. */
  readonly style: string;
}

/** @returns the whole file. Text from a page or a server is escaped, and its invisible characters are made visible. */
export function writeHtmlReport(recorded: RecordingModel, { style, ...meta }: HtmlReportMeta): string {
  const facts = factsOf(recorded, meta);
  const { model } = facts;
  const context: ReportContext = { end: model.to, times: facts.times, names: facts.names };
  const body = renderToString(
    <ContentProvider value={contextOf(context, model)}>
      <Report facts={facts} context={context} />
    </ContentProvider>,
  );
  const title = renderToString(<title>SignalR report: {facts.address}</title>);
  // `data-theme` is always "dark", but report.css loads the dark colours only for readers who prefer a dark theme.
  return `<!DOCTYPE html>
<html lang="en" data-theme="dark">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
${visibleText(title)}
<style>${style}</style>
</head>
<body><main>${visibleText(body)}</main></body>
</html>
`;
}

/** What content can do in a report, which has no scripts: nothing can be clicked, so every text is shown in full. */
function contextOf({ end, times }: ReportContext, { pages }: RecordingModel): ContentContext {
  return {
    now: end,
    pages,
    // Always to the millisecond: it is compared with logs of the server.
    Time: ({ t }) => <span class="time-of">{times.local(t)}</span>,
    LongText: ({ text }) => <span class="wrap-any">{shortened(text, MOST.text)}</span>,
    CallsLink: ({ children }) => <>{children}</>,
    Copy: () => null,
    idText: (id) => shortened(id, MOST.text),
    pointAt: undefined,
    maxAttempts: 12,
    hasTooltips: false,
    headings: { card: "h3", part: "h4" },
  };
}

interface Props {
  readonly facts: ReportFacts;
  readonly context: ReportContext;
}

function Report({ facts, context }: Props) {
  const { model, summary, meta } = facts;
  const faults = model.pages.flatMap((page) => page.faults);
  const unrecorded = unrecordedOf(model.pages);
  const doctor = doctorRunsToReport(model);
  const scorecard = meta.scorecard && meta.scorecard.results.length > 0 ? meta.scorecard : null;
  const hubs = hubsToShow(facts);
  const entries: readonly (Entry | false)[] = [
    { id: "availability", title: "Availability" },
    { id: "timeline", title: "Timeline" },
    { id: "findings", title: "Findings" },
    { id: "interruptions", title: troubleHeading(summary) },
    { id: "log", title: "For the server's logs" },
    { id: "connections", title: "Connections" },
    scorecard !== null && { id: "resilience", title: "Scenarios" },
    doctor.length > 0 && { id: "doctor", title: "Connection doctor" },
    faults.length > 0 && { id: "faults", title: "Injected faults" },
    { id: "environment", title: "Environment" },
    { id: "messages", title: "Messages" },
  ];
  return (
    <>
      <Head facts={facts} />
      <Contents entries={entries.filter((entry) => entry !== false)} />
      <SummarySection facts={facts} />
      <Figures summary={summary} />
      <AvailabilitySection facts={facts} />
      {unrecorded.length > 0 && (
        <section>
          <h2>Detected, not recorded</h2>
          <UnrecordedList all={unrecorded.slice(0, MOST.rows)} />
          <NotShown all={unrecorded.length} most={MOST.rows} one="connection" />
        </section>
      )}
      <section id="timeline">
        <h2>Timeline</h2>
        <TimelinePicture model={model} context={context} hubs={hubs} />
        <NotShown all={model.hubs.length} most={hubs.length} one="connection" />
      </section>
      <FindingsSection facts={facts} />
      <InterruptionsSection facts={facts} context={context} />
      <LogSection facts={facts} />
      <section id="connections">
        <h2>Connections</h2>
        {hubs.map((hub) => (
          <ConnectionSection key={hub.key} hub={hub} context={context} />
        ))}
        <NotShown all={model.hubs.length} most={hubs.length} one="connection" />
      </section>
      {scorecard && <ScorecardSection card={scorecard} times={facts.times} />}
      {doctor.length > 0 && <DoctorSection runs={doctor} model={model} />}
      {faults.length > 0 && <FaultsSection faults={faults} model={model} context={context} />}
      <section id="environment">
        <h2>Environment</h2>
        <EnvironmentSection model={model} context={context} />
      </section>
      <section id="messages">
        <h2>Messages</h2>
        <div class="statistics">
          {hubs.map((hub) => (
            <StatisticsSection key={hub.key} hub={hub} name={context.names.hub(hub)} />
          ))}
        </div>
        <NotShown all={model.hubs.length} most={hubs.length} one="connection" />
      </section>
      <footer>
        <p class="soft">
          Access tokens, connection tokens and bearer headers are removed when Hubscope records, and again
          when it exports. Message payloads are never in a report.
        </p>
      </footer>
    </>
  );
}

/** Those that were missing longest where there are too many; in the order of the recording. */
function hubsToShow({ model, availability }: ReportFacts): readonly HubConnectionModel[] {
  if (model.hubs.length <= MOST.hubs) return model.hubs;
  const worst = [...availability.hubs].sort((a, b) => b.uptime.down - a.uptime.down).slice(0, MOST.hubs);
  const keys = new Set(worst.map(({ hub }) => hub.key));
  return model.hubs.filter(({ key }) => keys.has(key));
}
