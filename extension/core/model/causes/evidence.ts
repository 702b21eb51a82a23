/** The evidence of a verdict: what was seen and when, in order of time, each with where it is known from. */
import { FAULTS } from "../../faults/outlines.ts";
import type { Milliseconds } from "../../units.ts";
import type { FailedStartState } from "../state.ts";
import type { AttemptModel, Evidence } from "../types.ts";
import type { Facts } from "./facts.ts";
import { failureWords, knownFrom } from "./obstacles.ts";
import { RECEIVE_LIMIT } from "./rules.ts";

export function collectEvidence(facts: Facts): Evidence[] {
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
    if (frozen.until !== null) page(frozen.until, `Tab resumed after ${seconds(frozen.until - frozen.from)}`);
  }
  if (fromCache !== null) page(fromCache, "Page shown again from the back-forward cache");
  if (facts.leftAt !== null && facts.leftAt - t < 1_000) page(facts.leftAt, "The page was left");
  if (offline) {
    page(offline.from, offline.fault === null ? "Network offline" : "Network offline (emulated)");
    if (offline.until !== null && offline.until <= t) page(offline.until, "Network online again");
  }
  if (facts.blocked) page(facts.blocked.from, `Main thread blocked for ${seconds(facts.blocked.duration)}`);
  if (facts.pausedOut !== null)
    wire(t, `The client had sent nothing for ${seconds(facts.pausedOut)} until a moment before`);
  if (facts.silenceIn !== null && facts.silenceIn >= 1_000)
    wire(t - facts.silenceIn, `Last heard from the server, then ${seconds(facts.silenceIn)} of silence`);
  if (facts.silenceOut !== null && facts.silenceOut >= 20_000)
    wire(t - facts.silenceOut, `Last sent to the server, then ${seconds(facts.silenceOut)} of silence`);
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
        ? "Client closed the socket while it read a message"
        : "Client closed the socket",
    );
  if (socket?.closed)
    wire(
      socket.closed.t,
      `Socket closed, code ${socket.closed.code}, ${socket.closed.wasClean ? "clean" : "not clean"}${socket.closed.reason ? `: ${socket.closed.reason}` : ""}`,
    );
  if (typeof facts.clientError === "string") client(t, facts.clientError);
  if (interruption.knowledge === "client")
    client(
      interruption.from,
      interruption.outcome === "gave-up" && interruption.attempts.length === 0
        ? "Connected, then Disconnected: no automatic reconnect"
        : "Left the Connected state",
    );
  if (facts.together > 0)
    wire(
      t,
      facts.together === 1
        ? "Another connection to the same server was lost at the same time"
        : `${facts.together} other connections to the same server were lost at the same time`,
    );
  const tries = interruption.attempts.filter((attempt) => attempt.origin !== "resume");
  found.push(...failures(tries, (attempt) => `Attempt ${attempt.number} failed`));
  return found.sort((a, b) => a.t - b.t);
}

/** What is known of a start that failed. */
export function collectStartEvidence({
  lane,
  attempts,
  faults,
  from,
  failedAt,
  starts,
}: FailedStartState): Evidence[] {
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
    starts > 1 ? `Start ${attempt.number} failed` : "It failed";
  found.push(...failures(attempts, name));
  if (lane.hub === null)
    found.push({ t: from, knowledge: "wire", text: "First negotiate or socket of a connection" });
  else
    found.push(
      { t: from, knowledge: "client", text: "start() called: Disconnected, then Connecting" },
      { t: failedAt, knowledge: "client", text: "Connecting, then Disconnected: start() was rejected" },
    );
  return found.sort((a, b) => a.t - b.t);
}

/** An app that tries all day makes thousands: the first tries and the last ones tell enough. */
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

const seconds = (duration: Milliseconds): string =>
  duration < 1_000 ? `${Math.round(duration)} ms` : `${(duration / 1_000).toFixed(1)} s`;
