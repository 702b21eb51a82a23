/** The evidence of a verdict: observations in order of time, each with its source. */
import { duration } from "../text/format.ts";
import { FAULTS } from "../faults/outlines.ts";
import { plainWords } from "../text/html-text.ts";
import type { FailedStartState, InterruptionState, TransportState } from "../model/state.ts";
import type { AttemptModel } from "../model/types.ts";
import { clientWaits } from "./client-callbacks.ts";
import { circuitEvidence } from "./circuit.ts";
import type { Evidence } from "./verdict.ts";
import type { Facts } from "./facts.ts";
import { RECEIVE_LIMIT, tellerOf, type RuleResult } from "./rule.ts";
import { networkError } from "./network-errors.ts";
import { failureWords } from "./failure-words.ts";
import { knownFrom } from "./obstacles.ts";

export function collectEvidence(facts: Facts, { cause, decidedBy }: RuleResult): Evidence[] {
  const found: Evidence[] = [];
  const page = (t: number, text: string): number => found.push({ t, knowledge: "page", text });
  const wire = (t: number, text: string): number => found.push({ t, knowledge: "wire", text });
  const client = (t: number, text: string): number => found.push({ t, knowledge: "client", text });

  const { hidden, frozen, fromCache, offline, faults, interruption, socket, t } = facts;
  for (const fault of faults)
    page(fault.from, `Fault injected: ${FAULTS[fault.command.name].title.toLowerCase()}`);
  if (hidden && t - hidden.from < 3_600_000) page(hidden.from, "Tab hidden");
  if (frozen) {
    page(frozen.from, frozen.fault === null ? "Tab frozen" : "Tab frozen (emulated)");
    if (frozen.until !== null)
      page(frozen.until, `Tab resumed after ${duration(frozen.until - frozen.from)}`);
  }
  if (fromCache !== null) page(fromCache, "Page restored from the back/forward cache");
  if (facts.leftAt !== null && (facts.leftAt - t < 1_000 || cause === "page-left"))
    page(facts.leftAt, "Page unloaded");
  if (offline) {
    page(offline.from, offline.fault === null ? "Network offline" : "Network offline (emulated)");
    if (offline.until !== null && offline.until <= t) page(offline.until, "Network online again");
  }
  const { clockJump, newNetwork } = facts;
  if (clockJump)
    page(
      clockJump.t,
      `The computer's clock had moved ${duration(clockJump.by)} forward: it slept, or the clock was set`,
    );
  if (newNetwork) page(newNetwork.t, `Network changed from ${newNetwork.from} to ${newNetwork.to}`);
  const told = networkError(socket?.seen?.error);
  if (told && socket?.closed)
    found.push({ t: socket.closed.t, knowledge: "network", text: `Request failed: ${told.words}` });
  if (facts.blocked) page(facts.blocked.from, `Main thread blocked for ${duration(facts.blocked.duration)}`);
  if (facts.pausedOut !== null)
    wire(t, `The client sent nothing for ${duration(facts.pausedOut)} until just before`);
  if (facts.silenceIn !== null && facts.silenceIn >= 1_000)
    wire(t - facts.silenceIn, `Last message from the server, then ${duration(facts.silenceIn)} of silence`);
  const silenceOut = facts.silenceOut ?? 0;
  if (silenceOut >= 20_000 || (silenceOut >= 1_000 && cause === "client-ping-timeout"))
    wire(t - silenceOut, `Last message to the server, then ${duration(silenceOut)} of silence`);
  if (facts.lastSent && facts.lastSent.size > RECEIVE_LIMIT)
    wire(
      facts.lastSent.t,
      `Message of ${facts.lastSent.size.toLocaleString("en")} bytes sent; the server's default limit is 32,768`,
    );
  const close = socket?.closeIn;
  if (close)
    wire(
      close.t,
      `Server sent Close, allowReconnect ${close.allowReconnect === true}${close.error === undefined ? "" : `: ${close.error}`}`,
    );
  if (socket?.closingByPage)
    wire(
      socket.closingByPage.t,
      socket.closingByPage.duringMessage
        ? "Client closed the socket while reading a message"
        : "Client closed the socket",
    );
  if (socket?.closed) wire(socket.closed.t, endWords(socket, socket.closed, tellerOf(interruption)));
  if (typeof facts.clientError === "string") client(t, plainWords(facts.clientError));
  if (interruption.missedByClient)
    client(
      interruption.from,
      "HubConnection.state says Connected, without a transport: a fault of the client, whose connection ended while it was starting",
    );
  if (interruption.knowledge === "client") client(interruption.from, leftWords(interruption));
  found.push(...ofTheClock(facts, cause));
  if (facts.together > 0) wire(t, togetherWords(facts));
  found.push(...circuitEvidence(interruption), ...(decidedBy ?? []));
  const tries = interruption.attempts.filter((attempt) => attempt.origin !== "resume");
  found.push(...failures(tries, (attempt) => `Attempt ${attempt.number} failed`));
  return found.sort((a, b) => a.t - b.t);
}

