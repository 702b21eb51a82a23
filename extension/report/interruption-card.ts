/** One interruption, or one start that failed, in the report. */
import { verdictOf } from "../core/diagnosis/diagnose.ts";
import { plainWords } from "../core/text/html-text.ts";
import { FAULTS } from "../core/faults/outlines.ts";
import { waitOf } from "../core/diagnosis/obstacles.ts";
import { KNOWN_FROM } from "../core/diagnosis/titles.ts";
import { downFor, downFrom } from "../core/model/downtime.ts";
import type {
  AttemptModel,
  CallModel,
  Downtime,
  FailedStartModel,
  FailedStartOutcome,
  FaultSpan,
  HubConnectionModel,
  InterruptionModel,
  InterruptionOutcome,
  Knowledge,
} from "../core/model/types.ts";
import type { Evidence } from "../core/diagnosis/verdict.ts";
import type { EpochMilliseconds } from "../core/units.ts";
import { attemptSteps, isLadder } from "../wording/attempt-steps.ts";
import { stepList } from "./connection-section.ts";
import { adviceSection } from "./advice-section.ts";
import { clock, whole, duration, counted, type Zone } from "../core/text/format.ts";
import { html, type Markup } from "./markup.ts";

const OUTCOME: Readonly<Record<InterruptionOutcome, string>> = {
  ongoing: "Reconnecting",
  reconnected: "Reconnected",
  resumed: "Resumed (stateful reconnect)",
  "gave-up": "Gave up",
  restarted: "Gave up, then restarted by the app",
  "stopped-by-app": "Stopped by the app while down",
  "closed-by-server": "Closed by the server",
  "page-ended": "Down until the page ended",
  "recording-ended": "Down when the recording ended",
};

const outcomeWords = ({ outcome, byNewConnection }: InterruptionModel): string =>
  byNewConnection && outcome === "reconnected" ? "Reconnected by a new connection" : OUTCOME[outcome];

const ORIGIN: Readonly<Record<Knowledge, string>> = {
  client: "client",
  wire: "wire",
  page: "page",
  network: "network",
};

/** Where a card of the report is about, and until when what isn't over has lasted. */
export interface CardPlace {
  readonly hub: HubConnectionModel;
  readonly faults: readonly FaultSpan[];
  readonly end: EpochMilliseconds;
  readonly zone: Zone;
  /** Of the hub connection: its path, and its frame. */
  readonly name: string;
}

export const downtimeCard = (one: Downtime, place: CardPlace): Markup =>
  one.kind === "interruption" ? interruptionCard(one, place) : failedStartCard(one, place);

function interruptionCard(interruption: InterruptionModel, place: CardPlace): Markup {
  const { from, until, connectionIdBefore, connectionIdAfter } = interruption;
  const { hub, end, zone, name } = place;
  const silent = from - downFrom(interruption);
  return card(
    interruption,
    place,
    html`<p>
        ${outcomeWords(interruption)}: <b>${name}</b> was down for
        <b>${duration(downFor(interruption, end))}</b>${soFar(until)}, from
        ${clock(downFrom(interruption), 3, zone)}${until === null ? "" : ` to ${clock(until, 3, zone)}`}${silent > 0 && `: ${duration(silent)} of silence before the loss was detected`}.
      </p>
      <p class="dim">
        Connection id <code>${connectionIdBefore ?? "none"}</code> before,
        <code>${connectionIdAfter ?? "none"}</code>
        after${connectionIdAfter !== null && connectionIdAfter !== connectionIdBefore ? " (new: groups are not kept)" : ""}.
      </p>`,
    html`<p class="label">Impact</p>
      ${resumeCost(interruption, hub)} ${cost(interruption)}`,
  );
}

function failedStartCard(start: FailedStartModel, place: CardPlace): Markup {
  const { from, until, failedAt, starts } = start;
  const { zone, name } = place;
  return card(
    start,
    place,
    html`<p>
      ${startOutcome(start.outcome, starts)}: <b>${name}</b> tried for <b>${duration(failedAt - from)}</b>,
      from ${clock(from, 3, zone)} to ${clock(failedAt, 3, zone)}, and was without a connection for
      <b>${duration(downFor(start, place.end))}</b>${soFar(until)}.
    </p>`,
    null,
  );
}

