/** What the tries to connect ran into, one after the other, as faults that do the same. */
import { networkError } from "../diagnosis/network-errors.ts";
import { NO_ANSWER, obstacleOf } from "../diagnosis/obstacles.ts";
import { isGateway } from "../diagnosis/rule.ts";
import type { ObstacleName } from "../diagnosis/verdict.ts";
import type { AttemptModel, AttemptOutcome } from "../model/types.ts";
import type { TransportName } from "../protocol/terms.ts";
import type { ScenarioFault } from "../scenarios/scenario.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { bounded } from "./times.ts";

export interface Phase {
  readonly faults: readonly ScenarioFault[];
  /** How long it lasts at most. */
  readonly time: Milliseconds;
  /** It is over after a number of tries, whenever these come. */
  readonly counted: boolean;
  /** What a failed try then shows. */
  readonly obstacles: readonly ObstacleName[];
}

export interface Outage {
  readonly phases: readonly Phase[];
  readonly differs: readonly string[];
}

/** Why a try fails, as far as a fault can do it. */
type Trouble =
  | { readonly what: "refused" }
  | { readonly what: "status"; readonly status: Status; readonly retryAfter?: number }
  | { readonly what: "token" }
  | { readonly what: "transports"; readonly names: readonly TransportName[] };

type Status = Extract<ScenarioFault, { name: "negotiate-status" }>["status"];

const MAX_PHASES = 3;
const LONGEST_OUTAGE: Milliseconds = 120_000;
const SHORTEST: Milliseconds = 1_000;
/** For the tries of an app that waits longer than the recorded one. */
const MORE_TIME: Milliseconds = 30_000;

/** @param from when the connection was lost, or the start began */
export function outageOf(attempts: readonly AttemptModel[], from: EpochMilliseconds): Outage {
  const differs = new Set<string>();
  const runs: { trouble: Trouble; tries: number; until: EpochMilliseconds }[] = [];
  for (const attempt of attempts) {
    if (attempt.origin === "resume") continue;
    const trouble = troubleOf(attempt.outcome, (text) => void differs.add(text));
    if (trouble === null) continue;
    const last = runs.at(-1);
    const until = attempt.endedAt ?? attempt.startedAt ?? attempt.from;
    if (last && JSON.stringify(last.trouble) === JSON.stringify(trouble)) {
      last.tries++;
      last.until = until;
    } else runs.push({ trouble, tries: 1, until });
  }
  if (runs.length > MAX_PHASES)
    differs.add(
      `The tries to reconnect ran into ${runs.length} different obstacles in turn; here into the first ${MAX_PHASES}.`,
    );
  let begin = from;
  const phases = runs.slice(0, MAX_PHASES).map(({ trouble, tries, until }): Phase => {
    const { time, differs: shorter } = bounded(
      Math.max(0, until - begin),
      { min: SHORTEST, max: LONGEST_OUTAGE },
      "The tries to connect failed for",
    );
    for (const text of shorter) differs.add(text);
    begin = until;
    return phaseOf(trouble, tries, time);
  });
  return { phases, differs: [...differs] };
}

/** Nothing answers for this long. */
export const refusedFor = (time: Milliseconds): Phase => phaseOf({ what: "refused" }, 1, time);

function phaseOf(trouble: Trouble, tries: number, duration: Milliseconds): Phase {
  switch (trouble.what) {
    case "refused":
      return {
        faults: [{ name: "refuse-connects", duration }],
        time: duration,
        counted: false,
        obstacles: ["unreachable"],
      };
    case "token":
      return {
        faults: [{ name: "refuse-token", duration }],
        time: duration,
        counted: false,
        obstacles: ["unauthorized"],
      };
    case "transports":
      return {
        faults: trouble.names.map((name) => ({
          name: name === "ServerSentEvents" ? "block-event-streams" : "block-websockets",
          duration,
        })),
        time: duration,
        counted: false,
        obstacles: ["transport-failed", "event-stream-failed"],
      };
    case "status": {
      const { status, retryAfter } = trouble;
      const given = { name: "negotiate-status", status, ...(retryAfter === undefined ? {} : { retryAfter }) };
      // A proxy without a server answers so until the server is there; anything else concerns each request.
      const counted = status !== 503;
      const time = counted ? duration + MORE_TIME : duration;
      const times = counted ? { times: Math.min(tries, 1_000) } : {};
      return {
        faults: [{ ...given, ...times, duration: time } as ScenarioFault],
        time,
        counted,
        obstacles: [OBSTACLE[status]],
      };
    }
  }
}

