/** Writes the report: one HTML file without scripts or external files, to be sent to somebody who doesn't have Hubscope. */
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { Figures, HubTable } from "../../panel/content/figures.tsx";
import { ContentProvider, type ContentContext } from "../../panel/content/content-context.ts";
import { summarise } from "../../panel/content/summary.ts";
import { WaitingList } from "../../panel/content/waiting-list.tsx";
import { UnrecordedList } from "../../panel/content/unrecorded-list.tsx";
import { downtimesOf } from "../core/model/downtimes-of.ts";
import { hangIn, type Trouble } from "../core/diagnosis/hang.ts";
import { ownHangs, watchdogs } from "../core/diagnosis/hangs.ts";
import type { HubConnectionModel, RecordingModel } from "../core/model/types.ts";
import type { Scorecard } from "../core/scenarios/scorecard.ts";
import { clock, dateTime, duration, offsetWord, UTC, type Zone } from "../core/text/format.ts";
import { visibleText } from "../core/text/visible-text.ts";
import type { EpochMilliseconds } from "../core/units.ts";
import { unrecordedOf } from "../wording/unrecorded.ts";
import { ConnectionSection } from "./connection-section.tsx";
import { DoctorSection, doctorRunsToReport } from "./doctor-section.tsx";
import { DowntimeCard } from "./downtime-card.tsx";
import { EnvironmentSection } from "./environment-section.tsx";
import { FaultsSection } from "./faults-section.tsx";
import type { ReportContext } from "./report-context.ts";
import { ScorecardSection } from "./scorecard-section.tsx";
import { StatisticsSection } from "./statistics-section.tsx";
import { TimelinePicture } from "./timeline-picture.tsx";
import { hubName } from "../core/model/hub-name.ts";

export interface ReportMeta {
  /** The version of Hubscope that writes the report. */
  readonly hubscope: string;
  readonly exportedAt: EpochMilliseconds;
  /** The text of the style sheet, `report.css` of the build. It is written into the file. */
  readonly style: string;
  /** The time zone of all times in the report; UTC when absent. */
  readonly zone?: Zone;
  /** The results of the scenarios that ran during this recording. */
  readonly scorecard?: Scorecard | null;
}

/** @returns the whole file. Text from a page or a server is escaped, and its invisible characters are made visible. */
export function writeHtmlReport(model: RecordingModel, meta: ReportMeta): string {
  const { zone = UTC, style } = meta;
  const context: ReportContext = { end: model.to, zone };
  const body = renderToString(
    <ContentProvider value={contextOf(context, model)}>
      <Report model={model} meta={meta} context={context} />
    </ContentProvider>,
  );
  const title = renderToString(<title>SignalR report: {addressOf(model)}</title>);
  // `data-theme` is always "dark", but report.css loads the dark colours only for readers who prefer a dark theme.
  return `<!doctype html>
<html lang="en" data-theme="dark">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
${visibleText(title)}
<style>${style}</style>
</head>
<body><main>${visibleText(body)}</main></body>
</html>
`;
}

/** What content can do in a report, which has no scripts: nothing can be clicked, so every text is shown in full. */
function contextOf({ end, zone }: ReportContext, { pages }: RecordingModel): ContentContext {
  return {
    now: end,
    pages,
    // Always to the millisecond: it is compared with logs of the server.
    Time: ({ t }) => <span class="time-of">{clock(t, 3, zone)}</span>,
    LongText: ({ text }) => <span class="wrap-any">{text}</span>,
    CallsLink: ({ children }) => <>{children}</>,
    Copy: () => null,
    idText: (id) => id,
    pointAt: undefined,
    maxAttempts: 12,
    hasTooltips: false,
    headings: { card: "h3", part: "h4" },
  };
}

const addressOf = ({ pages }: RecordingModel): string =>
  (pages.find((page) => page.started?.top) ?? pages[0])?.started?.url ?? "";

interface Props {
  readonly model: RecordingModel;
  readonly meta: ReportMeta;
  readonly context: ReportContext;
}

function Report({ model, meta, context }: Props): VNode {
  const { hubs, pages } = model;
  const { zone } = context;
  const { scorecard } = meta;
  const watched = watchdogs(model, context.end);
  const summary = summarise(model, watched);
  const faults = pages.flatMap((page) => page.faults);
  const unrecorded = unrecordedOf(pages);
  const doctor = doctorRunsToReport(model);
  const hangs = ownHangs(watched);
  const downtimes = hubs
    .flatMap((hub): { hub: HubConnectionModel; one: Trouble }[] =>
      downtimesOf(hub).map((one) => ({ hub, one })),
    )
    .concat(hangs.map((hang) => ({ hub: hang.hub, one: hang })));
  downtimes.sort((a, b) => a.one.from - b.one.from);
  return (
    <>
      <Head model={model} meta={meta} zone={zone} />
      <Figures summary={summary} />
      {hubs.length > 1 && (
        <div class="wide">
          <HubTable summary={summary} />
        </div>
      )}
      {unrecorded.length > 0 && (
        <>
          <h2>Detected, not recorded</h2>
          <UnrecordedList all={unrecorded} />
        </>
      )}
      <h2>Timeline</h2>
      <TimelinePicture model={model} context={context} />
      <h2>
        Interruptions{summary.failedStarts > 0 && " and failed starts"}
        {hangs.length > 0 && " and hangs"}
      </h2>
      {downtimes.length === 0 && summary.waiting.length === 0 && <p>None in this recording.</p>}
      <WaitingList waiting={summary.waiting} />
      {downtimes.map(({ hub, one }) => (
        <DowntimeCard
          key={one.key}
          one={one}
          hang={hangIn(watched, one)}
          hub={hub}
          faults={faults}
          context={context}
        />
      ))}
      <h2>Connections</h2>
      {hubs.map((hub) => (
        <ConnectionSection key={hub.key} hub={hub} context={context} />
      ))}
      {scorecard && scorecard.results.length > 0 && <ScorecardSection card={scorecard} zone={zone} />}
      {doctor.length > 0 && <DoctorSection runs={doctor} model={model} />}
      <h2>Injected faults</h2>
      <FaultsSection faults={faults} model={model} context={context} />
      <h2>Environment</h2>
      <EnvironmentSection model={model} context={context} />
      <h2>Messages</h2>
      {hubs.map((hub) => (
        <StatisticsSection key={hub.key} hub={hub} name={hubName(hub)} />
      ))}
      <p class="soft">
        Access tokens, connection tokens and bearer headers are removed when Hubscope records, and again when
        it exports.
      </p>
    </>
  );
}

function Head({
  model,
  meta: { hubscope, exportedAt },
  zone,
}: Omit<Props, "context"> & { readonly zone: Zone }) {
  const { from, to } = model;
  return (
    <>
      <h1>SignalR connection report</h1>
      <p>
        <code>{addressOf(model)}</code>
      </p>
      <p class="soft">
        Recorded {dateTime(from, zone)} to {dateTime(to, zone)} ({duration(to - from)}). Written by Hubscope{" "}
        {hubscope} on {dateTime(exportedAt, zone)}. Times are local where the recording was exported, UTC
        {offsetWord(zone(from))}.
      </p>
    </>
  );
}
