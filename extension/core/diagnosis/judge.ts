/** Makes one verdict per interruption, with its evidence. "unknown" is a valid verdict. */
import type { CloseMessage } from "../model/state.ts";
import type { Milliseconds } from "../units.ts";
import { FAULTS } from "../faults/outlines.ts";
import { onAzure } from "../model/hosting.ts";
import type { FailedStartState, InterruptionState } from "../model/state.ts";
import type { Confidence, Obstacle, ObstacleName, Verdict } from "./verdict.ts";
import { clientCallbacks, startCallbacks } from "./client-callbacks.ts";
import { collectEvidence, collectStartEvidence } from "./evidence.ts";
import { firefoxOf, gatherFacts, type Facts } from "./facts.ts";
import type { AttemptOutcome } from "../model/types.ts";
import { networkError } from "./network-errors.ts";
import { NO_ANSWER, isCertain, knownFrom, obstacleAmong, obstacleOf } from "./obstacles.ts";
import type { RuleResult } from "./rule.ts";
import { LEAVING, RULES } from "./rules.ts";
import { isServiceWord } from "./service-words.ts";
import { blockedPort } from "./unsafe-ports.ts";
import { CAUSE_TITLE, OBSTACLE_TITLE } from "./titles.ts";

export function judge(interruption: InterruptionState): Verdict {
  const facts = gatherFacts(interruption);
  const result = findCause(facts);
  return {
    cause: result.cause,
    title: result.title ?? CAUSE_TITLE[result.cause],
    confidence: result.confidence,
    knowledge: result.knowledge,
    evidence: collectEvidence(facts, result),
    ruledOut: ruledOut(facts, result),
    clientCallbacks: clientCallbacks(interruption),
    obstacle: obstacleAmong(interruption.attempts),
  };
}

/** The cause that it would have if nobody knew of the faults that were injected: what they imitate. */
export const judgeAsReal = (interruption: InterruptionState): Pick<Verdict, "cause" | "title"> => {
  const { cause, title } = findCause({ ...gatherFacts(interruption, "injected too"), faults: [] });
  return { cause, title: title ?? CAUSE_TITLE[cause] };
};

/**
 * Makes the verdict of a failed start() from its latest failure.
 * @param faults those that count
 */
export function judgeStart(start: FailedStartState, faults = start.faults): Verdict {
  const { lane, attempts, from, failedAt } = start;
  const page = lane.page.model;
  const failed = attempts.findLast((attempt) => obstacleOf(attempt.outcome) !== null);
  const obstacle = failed ? obstacleOf(failed.outcome) : null;
  const answered = obstacle !== null && !NO_ANSWER.includes(obstacle.name);
  const offline = page.offline.some((span) => span.from <= failedAt && (span.until ?? failedAt) >= from);
  const common = {
    evidence: collectStartEvidence(start),
    ruledOut: offline || page.started?.fromDevtools ? [] : ["offline event"],
    clientCallbacks: startCallbacks(start),
    obstacle,
  };
  const injected = page.faults.find(({ fault }) => faults.includes(fault));
  if (injected && !answered) {
    const title = `Injected by Hubscope: ${FAULTS[injected.command.name].title.toLowerCase()}`;
    return { cause: "injected", title, confidence: "high", knowledge: "page", ...common };
  }
  if (offline && !answered)
    return {
      cause: "offline",
      title: CAUSE_TITLE.offline,
      confidence: "high",
      knowledge: "page",
      ...common,
    };
  const port = failed ? blockedPort(start, failed) : null;
  if (port !== null)
    return portVerdict(common, port, failed?.outcome.kind === "not-sent" ? "medium" : "high");
  const leaving = leftWhileStarting(start, obstacle);
  if (leaving)
    return {
      cause: "page-left",
      title: LEFT_TITLE,
      confidence: leaving,
      knowledge: "page",
      ...common,
      obstacle: null,
    };
  const close = closeAfterHandshake(start);
  if (obstacle === null && close)
    return { ...closedWhileStarting(close, onAzure(lane.model.hosting)), knowledge: "wire", ...common };
  return {
    cause: "start-failed",
    title: obstacle?.title ?? "The client aborted start(); the wire doesn't show why",
    confidence: startConfidence(obstacle, failed?.outcome),
    knowledge: failed ? knownFrom(failed.outcome) : "wire",
    ...common,
  };
}

/**
 * Firefox doesn't tell that it has blocked a port, and Chromium doesn't of a WebSocket. Where nothing was seen at all, the app's
 * code may have failed before (medium).
 */
function portVerdict(
  common: Pick<Verdict, "evidence" | "ruledOut" | "clientCallbacks">,
  port: number,
  confidence: Confidence,
): Verdict {
  const title = OBSTACLE_TITLE["unsafe-port"];
  const last = common.evidence.at(-1)?.t ?? 0;
  return {
    ...common,
    cause: "start-failed",
    title,
    confidence,
    knowledge: "wire",
    evidence: [
      ...common.evidence,
      { t: last, knowledge: "wire", text: `Port ${port} is one to which browsers don't connect` },
    ],
    obstacle: { name: "unsafe-port", title, retryAfter: null },
  };
}

