/** Why was it lost? One verdict per interruption, with its evidence. "unknown" is a proper answer. */
import type { HubMessage } from "../../events.ts";
import { FAULTS } from "../../faults/outlines.ts";
import type { FailedStartState, InterruptionState } from "../state.ts";
import type { Verdict } from "../types.ts";
import { appSaw, startSaw } from "./app-saw.ts";
import { collectEvidence, collectStartEvidence } from "./evidence.ts";
import { gatherFacts, type Facts } from "./facts.ts";
import { knownFrom, obstacleAmong, obstacleOf } from "./obstacles.ts";
import { RULES, type Finding } from "./rules.ts";
import { CAUSE_TITLE } from "./words.ts";

export function judge(interruption: InterruptionState): Verdict {
  const facts = gatherFacts(interruption);
  const finding = findCause(facts);
  return {
    cause: finding.cause,
    title: finding.title ?? CAUSE_TITLE[finding.cause],
    confidence: finding.confidence,
    knowledge: finding.knowledge,
    evidence: collectEvidence(facts),
    ruledOut: ruledOut(facts),
    appSaw: appSaw(interruption),
    obstacle: obstacleAmong(interruption.attempts),
  };
}

/** Why did a start() fail? The latest failure says so: what answered, or that nothing did. */
export function judgeStart(start: FailedStartState): Verdict {
  const { lane, attempts, faults, from, failedAt } = start;
  const page = lane.page.model;
  const failed = attempts.findLast((attempt) => obstacleOf(attempt.outcome) !== null);
  const obstacle = failed ? obstacleOf(failed.outcome) : null;
  const answered = obstacle !== null && obstacle.name !== "unreachable";
  const offline = page.offline.some((span) => span.from <= failedAt && (span.until ?? failedAt) >= from);
  const common = {
    evidence: collectStartEvidence(start),
    ruledOut: offline ? [] : ["offline event"],
    appSaw: startSaw(start),
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
  const close = closeAfterHandshake(start);
  if (obstacle === null && close) {
    const cause = close.error === undefined ? "server-closed-for-good" : "connect-handler-failed";
    return { cause, title: CAUSE_TITLE[cause], confidence: "high", knowledge: "wire", ...common };
  }
  return {
    cause: "start-failed",
    title: obstacle?.title ?? "The client gave the start up, and the wire doesn't tell why",
    confidence:
      obstacle === null ? "low" : answered && obstacle.name !== "transport-failed" ? "high" : "medium",
    knowledge: failed ? knownFrom(failed.outcome) : "wire",
    ...common,
  };
}

/** The server agreed to the handshake and then closed the connection, before start() was done. */
function closeAfterHandshake({ lane, attempts }: FailedStartState): HubMessage | null {
  const socket = attempts.at(-1)?.socket ?? null;
  const transport = socket === null ? undefined : lane.page.transports.get(socket);
  return transport && transport.handshakeAt !== null ? transport.closeIn : null;
}

function findCause(facts: Facts): Finding {
  for (const rule of RULES) {
    const finding = rule(facts);
    if (finding) return finding;
  }
  return { cause: "unknown", confidence: "low", knowledge: "wire" };
}

/** What a reader would think of first, and that didn't happen. */
function ruledOut(facts: Facts): string[] {
  const out: string[] = [];
  if (!facts.offline) out.push("offline event");
  if (!facts.frozen && facts.fromCache === null) out.push("freeze");
  if (!facts.socket?.closeIn) out.push("server Close");
  if (facts.silenceIn !== null && facts.silenceIn < facts.serverTimeout * 0.9) out.push("server timeout");
  if (!facts.socket?.closeOut) out.push("stop()");
  return out;
}