function startOutcome(outcome: FailedStartOutcome, starts: number): string {
  const failed = starts === 1 ? "start() failed" : `${whole(starts)} starts failed`;
  switch (outcome) {
    case "failed":
      return `${failed}, not retried`;
    case "trying":
      return `${failed}, the app is retrying`;
    case "connected":
      return `${failed}, connected at start ${whole(starts + 1)}`;
    case "stopped-by-app":
      return `${failed}, then stopped by the app`;
    case "page-ended":
      return `${failed}, and the page ended without a connection`;
    case "recording-ended":
      return `${failed}, and the recording ended without a connection`;
  }
}

const soFar = (until: EpochMilliseconds | null): string => (until === null ? " so far" : "");

function card(one: Downtime, { hub, faults, zone }: CardPlace, summary: Markup, cost: Markup | null): Markup {
  const verdict = verdictOf(one);
  const injected = faults.filter((fault) => one.faults.includes(fault.fault) && fault.page === hub.page);
  return html`<article class="card">
    <header>
      <h3>${one.kind === "failed-start" && "Failed start: "}${verdict.title}</h3>
      <span class="tag ${verdict.knowledge}">${KNOWN_FROM[verdict.knowledge]}</span>
      <span class="dim">${verdict.confidence} confidence</span>
      ${injected.map((fault) => html`<span class="tag injected">injected: ${FAULTS[fault.command.name].title.toLowerCase()}</span>`)}
    </header>
    ${summary}
    <div class="two">
      <div>
        <p class="label">Evidence</p>
        ${factList(verdict.evidence, zone)}
        ${verdict.ruledOut.length > 0 && html`<p class="dim">Ruled out: ${verdict.ruledOut.join(", ")}</p>`}
        ${
          verdict.clientCallbacks.length > 0 &&
          html`<p class="label">Client callbacks</p>
            ${factList(verdict.clientCallbacks, zone)}`
        }
      </div>
      <div>
        <p class="label">Attempts</p>
        ${attempts(one.attempts, hub)} ${cost}
      </div>
    </div>
    ${adviceSection(one)}
  </article>`;
}

const factList = (facts: readonly Evidence[], zone: Zone): Markup =>
  html`<ul>
    ${facts.map(({ t, knowledge, text }) => html`<li><span>${clock(t, 3, zone)}</span><span class="dim">${ORIGIN[knowledge]}</span><span>${text}</span></li>`)}
  </ul>`;

/** What was on the way when a connection broke that could be taken up again. */
function resumeCost({ attempts }: InterruptionModel, { stateful }: HubConnectionModel): Markup | null {
  const resume = stateful?.resumes.findLast(({ socket }) =>
    attempts.some(({ sockets }) => sockets.includes(socket)),
  );
  if (!resume) return null;
  const { unacked, replayed, outcome } = resume;
  return html`<p>
    Not acknowledged at the loss: ${whole(unacked.out)} to the server, ${whole(unacked.in)} to the
    app.${
      outcome === "resumed"
        ? ` Sent again by the resume: ${whole(replayed.out)} to the server, ${whole(replayed.in)} to the app.`
        : outcome === "refused" && " With the new id, nothing is sent again."
    }
  </p>`;
}

function cost({ pending, missedEstimate, swallowed, until, notRepeated }: InterruptionModel): Markup {
  const about = missedEstimate !== null && Math.round(missedEstimate);
  return html`<p>
      ${
        pending.length === 0
          ? "No pending calls."
          : `${counted(pending.length, "call")} pending at the loss: ${callNames(pending)}`
      }
    </p>
    ${
      swallowed.in + swallowed.out > 0 &&
      html`<p>
        ${swallowed.in > 0 && `${counted(swallowed.in, "message")} to the app`}${swallowed.in > 0 && swallowed.out > 0 && " and "}${swallowed.out > 0 && `${counted(swallowed.out, "message")} to the server`}
        swallowed by the fault before the loss.
      </p>`
    }
    ${
      about !== false &&
      html`<p>
        About ${counted(about, "message")} missed${until === null && " so far"} (estimate from the rate
        before${swallowed.in > 0 && ", including the swallowed ones"}).
      </p>`
    }
    ${
      notRepeated !== null &&
      notRepeated.length > 0 &&
      html`<p>
        Perhaps to be made again: ${notRepeated.join(", ")}, called after the first start, and not again on
        the new id.
      </p>`
    }`;
}