/** An answer names the obstacle; without an answer, there may be other reasons. */
const ONLY_PROBABLY: readonly ObstacleName[] = [
  "unreachable",
  "negotiate-unanswered",
  "after-negotiate",
  "transport-failed",
  "event-stream-failed",
  "poll-failed",
  "upgrade-unanswered",
  "event-stream-unanswered",
  "poll-unanswered",
  "handshake-unanswered",
];

const LEFT_TITLE = "Page unloaded while connecting";

/**
 * Firefox ends a page's requests and sockets before `pagehide`; for the page they fail without an answer. It looks the same
 * when an app reloads its page after a failed start, so this is never certain.
 */
function leftWhileStarting(
  { lane: { page }, failedAt, starts, attempts }: FailedStartState,
  obstacle: Obstacle | null,
): "medium" | "low" | null {
  const { endedAt } = page.model;
  if (endedAt === null || starts > 1 || firefoxOf(page.model) === false) return null;
  const last = attempts.at(-1)?.outcome;
  const silent =
    obstacle === null ||
    (last?.kind === "negotiate-failed" &&
      ["unreachable", "negotiate-unanswered"].includes(obstacleOf(last)?.name ?? "")) ||
    (last?.kind === "socket-failed" &&
      typeof last.status !== "number" &&
      last.blockedBy === undefined &&
      networkError(last.error) === undefined);
  if (!silent || endedAt - failedAt >= LEAVING.probably) return null;
  return endedAt - failedAt < LEAVING.surely ? "medium" : "low";
}

function startConfidence(obstacle: Obstacle | null, outcome: AttemptOutcome | undefined): Confidence {
  if (obstacle === null || !outcome) return "low";
  if (obstacle.name === "before-request" || obstacle.name === "nothing-seen") return "low";
  if (!isCertain(obstacle, outcome)) return "medium";
  // Without a status this is inferred from the length of the address.
  if (obstacle.name === "token-too-long" && !/\(\d+\)/.test(obstacle.title)) return "medium";
  return ONLY_PROBABLY.includes(obstacle.name) ? "medium" : "high";
}

/** Azure's errors are checked before the hub's: with Azure the app server may be missing. */
function closedWhileStarting(
  close: CloseMessage,
  azure: boolean,
): Pick<Verdict, "cause" | "title" | "confidence"> {
  const ofService = isServiceWord(close.error);
  const cause =
    ofService || (azure && close.error !== undefined && !close.error.startsWith("Connection closed"))
      ? "azure-service"
      : close.error === undefined
        ? "server-closed-for-good"
        : "connect-handler-failed";
  return { cause, title: CAUSE_TITLE[cause], confidence: azure && !ofService ? "medium" : "high" };
}

/** The server agreed to the handshake and then closed the connection, before start() was done. */
function closeAfterHandshake({ lane, attempts }: FailedStartState): CloseMessage | null {
  const socket = attempts.at(-1)?.socket ?? null;
  const transport = socket === null ? undefined : lane.page.transports.get(socket);
  return transport && transport.handshakeAt !== null ? transport.closeIn : null;
}

function findCause(facts: Facts): RuleResult {
  for (const rule of RULES) {
    const result = rule(facts);
    if (result) return result;
  }
  return { cause: "unknown", confidence: "low", knowledge: "wire" };
}

/** Common causes that would have been recorded, and were not. The verdict's own cause is never among them. */
function ruledOut(facts: Facts, { cause }: RuleResult): string[] {
  const { socket, interruption, offline, frozen, fromCache, standstill, clientError } = facts;
  const page = interruption.lane.page.model;
  const out: string[] = [];
  // In a worker that was read from DevTools nothing of the page was looked for, nor who closed the socket.
  const told = !page.started?.fromDevtools;
  if (told && !offline && cause !== "offline") out.push("offline event");
  // Firefox has no `freeze` event, and a sleeping computer leaves no trace. A page with recent messages wasn't frozen.
  const ran = Math.min(facts.silenceIn ?? Infinity, facts.silenceOut ?? Infinity) < AWAKE;
  if (told && !frozen && fromCache === null && !standstill && !facts.justFound && ran) out.push("freeze");
  // A dropped event may have been a Close message, and so may the last message before the recording.
  const heard = socket?.since === null || facts.silenceIn !== null;
  if (socket && !socket.closeIn && page.dropped === 0 && heard && cause !== "server-close")
    out.push("server Close");
  if (socket?.closed?.untold) return out;
  const byPage = socket?.closingByPage ?? null;
  const saidElse = typeof clientError === "string" && !clientError.includes("Server timeout elapsed");
  if (cause !== "server-timeout" && socket && (byPage === null || saidElse)) out.push("server timeout");
  // With the client probe, stop() is never recorded as a loss.
  if (interruption.knowledge === "client" || (socket && byPage === null && !socket.closeOut))
    out.push("stop()");
  return out;
}

/** A page with a message this shortly before the loss was not frozen. */
const AWAKE: Milliseconds = 5_000;
