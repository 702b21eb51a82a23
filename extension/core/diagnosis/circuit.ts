/** What a Blazor page's circuit says about an interruption: the cause, the evidence, and why the circuit was refused. */
import { duration } from "../text/format.ts";
import { endedByException } from "../model/circuits.ts";
import type { InterruptionState } from "../model/state.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { circuitSteps } from "./circuit-steps.ts";
import { isGateway, type Rule } from "./rule.ts";
import type { Evidence } from "./verdict.ts";

/** An exception that no component has handled: the server ends the circuit, and Blazor's client stops. */
export const circuitEnded: Rule = ({ interruption: { lane }, t }) =>
  endedByException(lane, t) ? { cause: "circuit-ended", confidence: "high", knowledge: "wire" } : null;

/** DisconnectedCircuitRetentionPeriod, unless configured otherwise. */
const RETENTION: Milliseconds = 180_000;

/** "restart": nobody answered meanwhile; "retention": it took longer than the server keeps a circuit by default. */
export type WhyRefused = "restart" | "retention" | "unknown";

/** Why the server didn't have the circuit any more, as far as it can be told from the tries. Always inferred. */
export function whyRefused({ lane, from, attempts }: InterruptionState): WhyRefused {
  const asked = lane.model.circuit?.calls.find(
    ({ method, answer, sentAt }) => method === "ConnectCircuit" && answer === "refused" && sentAt >= from,
  );
  const gone = attempts.some(
    ({ outcome }) =>
      (outcome.kind === "negotiate-failed" && (outcome.status === null || isGateway(outcome.status))) ||
      (outcome.kind === "socket-failed" && isGateway(outcome.status)),
  );
  if (asked && asked.sentAt - from >= RETENTION) return "retention";
  return gone ? "restart" : "unknown";
}

/** The last render batch before the loss, and what was said about the circuit and shown to the user after it. */
export function circuitEvidence(interruption: InterruptionState): Evidence[] {
  const { lane, from } = interruption;
  const { circuit } = lane.model;
  if (!circuit) return [];
  const next = lane.interruptions.find((other) => other.from > from)?.from ?? Infinity;
  const { endedAt } = lane.page.model;
  // What went wrong just before a loss may be its cause.
  const begin = (isBad: boolean): EpochMilliseconds => (isBad ? from - JUST_BEFORE : from);
  const refused = circuit.ui.findLast(({ t, state }) => t >= from && t < next && state === "rejected");
  const left = refused && endedAt !== null && endedAt - refused.t < JUST_BEFORE;
  return [
    ...lastBatch(interruption),
    ...circuitSteps(circuit).filter(({ t, isBad }) => t >= begin(isBad) && t < next),
    ...(left
      ? [
          {
            t: endedAt,
            knowledge: "page",
            text: `Page left ${duration(endedAt - refused.t)} after the circuit was rejected, usually by Blazor's reload`,
          } as const,
        ]
      : []),
  ];
}

const JUST_BEFORE: Milliseconds = 5_000;

/** Limits the search for the last render batch, in messages. */
const MAX_SEARCHED = 200;

function lastBatch({ lane, from, loss }: InterruptionState): Evidence[] {
  const { messages } = lane.model;
  const end = messages.firstFrom(from + 1);
  for (let i = end - 1; i >= Math.max(0, end - MAX_SEARCHED); i--) {
    const { direction, target, socket } = messages.headAt(i);
    if (direction !== "in" || target !== "JS.RenderBatch") continue;
    if (socket !== loss.socket?.socket) return [];
    const text = `Last render batch, ${messages.sizeAt(i).toLocaleString("en")} bytes`;
    return [{ t: messages.timeAt(i), knowledge: "wire", text }];
  }
  return [];
}
