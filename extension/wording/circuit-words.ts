/** Blazor circuits in words, for panel and report. Pure. */
import type { CircuitCalled } from "../core/events/app-events.ts";
import type { HubConnectionModel } from "../core/model/types.ts";
import type { Bytes, Milliseconds } from "../core/units.ts";
import type { EventWords } from "./event-words.ts";
import type { Tone } from "./words.ts";

/** A row of the log. */
export function circuitWords({ method, step, circuit, error }: CircuitCalled): EventWords {
  const tone = step === "called" ? null : step === "accepted" ? ("good" as const) : ("bad" as const);
  return {
    kind: "Circuit",
    title: `${method} ${step}`,
    text: [circuit === undefined ? "" : `circuit ${circuit}`, error ?? ""].filter(Boolean).join(" · "),
    ...(tone ? { tone } : {}),
  };
}

/** The state of a circuit in a word: the newest thing that decides it. */
export function circuitState({ states, circuit }: HubConnectionModel): {
  readonly tone: Tone;
  readonly word: string;
} {
  if (circuit === null) return { tone: "none", word: "none" };
  const state = states.at(-1)?.state;
  const last = circuit.calls.at(-1);
  if (circuit.leftAt !== null) return { tone: "none", word: "page left" };
  const error = circuit.errors.at(-1);
  if (error && error.t > (last?.sentAt ?? 0)) return { tone: "bad", word: "ended by an exception" };
  if (state === "paused") return { tone: "none", word: "paused" };
  if (last?.answer === "refused") return { tone: "bad", word: "refused" };
  if (state === "stopped") return { tone: "none", word: "ended by the page" };
  if (state !== "connected") return { tone: "warn", word: "connection lost" };
  if (!last) return { tone: "none", word: "connected, started before the recording" };
  return last.answer === "accepted"
    ? { tone: "good", word: "connected" }
    : { tone: "none", word: "no answer yet" };
}

/** The newest messages, of which render batches are counted. */
const MOST_COUNTED = 20_000;

export interface RenderBatches {
  readonly count: number;
  readonly bytes: Bytes;
  readonly largest: Bytes;
  /** There are older messages. */
  readonly partly: boolean;
}

/** Render batches among the newest messages that were recorded one by one. */
export function renderBatches({ messages }: Pick<HubConnectionModel, "messages">): RenderBatches {
  const from = Math.max(0, messages.length - MOST_COUNTED);
  let count = 0;
  let bytes = 0;
  let largest = 0;
  for (let i = from; i < messages.length; i++) {
    const { direction, target, counted } = messages.headAt(i);
    if (direction !== "in" || target !== "JS.RenderBatch" || counted) continue;
    const size = messages.sizeAt(i);
    count++;
    bytes += size;
    largest = Math.max(largest, size);
  }
  return { count, bytes, largest, partly: from > 0 };
}

/** The real delays before Blazor's attempts, of the interruption with most of them. Its options can't be read from the page. */
export function blazorDelays({ interruptions }: Pick<HubConnectionModel, "interruptions">): Milliseconds[] {
  let longest: Milliseconds[] = [];
  for (const { attempts } of interruptions) {
    const delays = attempts.flatMap(({ from, startedAt }) => (startedAt === null ? [] : [startedAt - from]));
    if (delays.length >= longest.length) longest = delays;
  }
  return longest;
}
