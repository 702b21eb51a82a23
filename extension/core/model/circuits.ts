/**
 * Blazor Server's circuits: the server's state of one page, which outlives the connection. A hub connection to `_blazor` is one
 * lane, whatever number of HubConnections Blazor makes for it, and has one circuit at a time.
 */
import type { CircuitCalled, CircuitError, CircuitLeft, ReconnectUi } from "../events/app-events.ts";
import { BLAZORPACK, type ReconnectUiState } from "../protocol/blazor.ts";
import type { EpochMilliseconds } from "../units.ts";
import { restateSpan, setState } from "./lanes.ts";
import type { CircuitState, InterruptionState, Lane, PageState } from "./state.ts";
import type { CircuitFate } from "./circuit-types.ts";
import type { Knowledge, LaneState } from "./types.ts";

/** Notes the protocol of a handshake: that of Blazor makes the lane a circuit's. */
export function noteProtocol(lane: Lane, protocol: string): void {
  lane.model.protocol = protocol;
  if (protocol === BLAZORPACK) circuitOf(lane);
}

const circuitOf = (lane: Lane): CircuitState =>
  (lane.model.circuit ??= { id: null, calls: [], errors: [], ui: [], leftAt: null });

export function onCircuit(page: PageState, event: CircuitCalled): void {
  const { t, socket, method, step, circuit: id = null, error = null } = event;
  const lane = page.transports.get(socket)?.lane;
  if (!lane) return;
  const circuit = circuitOf(lane);
  if (step === "called") {
    circuit.calls.push({ method, socket, circuit: id, sentAt: t, endedAt: null, answer: null, error: null });
    if (id !== null) circuit.id ??= id;
    return;
  }
  const call = circuit.calls.findLast(
    (one) => one.socket === socket && one.method === method && one.answer === null,
  );
  if (!call) return;
  call.endedAt = t;
  call.answer = step;
  call.error = error;
  if (id !== null) circuit.id = id;
}

export function onCircuitError(page: PageState, { socket, t, error }: CircuitError): void {
  const lane = page.transports.get(socket)?.lane;
  if (lane) circuitOf(lane).errors.push({ t, socket, error });
}

export function onReconnectUi(page: PageState, { t, state }: ReconnectUi): void {
  const lane = newestLane(page);
  lane?.model.circuit?.ui.push({ t, state });
  if (!lane?.interruption) return;
  if (hasGivenUp(state)) {
    if (state === "failed") lane.interruption.outcome = "gave-up";
    if (isInferred(lane, "reconnecting")) setState(lane, "disconnected", t, "wire");
  } else if (lane.state === "disconnected" && triesAgain(lane)) expectTry(lane, t);
}

const isAtWork = (ui: ReconnectUiState | null): boolean => ui === "show" || ui === "retrying";
const hasGivenUp = (ui: ReconnectUiState | null): boolean => ui !== null && ui !== "hide" && !isAtWork(ui);

/** What the reconnect UI has shown last since the loss. null: nothing, as an app without its own element has none. */
const uiSince = ({ model }: Lane, { from }: InterruptionState): ReconnectUiState | null =>
  model.circuit?.ui.findLast(({ t }) => t >= from)?.state ?? null;

/**
 * Whether Blazor is going to try again, with another HubConnection: its reconnect UI says so, or, if that says nothing, it has
 * tried since the loss and may do so for hours.
 */
function triesAgain(lane: Lane): boolean {
  const { interruption, model } = lane;
  if (model.circuit === null || interruption?.outcome !== "ongoing") return false;
  const ui = uiSince(lane, interruption);
  return isAtWork(ui) || (!hasGivenUp(ui) && interruption.attempts.length > 0);
}

/** A HubConnection of Blazor's has ended for good, which says nothing of the next one. */
export function endedForGood(lane: Lane, t: EpochMilliseconds): void {
  if (givesUpAgain(lane) || !triesAgain(lane)) setState(lane, "disconnected", t, "client");
  else setState(lane, "reconnecting", t, "wire");
}

/** Whether Blazor had given up before the try, by the user or the app, that has failed now: there is no next one by itself. */
export function givesUpAgain(lane: Lane): boolean {
  const { interruption } = lane;
  if (!interruption || uiSince(lane, interruption) !== "failed") return false;
  interruption.outcome = "gave-up";
  return true;
}

/** The time since the loss was "reconnecting", unless Blazor had given up in between. */
export function expectTry(lane: Lane, t: EpochMilliseconds): void {
  if (lane.model.circuit && lane.interruption?.outcome === "gave-up")
    setState(lane, "reconnecting", t, "wire");
  else restateSpan(lane, "reconnecting");
}

/** With the probe: Blazor waits before its next try, while no HubConnection of its is in use. */
export const isBetweenTries = (lane: Lane): boolean =>
  lane.model.circuit !== null && isInferred(lane, "reconnecting");

function isInferred({ model }: Lane, state: LaneState): boolean {
  const span = model.states.at(-1);
  return span?.state === state && span.knowledge === "wire";
}

/**
 * What becomes of a loss after which the HubConnection itself doesn't try again. Blazor does, with another one, and sometimes
 * only after 20 s: whether it has given up, its reconnect UI tells.
 */
export const outcomeAfter = ({ model }: Lane): "ongoing" | "gave-up" =>
  model.circuit === null ? "gave-up" : "ongoing";

export function onCircuitLeft(page: PageState, { t }: CircuitLeft): void {
  const circuit = newestLane(page)?.model.circuit;
  if (circuit) circuit.leftAt = t;
}

/** Of the page's circuit. A page has one Blazor, and so one. */
const newestLane = ({ lanes }: PageState): Lane | undefined =>
  lanes.findLast(({ model }) => model.circuit !== null);

/** The client has stopped: because the app called stop(), or as the last step of pausing its circuit. */
export function setStopped(lane: Lane, t: EpochMilliseconds, knowledge: Knowledge): void {
  const last = lane.model.circuit?.calls.at(-1);
  const paused = last?.method === "PauseCircuit" && last.answer === "accepted";
  setState(lane, paused ? "paused" : "stopped", t, knowledge);
}

/**
 * Whether an exception has just ended the circuit: the server says so, and Blazor's client stops, as it can't go on (its own
 * Close looks like a stop() by the app).
 */
export const endedByException = ({ model }: Lane, t: EpochMilliseconds): boolean =>
  (model.circuit?.errors ?? []).some((error) => error.t <= t && t - error.t < JUST_BEFORE);

/** What became of the circuit after a loss. null: not a circuit's connection, or not known (yet). */
export function fateOfCircuit({ lane, from }: InterruptionState): CircuitFate | null {
  const { circuit, interruptions } = lane.model;
  if (!circuit) return null;
  const next = interruptions.find((other) => other.from > from)?.from ?? Infinity;
  if (endedByException(lane, from)) return "ended";
  const calls = circuit.calls.filter(({ sentAt }) => sentAt >= from && sentAt < next);
  const has = (method: string, answer: string): boolean =>
    calls.some((call) => call.method === method && call.answer === answer);
  if (has("ConnectCircuit", "accepted")) return "kept";
  if (has("ResumeCircuit", "accepted")) return "resumed";
  if (has("StartCircuit", "accepted")) return "new";
  return has("ConnectCircuit", "refused") || has("ResumeCircuit", "refused") ? "refused" : null;
}

/** The connection ends right after the exception. */
const JUST_BEFORE = 5_000;
