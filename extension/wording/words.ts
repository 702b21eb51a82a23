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

const NO_ANSWER = "no answer";

/** Why nothing answered, in a word, by the error of the browser or the client. */
function silentTag(blockedBy: string | undefined, error: string | null = ""): string {
  if (blockedBy !== undefined || /BLOCKED|UNSAFE_PORT/.test(error ?? "")) return "blocked";
  if (/REFUSED/.test(error ?? "")) return "refused";
  return /time(?:d[ _])?out/i.test(error ?? "") ? "timed out" : NO_ANSWER;
}

/** How an attempt ended, as short as possible: the status or code, if there is one. */
export function attemptTag(outcome: AttemptOutcome): { readonly tag: string; readonly tone: Tone } {
  switch (outcome.kind) {
    case "waiting":
    case "running":
    case "abandoned":
      return { tag: "", tone: "none" };
    case "connected":
      return { tag: "ok", tone: "good" };
    case "negotiate-failed": {
      const { status, seen, blockedBy, error } = outcome;
      // What the browser has kept from the page.
      const kept = seen?.error === undefined ? (seen?.status ?? null) : null;
      const known = status ?? (kept !== null && kept >= 300 ? kept : null);
      if (known === null)
        return { tag: kept === null ? silentTag(blockedBy, seen?.error ?? error) : "blocked", tone: "bad" };
      return { tag: String(known), tone: known === 429 || known === 503 ? "warn" : "bad" };
    }
    case "socket-failed": {
      const { status, code, blockedBy, error } = outcome;
      const tag = silentTag(blockedBy, error);
      return { tag: String(status ?? (tag === NO_ANSWER ? (code ?? "failed") : tag)), tone: "bad" };
    }
    case "handshake-failed":
      return { tag: "rejected", tone: "bad" };
    case "not-seen":
      return { tag: "failed", tone: "bad" };
    case "not-sent":
      return { tag: "not sent", tone: "bad" };
  }
}

/** For a label beside the bar: "429", "1006", "connected". */
export function attemptShort(outcome: AttemptOutcome): string {
  if (outcome.kind === "connected") return "connected";
  return attemptTag(outcome).tag || (outcome.kind === "abandoned" ? "given up" : outcome.kind);
}

/** For messages whose payload was cut. */
export const cutWords = (count: number): string =>
  `${counted(count, "payload")} ${count === 1 ? "was" : "were"} longer than the settings allow, and ${count === 1 ? "is" : "are"} cut`;