const OBSTACLE: Readonly<Record<Status, ObstacleName>> = {
  401: "unauthorized",
  403: "forbidden",
  404: "not-found",
  429: "throttled",
  500: "server-error",
  503: "unavailable",
};

const isStatus = (status: number): status is Status => Object.hasOwn(OBSTACLE, status);

/** null: the try did not fail, or not for a reason outside of the app. */
function troubleOf(outcome: AttemptOutcome, differ: (text: string) => void): Trouble | null {
  switch (outcome.kind) {
    case "waiting":
    case "running":
    case "connected":
    case "abandoned":
      return null;
    case "not-sent":
      differ(
        "Tries failed in the app's own code, before anything was sent (usually accessTokenFactory): no fault does that.",
      );
      return null;
    case "negotiate-failed":
      return negotiateTrouble(outcome, differ);
    case "socket-failed":
      return transportTrouble(outcome, differ);
    case "handshake-failed":
      differ("The server refused the handshake; here the transport fails to connect.");
      return { what: "transports", names: [outcome.transport] };
  }
}

type Failed<K extends AttemptOutcome["kind"]> = Extract<AttemptOutcome, { kind: K }>;

function negotiateTrouble(outcome: Failed<"negotiate-failed">, differ: (text: string) => void): Trouble {
  const { status, retryAfter, after } = outcome;
  if (status !== null && status >= 400) return statusTrouble(status, retryAfter, differ);
  const obstacle = obstacleOf(outcome);
  // Anything else that the browser tells has to do with more than the server.
  if (obstacle !== null && !NO_ANSWER.includes(obstacle.name)) {
    differ(`The negotiate failed: "${obstacle.title}"; here it is answered 500.`);
    return { what: "status", status: 500 };
  }
  if (after >= SLOW) differ(LATE);
  return { what: "refused" };
}

const SLOW: Milliseconds = 2_000;
const LATE = "A try failed only after a while; here it fails at once.";

function statusTrouble(
  status: number,
  retryAfter: string | null,
  differ: (text: string) => void,
): Extract<Trouble, { what: "status" }> {
  const used = isStatus(status) ? status : isGateway(status) ? 503 : status >= 500 ? 500 : 403;
  if (used !== status) differ(`The negotiate was answered ${status}; here it is answered ${used}.`);
  const seconds = retryAfter !== null && /^\d{1,5}$/.test(retryAfter) ? Number(retryAfter) : undefined;
  return {
    what: "status",
    status: used,
    ...(seconds === undefined || seconds > 86_400 ? {} : { retryAfter: seconds }),
  };
}

function transportTrouble(outcome: Failed<"socket-failed">, differ: (text: string) => void): Trouble {
  const { status, transport, error, opened, after = 0 } = outcome;
  if (status === 401) return { what: "token" };
  // Both say that there is no server; the page can't see the status of a WebSocket.
  if (isGateway(status)) {
    differ(`The transport was answered ${String(status)}; here the negotiate is answered 503.`);
    return { what: "status", status: 503 };
  }
  const told = networkError(error)?.obstacle;
  if (told !== undefined && NO_ANSWER.includes(told)) return { what: "refused" };
  if (transport === "LongPolling") {
    differ("The first poll failed after an answered negotiate; here the negotiate is answered 500.");
    return { what: "status", status: 500 };
  }
  if (typeof status === "number")
    differ(`The transport was answered ${status}; here it fails without an answer.`);
  else if (opened) differ("The transport opened, and no handshake came back; here it doesn't open.");
  else if (after >= SLOW) differ(LATE);
  return { what: "transports", names: [transport] };
}