/** Kinds of calls that are named. */
const MAX_NAMES = 8;

/** "GetDepth ×3 (lost), Save (completed)". */
function callNames(calls: readonly CallModel[]): string {
  const counts = new Map<string, { call: CallModel; n: number }>();
  for (const call of calls) {
    const key = `${call.fate} ${call.target}`;
    const known = counts.get(key);
    if (known) known.n++;
    else counts.set(key, { call, n: 1 });
  }
  const names = [...counts.values()].map(
    ({ call, n }) => `${call.target || "a call"}${n > 1 ? ` ×${whole(n)}` : ""} (${call.fate})`,
  );
  return names.slice(0, MAX_NAMES).join(", ") + (names.length > MAX_NAMES ? ", …" : "");
}

/** The first tries and the last ones; an app that tries all day makes thousands. */
const MAX_ATTEMPTS = 12;

function attempts(list: readonly AttemptModel[], hub: HubConnectionModel): Markup {
  if (list.length === 0) return html`<p>None.</p>`;
  const left = list.length - MAX_ATTEMPTS;
  const first = left > 0 ? list.slice(0, MAX_ATTEMPTS / 2) : list;
  const last = left > 0 ? list.slice(-MAX_ATTEMPTS / 2) : [];
  return html`<table>
    <tr>
      <th>#</th>
      <th class="r">Planned wait</th>
      <th class="r">Actual</th>
      <th>Outcome</th>
    </tr>
    ${first.map((attempt) => attemptRow(attempt, hub))}
    ${
      left > 0 &&
      html`<tr>
        <td colspan="4" class="dim">${counted(left, "more attempt")}</td>
      </tr>`
    }
    ${last.map((attempt) => attemptRow(attempt, hub))}
  </table>`;
}

function attemptRow(attempt: AttemptModel, hub: HubConnectionModel): Markup {
  const steps = attemptSteps(attempt, hub);
  const { number, origin, planned, startedAt, from } = attempt;
  return html`<tr>
      <td>${origin === "resume" ? "resume" : number}</td>
      <td class="r">
        ${origin === "start" ? "by the app" : origin === "resume" ? "at once" : planned === null ? "unknown" : duration(planned)}
      </td>
      <td class="r">${startedAt === null || origin === "start" ? "" : duration(startedAt - from)}</td>
      <td>
        ${attemptWords(attempt)}${attempt.sockets.length > 1 && attempt.outcome.kind === "connected" && ", after fallback"}
      </td>
    </tr>
    ${
      isLadder(steps) &&
      html`<tr>
        <td colspan="4">${stepList(steps)}</td>
      </tr>`
    }`;
}

/** What became of an attempt, in a few words. */
function attemptWords({ outcome, startedAt, endedAt }: AttemptModel): string {
  switch (outcome.kind) {
    case "waiting":
      return "waiting";
    case "running":
      return "running";
    case "connected":
      return startedAt === null || endedAt === null
        ? "connected"
        : `connected in ${duration(endedAt - startedAt)}`;
    case "negotiate-failed":
      return `negotiate ${outcome.status ?? "failed"}${outcome.error ? `: ${plainWords(outcome.error)}` : ""}${outcome.retryAfter === null ? "" : `, Retry-After ${waitOf(outcome.retryAfter)} ignored by the client`}`;
    case "socket-failed":
      return `${outcome.transport} closed before the handshake${outcome.code === null ? "" : `, code ${outcome.code}`}`;
    case "handshake-failed":
      return `handshake rejected: ${outcome.error}`;
    case "not-sent":
      return `nothing was sent${outcome.error === null ? "" : `: ${plainWords(outcome.error)}`}`;
    case "abandoned":
      return startedAt === null ? "cancelled while waiting" : "cancelled before it ended";
  }
}
