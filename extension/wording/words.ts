/** Labels of states and attempts, in the client's own terms. Those that the timeline doesn't need are in `labels.ts`. */
import { counted } from "../core/text/format.ts";
import type { AttemptModel, AttemptOutcome, LaneState, StateSpan } from "../core/model/types.ts";

export const STATE_WORD: Readonly<Record<LaneState, string>> = {
  connecting: "Connecting",
  connected: "Connected",
  reconnecting: "Reconnecting",
  disconnected: "Disconnected",
  stopped: "Stopped by app",
  resumed: "Resumed",
  paused: "Circuit paused",
};

/** The label of a state span: a resume may still be running, or have failed. */
export function spanWord(spans: readonly StateSpan[], index: number): string {
  const span = spans[index];
  if (!span) return "";
  if (span.state !== "resumed") return STATE_WORD[span.state];
  if (span.until === null) return "Resuming";
  return spans[index + 1]?.state === "connected" ? "Resumed" : "Not resumed";
}

/** One that tried more than one transport. */
export const fellBack = ({ sockets }: Pick<AttemptModel, "sockets">): boolean => sockets.length > 1;

export type Tone = "good" | "warn" | "bad" | "none";

/** How an attempt ended. */
export function attemptTone(outcome: AttemptOutcome): Tone {
  switch (outcome.kind) {
    case "waiting":
    case "running":
    case "abandoned":
      return "none";
    case "connected":
      return "good";
    case "negotiate-failed":
      return outcome.status === 429 || outcome.status === 503 ? "warn" : "bad";
    case "socket-failed":
    case "handshake-failed":
    case "not-sent":
      return "bad";
  }
}

/** For a label beside the bar: "429", "1006", "connected". */
export function attemptShort(outcome: AttemptOutcome): string {
  switch (outcome.kind) {
    case "waiting":
    case "running":
    case "connected":
      return outcome.kind;
    case "abandoned":
      return "given up";
    case "negotiate-failed":
      return String(outcome.status ?? "failed");
    case "socket-failed":
      return String(outcome.status ?? outcome.code ?? "failed");
    case "handshake-failed":
      return "rejected";
    case "not-sent":
      return outcome.negotiates ? "not sent" : "failed";
  }
}

/** For messages whose payload was cut. */
export const cutWords = (count: number): string =>
  `${counted(count, "payload")} ${count === 1 ? "was" : "were"} longer than the settings allow, and ${count === 1 ? "is" : "are"} cut`;
