/** The report: one HTML file that needs no network and no script, to be sent to somebody who doesn't have Hubscope. */
import { targetInWords } from "../wording/target-words.ts";
import { FAULTS } from "../core/faults/outlines.ts";
import { downtimeFigures, downtimesOf } from "../core/model/downtime.ts";
import type { FaultSpan, HubConnectionModel, PageModel, RecordingModel } from "../core/model/types.ts";
import { pathOf } from "../core/protocol/addresses.ts";
import type { Scorecard } from "../core/scenarios/scorecard.ts";
import type { EpochMilliseconds } from "../core/units.ts";
import { connectionSection } from "./connection-section.ts";
import {
  clock,
  whole,
  dateTime,
  duration,
  offsetWord,
  counted,
  bytes,
  UTC,
  type Zone,
} from "../core/text/format.ts";
import { downtimeCard } from "./interruption-card.ts";
import { RECORDING_END_WHY } from "../wording/recording-end.ts";
import { HOSTING_WORD, statefulWord } from "../wording/hub-words.ts";
import { html, type Markup } from "./markup.ts";
import { REPORT_STYLE } from "./report-style.ts";
import { scorecardSection } from "./scorecard-section.ts";
import { medianLatency, messageStatistics, type MessageStatistic } from "./statistics.ts";
import { timelinePicture } from "./timeline-picture.ts";
import { unrecordedOf } from "../wording/unrecorded.ts";

export interface ReportMeta {
  /** Version of Hubscope that writes it. */
  readonly hubscope: string;
  readonly exportedAt: EpochMilliseconds;
  /** Where the times are told; absent: in UTC. */
  readonly zone?: Zone;
  /** Of scenarios that were run in this recording. */
  readonly scorecard?: Scorecard | null;
}

/** Rows of a statistics table; the rest is summed up in one line. */
const MAX_ROWS = 12;

