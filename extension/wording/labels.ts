/** Labels of causes, outcomes, calls and messages. The timeline doesn't need them, so they are loaded later. */
import type { MESSAGE_TYPES, MessageType, TransportName } from "../core/protocol/terms.ts";
import { MESSAGE_TYPES as TYPES } from "../core/protocol/terms.ts";
import { plainWords } from "../core/text/html-text.ts";
import { unsentWords } from "../core/diagnosis/failure-words.ts";
import { waitOf } from "../core/diagnosis/retry-after.ts";
import type { AttemptOutcome, CallFate, FailedStartModel, InterruptionOutcome } from "../core/model/types.ts";
import type { HangOutcome, Trouble } from "../core/diagnosis/hang.ts";
import type { WaitStep } from "../core/model/waits.ts";
import type { CauseName } from "../core/diagnosis/verdict.ts";
import { attemptShort, attemptTone, type Tone } from "./words.ts";

export const CAUSE_WORD: Readonly<Record<CauseName, string>> = {
  injected: "Injected",
  "server-close": "Server Close, may reconnect",
  "server-closed-for-good": "Server Close, no reconnect",
  "client-ping-timeout": "Client timeout on the server",
  "message-too-large": "Message too large",
  "server-timeout": "Server timeout",
  asleep: "Sleep or pause",
  "tab-frozen": "Tab frozen",
  "back-forward-cache": "Back/forward cache",
  "page-left": "Page unloaded",
  offline: "Network offline",
  "server-gone": "Server unreachable",
  "closed-by-server-socket": "Closed by server or proxy",
  "closed-by-browser": "Closed by browser?",
  "server-send-error": "Internal server error (1011)",
  "frame-too-large": "Frame too large",
  "unreadable-message": "Unreadable message",
  "token-expired": "Token expired",
  "connection-not-found": "Connection not found",
  "connect-handler-failed": "OnConnectedAsync threw",
  "idle-timeout": "Idle timeout",
  "lifetime-limit": "Lifetime limit",
  "azure-service": "Closed by Azure SignalR",
  "ended-by-server": "Ended by server",
  "circuit-ended": "Circuit ended by an exception",
  "abrupt-loss": "Connection lost",
  "start-failed": "Start failed",
  hanging: "Hanging",
  unknown: "Unknown cause",
};

export const OUTCOME_WORD: Readonly<Record<InterruptionOutcome, string>> = {
  ongoing: "not reconnected yet",
  reconnected: "reconnected",
  resumed: "resumed (stateful reconnect)",
  "gave-up": "gave up",
  restarted: "restarted by the app",
  "stopped-by-app": "stopped by the app",
  "closed-by-server": "closed by the server",
  "page-ended": "page ended",
  "recording-ended": "recording ended",
};

/** "3 failed so far": the outcome of failed starts. */
export function startWord({ outcome, starts }: FailedStartModel): string {
  switch (outcome) {
    case "failed":
      return starts === 1 ? "not connected" : `${starts} failed, not connected`;
    case "trying":
      return `${starts} failed so far`;
    case "connected":
      return `connected at start ${starts + 1}`;
    case "stopped-by-app":
      return `${starts} failed, stopped by the app`;
    case "page-ended":
      return starts === 1 ? "page ended" : `${starts} failed, page ended`;
    case "recording-ended":
      return starts === 1 ? "recording ended" : `${starts} failed, recording ended`;
  }
}

export const HANG_WORD: Readonly<Record<HangOutcome, string>> = {
  waiting: "waiting",
  "went-on": "answered late",
  failed: "ended without an answer",
  "stopped-by-app": "stopped by the app",
  "page-ended": "page ended",
  "recording-ended": "recording ended",
};

/** The step that hangs, in a list. */
export const STEP_WORD: Readonly<Record<WaitStep, string>> = {
  token: "No access token",
  negotiate: "Negotiate hangs",
  redirect: "Negotiate hangs",
  upgrade: "Upgrade hangs",
  "event-stream": "Event stream hangs",
  poll: "First poll hangs",
  handshake: "Handshake hangs",
  "first-ping": "No ping yet",
  "no-transport": "No transport",
};

export const FATE_WORD: Readonly<Record<CallFate, string>> = {
  pending: "pending",
  completed: "completed",
  failed: "failed",
  cancelled: "cancelled",
  unknown: "answer not recorded",
  lost: "lost",
};

