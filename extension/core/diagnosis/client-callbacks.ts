/**
 * What the app's code was notified of, in order: its callbacks and promises. With the client probe this follows from the
 * client's states; without it, it is inferred from what the client does next.
 */
import { firstIndex } from "../first-index.ts";
import { plainWords } from "../text/html-text.ts";
import type { EpochMilliseconds } from "../units.ts";
import type { FailedStartState, InterruptionState } from "../model/state.ts";
import type { StateSpan } from "../model/types.ts";
import type { Evidence } from "./verdict.ts";

const NOTHING = "None: the state stayed Connected, and calls continued";

const MISSED =
  "start() succeeded, and no callback reports the end: the client still considers itself connected, and every call fails";

export function clientCallbacks(interruption: InterruptionState): Evidence[] {
  const { from, outcome, pending, loss, lane } = interruption;
  const known = lane.hub !== null;
  const evidenceAt = (t: EpochMilliseconds, text: string): Evidence => ({
    t,
    knowledge: known ? "client" : "wire",
    text,
  });
  if (interruption.missedByClient) return [evidenceAt(from, MISSED)];
  if (outcome === "resumed")
    return [evidenceAt(from, known ? NOTHING : `${NOTHING}, as far as the wire shows`)];
  const told = (known ? ownWords(interruption) : probably(interruption)).map(([t, text]) =>
    evidenceAt(t, text),
  );
  const calls = pending.filter(({ fate, endedAt }) => fate === "lost" && endedAt !== null);
  if (calls.length > 0)
    told.push(
      evidenceAt(
        calls[0]?.endedAt ?? loss.t,
        calls.length === 1 ? "A call was rejected" : `${calls.length} calls were rejected`,
      ),
    );
  return told.sort((a, b) => a.t - b.t);
}

type Told = [EpochMilliseconds, string];

function ownWords(interruption: InterruptionState): Told[] {
  const spans = ownStates(interruption);
  const begin = interruption.byNewConnection ? spans.findIndex(({ state }) => state === "connecting") : -1;
  const own = begin < 0 ? spans : spans.slice(0, begin);
  const told = own.flatMap((span): Told[] => {
    const text = stateWords(interruption, span);
    return text === null ? [] : [[span.from, text]];
  });
  return begin < 0 ? told : [...told, ...newConnections(spans.slice(begin))];
}

/** The app creates a new HubConnection for each try, and learns the result of each start() from its promise. */
function newConnections(spans: readonly StateSpan[]): Told[] {
  const of = (state: StateSpan["state"]): StateSpan[] => spans.filter((span) => span.state === state);
  const [first, last] = [of("connecting")[0], of("disconnected").at(-1)];
  const rejected = of("disconnected").length;
  const connected = of("connected")[0];
  const told: Told[] = first ? [[first.from, "start() of a new connection was called"]] : [];
  if (last)
    told.push([
      last.from,
      rejected === 1 ? "start() was rejected" : `start() of ${rejected} new connections was rejected`,
    ]);
  if (connected) told.push([connected.from, "start() of a new connection succeeded"]);
  return told;
}

/** The client's states from the loss to the end of the interruption. */
function ownStates({ lane, from, until }: InterruptionState): StateSpan[] {
  const { states } = lane.model;
  const first = firstIndex(states.length, (i) => (states[i]?.from ?? from) < from);
  const spans: StateSpan[] = [];
  for (let span = states[first], i = first; span && span.from <= (until ?? Infinity); span = states[++i])
    if (span.knowledge === "client") spans.push(span);
    // Blazor waits before its next try: the HubConnection of the last one is disconnected.
    else if (span.state === "reconnecting" && lane.model.circuit !== null)
      spans.push({ ...span, state: "disconnected" });
  return spans;
}

function stateWords({ loss, outcome, attempts }: InterruptionState, { state }: StateSpan): string | null {
  const reason =
    typeof loss.clientError === "string" ? `: ${plainWords(loss.clientError)}` : ", without an error";
  switch (state) {
    case "reconnecting":
      return `onreconnecting${reason}`;
    case "connecting":
      return "start() was called";
    case "connected":
      return outcome === "restarted" ? "start() succeeded" : "onreconnected, with a new connection id";
    // Only a client that doesn't retry at all passes the error to onclose; after exhausted retries there is none.
    case "disconnected":
      return attempts.some(({ origin }) => origin === "retry")
        ? "onclose, without an error"
        : `onclose${reason}`;
    case "stopped":
    case "paused":
      return "onclose: the app called stop()";
    case "resumed":
      return null;
  }
}

/** The callbacks that the client probably called, judged by its behaviour. */
function probably({ lane, from, until, outcome, loss, attempts }: InterruptionState): Told[] {
  const closed = loss.socket?.closeIn?.error;
  const reason = closed === undefined ? "" : `: Server returned an error on close: ${closed}`;
  // Blazor's HubConnections don't reconnect by themselves.
  if (lane.model.circuit)
    return [
      [from, `onclose${reason}`],
      ...(outcome === "reconnected"
        ? [[until ?? from, "start() of a new connection succeeded"] as Told]
        : []),
    ];
  const lost: [EpochMilliseconds, string] = [from, `Probably onreconnecting${reason}`];
  switch (outcome) {
    case "reconnected":
      return [lost, [until ?? from, "Probably onreconnected, with a new connection id"]];
    case "ongoing":
    case "page-ended":
    case "recording-ended":
      return [lost];
    case "closed-by-server":
      return [[from, `Probably onclose${reason}`]];
    case "restarted":
    case "gave-up":
      return attempts.length > 0
        ? [lost]
        : [[from, "onclose, or onreconnecting if another attempt follows: the wire doesn't show which"]];
    case "stopped-by-app":
    case "resumed":
      return [];
  }
}

/** A WebSocket that the browser forbids has no `close` event in Chromium: the client waits for it forever. */
export const clientWaits = ({ lane, knowledge }: FailedStartState): boolean =>
  lane.hub !== null && knowledge === "wire" && lane.state === "connecting";

/** A failed start has no callbacks, only its promise. */
export function startCallbacks(start: FailedStartState): Evidence[] {
  const { lane, from, failedAt, starts, until, outcome } = start;
  const known = lane.hub !== null;
  const tell = (t: EpochMilliseconds, text: string): Evidence => ({
    t,
    knowledge: known ? "client" : "wire",
    text,
  });
  const rejected = starts === 1 ? "start() was rejected" : `start() was rejected ${starts} times`;
  const told = [tell(from, "start() was called")];
  if (clientWaits(start))
    told.push(tell(failedAt, "start() is still waiting: the client hasn't noticed the failure"));
  else told.push(tell(failedAt, known ? rejected : `Probably ${rejected}`));
  if (outcome === "connected" && until !== null) told.push(tell(until, "start() succeeded"));
  return told.sort((a, b) => a.t - b.t);
}