export function writeHtmlReport(
  model: RecordingModel,
  { hubscope, exportedAt, scorecard, zone = UTC }: ReportMeta,
): string {
  const top = model.pages.find((page) => page.started?.top) ?? model.pages[0];
  const url = top?.started?.url ?? "";
  const nameOf = namesIn(model);
  const down = model.hubs.flatMap((hub) => downtimesOf(hub).map((one) => ({ hub, one })));
  down.sort((a, b) => a.one.from - b.one.from);
  const faults = model.pages.flatMap((page) => page.faults);
  const interruptions = down.filter(({ one }) => one.kind === "interruption").length;
  const failedStarts = down.length - interruptions;
  const soFar = down.some(({ one }) => one.until === null) ? " so far" : "";
  const swallowed = sumOf(model, "swallowed");
  const unrecorded = unrecordedOf(model.pages);
  const lost = model.hubs.flatMap((hub) => hub.calls.filter((call) => call.fate === "lost")).length;
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>SignalR report: ${url}</title>
        <style>
          ${{ markup: REPORT_STYLE }}
        </style>
      </head>
      <body>
        <h1>SignalR connection report</h1>
        <p class="dim"><code>${url}</code></p>
        <p class="dim">
          Recorded ${dateTime(model.from, zone)} to ${dateTime(model.to, zone)}
          (${duration(model.to - model.from)}). Written by Hubscope ${hubscope} on
          ${dateTime(exportedAt, zone)}. Times are local where the recording was exported,
          UTC${offsetWord(zone(model.from))}.
        </p>
        <div class="figures">
          ${figure(whole(model.hubs.length), model.hubs.length === 1 ? "hub connection" : "hub connections")}
          ${figure(whole(interruptions), interruptions === 1 ? "interruption" : "interruptions")}
          ${failedStarts > 0 && figure(whole(failedStarts), failedStarts === 1 ? "failed start" : "failed starts")}
          ${downtimeFigures(model.hubs, model.to).map(({ value, meaning }) => figure(duration(value), meaning + soFar))}
          ${figure(whole(lost), lost === 1 ? "call lost in flight" : "calls lost in flight")}
          ${figure(whole(sumOf(model, "messages")), "messages")}
          ${swallowed > 0 && figure(whole(swallowed), "swallowed by faults")}
          ${figure(whole(model.dropped), "events not recorded")}
          ${model.cut > 0 && figure(whole(model.cut), model.cut === 1 ? "payload cut" : "payloads cut")}
          ${unrecorded.length > 0 && figure(whole(unrecorded.length), unrecorded.length === 1 ? "connection not recorded" : "connections not recorded")}
        </div>
        ${
          unrecorded.length > 0 &&
          html`<h2>Detected, not recorded</h2>
            <ul class="unrecorded">
              ${unrecorded.map(({ title, url, text }) => html`<li><b>${title}</b><code>${url}</code><span class="dim">${text}</span></li>`)}
            </ul>`
        }
        <h2>Timeline</h2>
        ${timelinePicture(model, zone, nameOf)}
        <h2>Interruptions${failedStarts > 0 && " and failed starts"}</h2>
        ${down.length === 0 ? html`<p>None in this recording.</p>` : down.map(({ hub, one }) => downtimeCard(one, { hub, faults, zone, name: nameOf(hub), end: model.to }))}
        <h2>Connections</h2>
        ${model.hubs.map((hub) => connectionSection(hub, { zone, name: nameOf(hub), end: model.to }))}
        ${scorecard && scorecardSection(scorecard, zone)}
        <h2>Injected faults</h2>
        ${faultTable(faults, model, zone, nameOf)}
        <h2>Environment</h2>
        ${environment(model, zone, nameOf)}
        <h2>Messages</h2>
        ${model.hubs.map((hub) => statistics(hub, nameOf(hub)))}
        <p class="dim">
          Access tokens, connection tokens and bearer headers are removed when Hubscope records, and again
          when it exports.
        </p>
      </body>
    </html> `;
  return document.markup;
}

const sumOf = ({ hubs }: RecordingModel, field: "messages" | "swallowed"): number =>
  hubs.reduce((sum, { totals }) => sum + totals.in[field] + totals.out[field], 0);

const figure = (value: string, name: string): Markup =>
  html`<div><b>${value}</b><span class="dim">${name}</span></div>`;

/** A hub connection by its path, a page by what it is; in a frame with the frame's own path. */
type NameOf = (one: HubConnectionModel | PageModel) => string;

function namesIn({ pages }: RecordingModel): NameOf {
  const frameOf = ({ started }: PageModel): string =>
    started && !started.top ? `frame ${pathOf(started.url)}` : "";
  return (one) => {
    if (!("page" in one)) return frameOf(one).replace("frame", "Frame") || "Page";
    const page = pages.find(({ id }) => id === one.page);
    const frame = page ? frameOf(page) : "";
    return frame ? `${one.path} (${frame})` : one.path;
  };
}

function faultTable(faults: readonly FaultSpan[], model: RecordingModel, zone: Zone, nameOf: NameOf): Markup {
  if (faults.length === 0) return html`<p>None.</p>`;
  return html`<div class="wide">
    <table>
      <tr>
        <th>Time</th>
        <th>Fault</th>
        <th>Target</th>
        <th>Lasted</th>
        <th>Ended</th>
      </tr>
      ${faults.map((fault) => {
        const { title, emulated } = FAULTS[fault.command.name];
        const hub = model.hubs.find(({ key }) => key === fault.hubKey);
        const frame = model.pages.find(({ id, started }) => id === fault.page && started?.top === false);
        const target = hub
          ? nameOf(hub)
          : `${targetInWords(fault.command.target)}${frame ? ` (${nameOf(frame)})` : ""}`;
        return html`<tr>
          <td>${clock(fault.from, 3, zone)}</td>
          <td>
            ${title}
            <span class="tag injected">${emulated ? "emulated in the page" : "done by the browser"}</span>
          </td>
          <td>${target}</td>
          <td>${duration((fault.until ?? model.to) - fault.from)}${fault.until === null && " so far"}</td>
          <td>${fault.end ?? ""}</td>
        </tr>`;
      })}
    </table>
  </div>`;
}

function environment(model: RecordingModel, zone: Zone, nameOf: NameOf): Markup {
  return html`${model.pages.map(
      ({ started, unrecordedFrom, unrecordedBecause }) =>
        started &&
        html`<p>
          <code>${started.url}</code>${started.top ? "" : " (frame)"}<br /><span class="dim"
            >${started.userAgent}<br />Opened ${dateTime(started.openedAt, zone)}
            (${started.navigation}${started.wasDiscarded ? ", after a discard" : ""}).
            ${started.midway ? "The recording started after page load. " : ""}${started.probe ? "With the client probe." : "Without the client probe: inferred from wire."}${unrecordedFrom === null ? "" : ` The recording ended ${dateTime(unrecordedFrom, zone)}, while the page went on${unrecordedBecause && `: ${RECORDING_END_WHY[unrecordedBecause]}`}.`}</span
          >
        </p>`,
    )}
    <div class="wide">
      <table>
        <tr>
          <th>Hub</th>
          <th>Client</th>
          <th>Hosting</th>
          <th>Transport</th>
          <th>Protocol</th>
          <th>Stateful reconnect</th>
          <th>Server timeout</th>
          <th>Keep-alive</th>
          <th>Automatic reconnect</th>
          <th>Connection id</th>
        </tr>
        ${model.hubs.map(
          (hub) =>
            html`<tr>
              <td>${nameOf(hub)}</td>
              <td>${hub.clientVersion ?? "unknown"}</td>
              <td>${hub.hosting === null ? "unknown" : HOSTING_WORD[hub.hosting.kind]}</td>
              <td>${hub.transport ?? ""}</td>
              <td>${hub.protocol ?? ""}</td>
              <td>${statefulWord(hub)}</td>
              <td>${hub.serverTimeout === null ? "unknown" : duration(hub.serverTimeout)}</td>
              <td>${hub.keepAliveInterval === null ? "unknown" : duration(hub.keepAliveInterval)}</td>
              <td>${hub.hasReconnectPolicy === null ? "unknown" : hub.hasReconnectPolicy ? "yes" : "no"}</td>
              <td><code>${hub.connectionId ?? ""}</code></td>
            </tr>`,
        )}
      </table>
    </div>`;
}

function statistics(hub: HubConnectionModel, name: string): Markup {
  const all = messageStatistics(hub);
  const latency = medianLatency(hub);
  const { totals } = hub;
  const swallowed = totals.in.swallowed + totals.out.swallowed;
  return html`<h3>${name}</h3>
    <p class="dim">
      ${counted(totals.in.messages, "message")} in (${bytes(totals.in.bytes)}),
      ${counted(totals.out.messages, "message")} out
      (${bytes(totals.out.bytes)})${swallowed > 0 && `, and ${whole(swallowed)} swallowed by faults`}${latency === null ? "" : `; median latency ${duration(latency)}`}.
    </p>
    ${all.length > 0 && statisticsTable(all)}`;
}

function statisticsTable(all: readonly MessageStatistic[]): Markup {
  const rest = all.slice(MAX_ROWS);
  return html`<div class="wide">
    <table>
      <tr>
        <th>Direction</th>
        <th>Type</th>
        <th>Target</th>
        <th class="r">Count</th>
        <th class="r">Size</th>
      </tr>
      ${all.slice(0, MAX_ROWS).map(
        (row) =>
          html`<tr>
            <td>${row.direction}</td>
            <td>${row.type}${row.swallowed && ", swallowed"}</td>
            <td>${row.target}</td>
            <td class="r">${whole(row.count)}</td>
            <td class="r">${bytes(row.bytes)}</td>
          </tr>`,
      )}
      ${
        rest.length > 0 &&
        html`<tr>
          <td colspan="3">${counted(rest.length, "other kind")}</td>
          <td class="r">${whole(rest.reduce((sum, row) => sum + row.count, 0))}</td>
          <td class="r">${bytes(rest.reduce((sum, row) => sum + row.bytes, 0))}</td>
        </tr>`
      }
    </table>
  </div>`;
}