/** Each document is judged separately: losses of its frames, or of the embedding page, are not considered. */
function togetherWords({ together, interruption }: Facts): string {
  const { started } = interruption.lane.page.model;
  const where =
    started?.top === false
      ? `of this ${started.worker ? "worker" : "frame"}`
      : "of this page (its frames not counted)";
  return together === 1
    ? `Another connection ${where} to the same server was lost at the same time`
    : `${together} other connections ${where} to the same server were lost at the same time`;
}

/** Event streams and polls have no close code. */
function endWords(
  { transport }: TransportState,
  closed: NonNullable<TransportState["closed"]>,
  teller: string,
): string {
  const { code, wasClean, reason, status, error } = closed;
  switch (transport) {
    case "WebSockets":
      if (closed.untold) return `WebSocket ended; ${teller} doesn't tell by whom or with what code`;
      if (code === null) return "WebSocket error, without a close event";
      return `WebSocket closed, code ${code}, ${wasClean ? "clean" : "not clean"}${reason ? `, reason “${reason}”` : ""}`;
    case "ServerSentEvents":
      return wasClean ? "Event stream closed by the client" : "Event stream ended";
    case "LongPolling": {
      const answer = typeof status === "number" ? `, status ${status}` : ", no status";
      const by = closed.byServiceWorker ? " from the page's service worker" : "";
      return `Long polling ended${wasClean && status !== 204 ? " by the client" : `${answer}${by}`}${error ? `: ${plainWords(error)}` : ""}`;
    }
  }
}

/** Closed without a reconnect: there was no retry policy, or it allowed no retry. */
function leftWords({ outcome, attempts, noRetry, lane }: InterruptionState): string {
  if (noRetry)
    return noRetry.threw === null
      ? "Connected, then Disconnected: the retry policy allowed no attempt"
      : `Connected, then Disconnected: the retry policy threw an error (${noRetry.threw}), which allows no attempt`;
  const alone = outcome === "gave-up" && attempts.length === 0;
  return alone && lane.model.hasReconnectPolicy === false
    ? "Connected, then Disconnected: no automatic reconnect"
    : "Left the Connected state";
}

/** Evidence of a timeout between client and server. */
function ofTheClock({ cuts, t }: Facts, cause: RuleResult["cause"]): Evidence[] {
  if (!cuts || (cause !== "idle-timeout" && cause !== "lifetime-limit")) return [];
  const wire = (text: string): Evidence => ({ t, knowledge: "wire", text });
  const others = cause === "idle-timeout" ? cuts.sameQuiet : cuts.sameAge;
  const list = others.map((time) => duration(time)).join(", ");
  const again = others.length === 0 ? "" : `; also after ${list}`;
  return [
    wire(
      cause === "idle-timeout"
        ? `Cut after ${duration(cuts.quiet ?? 0)} without a message${again}`
        : `Cut ${duration(cuts.age)} after it had opened${again}`,
    ),
  ];
}

/** The evidence of a failed start. */
export function collectStartEvidence(start: FailedStartState): Evidence[] {
  const { lane, attempts, faults, from, failedAt, starts } = start;
  const page = lane.page.model;
  const found: Evidence[] = page.faults
    .filter(({ fault }) => faults.includes(fault))
    .map((fault) => ({
      t: fault.from,
      knowledge: "page" as const,
      text: `Fault injected: ${FAULTS[fault.command.name].title.toLowerCase()}`,
    }));
  const offline = page.offline.findLast((span) => span.from <= failedAt && (span.until ?? failedAt) >= from);
  if (offline)
    found.push({
      t: offline.from,
      knowledge: "page",
      text: offline.fault === null ? "Network offline" : "Network offline (emulated)",
    });
  const name = (attempt: AttemptModel): string =>
    starts > 1 ? `Start ${attempt.number} failed` : "start() failed";
  found.push(...failures(attempts, name));
  const left = page.endedAt;
  if (left !== null && left - failedAt < 1_000)
    found.push({ t: left, knowledge: "page", text: "Page unloaded" });
  if (lane.hub === null)
    found.push({ t: from, knowledge: "wire", text: "First negotiate or transport connection" });
  else
    found.push(
      { t: from, knowledge: "client", text: "start() called: Disconnected, then Connecting" },
      {
        t: failedAt,
        knowledge: "client",
        text: clientWaits(start)
          ? "Still Connecting: the client hasn't noticed the failure"
          : "Connecting, then Disconnected: start() was rejected",
      },
    );
  return found.sort((a, b) => a.t - b.t);
}

/** An app that retries all day makes thousands of tries: the first and the last ones are enough. */
const FIRST = 3;
const LAST = 2;

function failures(attempts: readonly AttemptModel[], name: (attempt: AttemptModel) => string): Evidence[] {
  const told = attempts.flatMap((attempt): Evidence[] => {
    const words = failureWords(attempt.outcome);
    return words === null
      ? []
      : [
          {
            t: attempt.endedAt ?? attempt.from,
            knowledge: knownFrom(attempt.outcome),
            text: `${name(attempt)}: ${words}`,
          },
        ];
  });
  return told.length <= FIRST + LAST ? told : [...told.slice(0, FIRST), ...told.slice(-LAST)];
}
