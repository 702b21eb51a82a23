/** Every hub connection in the report: who serves it, what was tried, each transport, and what was taken up again. */
import type { HubConnectionModel, ResumeModel, StatefulModel, TransportModel } from "../core/model/types.ts";
import type { EpochMilliseconds } from "../core/units.ts";
import { attemptSteps, isLadder, type AttemptStep } from "../wording/attempt-steps.ts";
import { clock, whole, duration, counted, bytes, type Zone } from "../core/text/format.ts";
import { HOSTING_TEXT, negotiateWords } from "../wording/hub-sentences.ts";
import { HOSTING_WORD } from "../wording/hub-words.ts";
import { html, type Markup } from "./markup.ts";
import { resumeFacts } from "../wording/resume-facts.ts";
import { endShort, isSameId, transportName } from "../wording/transport-name.ts";

/** Until when what isn't over has lasted, and what the hub connection is called. */
export interface SectionPlace {
  readonly end: EpochMilliseconds;
  readonly zone: Zone;
  readonly name: string;
}

/** Rows of a table; a connection that flaps all day has thousands. */
const MAX_ROWS = 12;

export function connectionSection(hub: HubConnectionModel, { end, zone, name }: SectionPlace): Markup {
  const { hosting, stateful } = hub;
  const laddered = hub.attempts.filter(
    (attempt) => attempt.origin === "start" && isLadder(attemptSteps(attempt, hub)),
  );
  return html`<h3>${name}</h3>
    <p class="dim">
      ${hosting === null ? "Hosting unknown" : html`${HOSTING_WORD[hosting.kind]}: <code>${hosting.host}</code>, ${HOSTING_TEXT[hosting.kind]}`}.
      Negotiate ${negotiateWords(hub)}.
    </p>
    ${laddered.slice(0, MAX_ROWS).map(
      (attempt) =>
        html`<p class="label">Start at ${clock(attempt.startedAt ?? attempt.from, 3, zone)}</p>
          ${stepList(attemptSteps(attempt, hub))}`,
    )}
    ${hub.transports.length > 0 && transportTable(hub, end, zone)}
    ${stateful === null ? null : statefulPart(hub, stateful, end, zone)}`;
}

/** The steps of one attempt; a transport that was tried in vain is no attempt of its own. */
export const stepList = (steps: readonly AttemptStep[]): Markup =>
  html`<ul class="steps">
    ${steps.map(
      ({ name, from, until, result, tag, text }) =>
        html`<li class="${result}">
          <span>${name}</span><span class="dim">${until === null ? "" : duration(until - from)}</span
          ><span>${tag !== "" && html`<b>${tag}</b> `}${text}</span>
        </li>`,
    )}
  </ul>`;

function transportTable(hub: HubConnectionModel, end: EpochMilliseconds, zone: Zone): Markup {
  const { transports } = hub;
  const left = transports.length - MAX_ROWS;
  const first = Math.max(0, left);
  return html`<div class="wide">
    <table>
      <tr>
        <th>Transport</th>
        <th>Connection id</th>
        <th>From</th>
        <th class="r">Lasted</th>
        <th>Ended</th>
        <th>Failed requests</th>
      </tr>
      ${
        left > 0 &&
        html`<tr>
          <td colspan="6" class="dim">${counted(left, "earlier one")}</td>
        </tr>`
      }
      ${transports.slice(first).map((transport, i) => transportRow(hub, transport, first + i, end, zone))}
    </table>
  </div>`;
}

function transportRow(
  { transports }: HubConnectionModel,
  transport: TransportModel,
  index: number,
  end: EpochMilliseconds,
  zone: Zone,
): Markup {
  const { closed, openedAt, upgrade, failedRequests, connectionId, from, until, ghost, since } = transport;
  const why = closed?.reason || closed?.error;
  const failed = failedRequests.filter(({ status }) => status === null || status >= 400);
  const newest = failed.at(-1);
  const notes = [
    isSameId(transports, index) && !ghost && "same id",
    since !== null && `started ${clock(since, 3, zone)}, before the recording`,
    openedAt === null && closed && "did not open",
    upgrade !== null &&
      upgrade.status !== 101 &&
      `upgrade rejected${upgrade.status === null ? "" : ` with ${upgrade.status}`}`,
    ghost && "opened with the old id, never used or closed by the client",
  ].filter(Boolean);
  return html`<tr>
    <td>
      ${transportName(transports, index)}${notes.length > 0 && html`<br /><span class="dim">${notes.join(", ")}</span>`}
    </td>
    <td><code>${connectionId ?? ""}</code></td>
    <td>${clock(from, 3, zone)}</td>
    <td class="r">${duration((until ?? end) - from)}${until === null && " so far"}</td>
    <td>
      ${closed !== null && `${endShort(transport)}${closed.wasClean ? "" : ", not clean"}${why ? `: ${why}` : ""}`}
    </td>
    <td>
      ${newest !== undefined && `${whole(failed.length)}, the last ${newest.method} ${newest.status ?? "without an answer"} at ${clock(newest.t, 3, zone)}${newest.error ? `: ${newest.error}` : ""}`}
    </td>
  </tr>`;
}

function statefulPart(
  hub: HubConnectionModel,
  stateful: StatefulModel,
  end: EpochMilliseconds,
  zone: Zone,
): Markup {
  const { granted, window, resumes, in: inbound, out: outbound } = stateful;
  if (granted !== true)
    return html`<p>
      Stateful reconnect was
      requested${granted === null ? ", but not answered" : ", but not granted by the server: every loss leads to a new id"}.
    </p>`;
  const left = resumes.length - MAX_ROWS;
  return html`<p class="label">Stateful reconnect</p>
    <p>
      Granted; the server keeps a connection for ${duration(window)} (default). On the newest id
      ${whole(outbound.last)} numbered to the server (${whole(outbound.acked)} acknowledged, at most
      ${bytes(outbound.peakBytes)} kept by the client) and ${whole(inbound.last)} to the app
      (${whole(inbound.acked)} acknowledged).
    </p>
    ${
      resumes.length > 0 &&
      html`<div class="wide">
        <table>
          <tr>
            <th>Lost</th>
            <th class="r">After</th>
            <th>Outcome</th>
            <th class="r">Not acknowledged (to server, to app)</th>
            <th class="r">Sent again (to server, to app)</th>
          </tr>
          ${
            left > 0 &&
            html`<tr>
              <td colspan="5" class="dim">${counted(left, "earlier one")}</td>
            </tr>`
          }
          ${resumes.slice(-MAX_ROWS).map((resume) => resumeRow(hub, resume, end, zone))}
        </table>
      </div>`
    }`;
}

const RESUME_OUTCOME: Readonly<Record<ResumeModel["outcome"], string>> = {
  running: "in progress at the end of the recording",
  resumed: "resumed with the same id, invisible to the app",
  refused: "a new id.",
};

function resumeRow(hub: HubConnectionModel, resume: ResumeModel, end: EpochMilliseconds, zone: Zone): Markup {
  const { lostAt, endedAt, outcome, unacked, replayed } = resume;
  const { why } = resumeFacts(hub, resume);
  return html`<tr>
    <td>${clock(lostAt, 3, zone)}</td>
    <td class="r">${duration((endedAt ?? end) - lostAt)}</td>
    <td>${RESUME_OUTCOME[outcome]} ${why}</td>
    <td class="r">${whole(unacked.out)}, ${whole(unacked.in)}</td>
    <td class="r">${outcome === "resumed" && `${whole(replayed.out)}, ${whole(replayed.in)}`}</td>
  </tr>`;
}