/** Its colour in the list: amber while reconnecting or reconnected, blue when resumed, red when it stayed down. */
export function lookOf({ outcome }: Trouble): "reconnecting" | "resumed" | "disconnected" | "stopped" {
  switch (outcome) {
    case "ongoing":
    case "trying":
    case "reconnected":
    case "connected":
    case "waiting":
    case "went-on":
      return "reconnecting";
    case "resumed":
      return "resumed";
    case "gave-up":
    case "failed":
    case "restarted":
    case "closed-by-server":
      return "disconnected";
    case "stopped-by-app":
    case "page-ended":
    case "recording-ended":
      return "stopped";
  }
}

export const typeName = (
  type: MessageType,
): (typeof MESSAGE_TYPES)[keyof typeof MESSAGE_TYPES] | "Unknown" => (type === 0 ? "Unknown" : TYPES[type]);

const TRANSPORT_WORD: Readonly<Record<TransportName, string>> = {
  WebSockets: "WebSocket",
  ServerSentEvents: "event stream",
  LongPolling: "long polling",
};

/** Tag, tone and sentence of how an attempt ended. */
export const attemptWords = (outcome: AttemptOutcome): AttemptWords => ({
  tag: attemptTag(outcome),
  tone: attemptTone(outcome),
  text: attemptText(outcome),
});

/** How it ended, as short as possible: the status or code, if there is one, or else why nothing answered. */
export function attemptTag(outcome: AttemptOutcome): string {
  switch (outcome.kind) {
    case "waiting":
    case "running":
    case "abandoned":
      return "";
    case "connected":
      return "ok";
    case "negotiate-failed": {
      const { status, seen, blockedBy, error } = outcome;
      if (status !== null) return String(status);
      // What the browser has kept from the page.
      const kept = seen?.error === undefined ? (seen?.status ?? null) : null;
      if (kept !== null) return kept >= 300 ? String(kept) : "blocked";
      return silentTag(blockedBy, seen?.error ?? error) ?? "no answer";
    }
    case "socket-failed":
      return typeof outcome.status === "number"
        ? String(outcome.status)
        : (silentTag(outcome.blockedBy, outcome.error) ?? attemptShort(outcome));
    case "handshake-failed":
    case "not-sent":
      return attemptShort(outcome);
  }
}

/** Why nothing answered, in a word, by the error of the browser or the client. */
function silentTag(blockedBy: string | undefined, error: string | null = ""): string | null {
  if (blockedBy !== undefined || /BLOCKED|UNSAFE_PORT/.test(error ?? "")) return "blocked";
  if (/REFUSED/.test(error ?? "")) return "refused";
  return /time(?:d[ _])?out/i.test(error ?? "") ? "timed out" : null;
}

interface AttemptWords {
  readonly tag: string;
  readonly tone: Tone;
  readonly text: string;
}

function attemptText(outcome: AttemptOutcome): string {
  switch (outcome.kind) {
    case "waiting":
    case "running":
    case "connected":
      return outcome.kind;
    case "negotiate-failed": {
      const { status, error, retryAfter } = outcome;
      if (status === null) return error ?? "negotiate, no answer";
      const wait = retryAfter === null ? "" : `, Retry-After ${waitOf(retryAfter)} ignored by the client`;
      return `negotiate${wait}${error ? `: ${plainWords(error)}` : ""}`;
    }
    case "socket-failed": {
      const how = outcome.opened
        ? "opened, but no answer to the handshake"
        : `${outcome.code === null ? "failed" : "closed"} before the handshake`;
      const wait =
        outcome.retryAfter === undefined
          ? ""
          : `, Retry-After ${waitOf(outcome.retryAfter)} ignored by the client`;
      const told = outcome.network ? ", reported by network" : "";
      return `${TRANSPORT_WORD[outcome.transport]} ${how}${told}${wait}${outcome.error ? `: ${plainWords(outcome.error)}` : ""}`;
    }
    case "handshake-failed":
      return `handshake: ${outcome.error}`;
    case "not-sent":
      return `${unsentWords(outcome)}${outcome.error === null ? "" : `: ${plainWords(outcome.error)}`}`;
    case "abandoned":
      return "given up";
  }
}
