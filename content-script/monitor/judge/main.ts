/**
 * Entry point of the judge: the reducer and the rules of Hubscope, without their texts. It is loaded when a connection was lost, and gets
 * the events since the page was loaded, or since it started over.
 */
import { judge, judgeStart } from "../../../extension/core/diagnosis/judge.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { SocketId } from "../../../extension/core/ids.ts";
import { reduced } from "../../../extension/core/model/reduced.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { FailedStartState, InterruptionState, PageState } from "../../../extension/core/model/state.ts";
import type { AttemptModel, Downtime, HubConnectionModel } from "../../../extension/core/model/types.ts";
import type { NotedMessages } from "../observer/noted-messages.ts";
import type { Trouble, TroubleVerdict } from "./trouble.ts";

export interface Judge {
  apply(events: readonly RecordedEvent[]): void;
  /** All since this judge was made, without a verdict: making one takes a moment. */
  troubles(): Pending[];
}

export interface Pending {
  readonly key: string;
  readonly until: number | null;
  judged(): Trouble;
}

const PAGE = "page";

/** @param noted of messages that aren't among the events */
export function createJudge(noted: ReadonlyMap<SocketId, NotedMessages>): Judge {
  const reducer = createReducer();
  return {
    apply(events) {
      reducer.apply(PAGE, events);
    },
    troubles: () =>
      reducer.model.hubs.flatMap((hub) =>
        [...hub.interruptions, ...hub.failedStarts].map((one) => ({
          key: one.key,
          until: one.until,
          judged: () => judged(hub, one, noted),
        })),
      ),
  };
}

const RECOVERED: readonly string[] = ["reconnected", "resumed", "restarted", "connected"];

function judged(
  hub: HubConnectionModel,
  one: Downtime,
  noted: ReadonlyMap<SocketId, NotedMessages>,
): Trouble {
  const state = reduced(one);
  addNoted(state.lane.page, noted);
  const { kind, key, from, until, outcome, attempts } = one;
  return {
    ...{ kind, key, from, until, outcome },
    hubUrl: hub.url,
    recovered: RECOVERED.includes(outcome),
    attempts: attempts.length,
    socket: state.kind === "interruption" ? (state.loss.socket?.socket ?? null) : null,
    verdict: verdictOn(hub, state),
  };
}

function verdictOn(hub: HubConnectionModel, state: InterruptionState | FailedStartState): TroubleVerdict {
  const isLoss = state.kind === "interruption";
  const { cause, confidence, knowledge, obstacle } = isLoss ? judge(state) : judgeStart(state);
  const { visibility } = state.lane.page.model;
  return {
    ...{ cause, confidence, knowledge },
    obstacle: obstacle?.name ?? null,
    status: state.attempts.reduce<number | null>((status, attempt) => statusOf(attempt) ?? status, null),
    clientVersion: hub.clientVersion,
    hidden: visibility.some(
      (span) =>
        span.state !== "visible" &&
        span.from <= state.from &&
        (span.until === null || span.until >= state.from),
    ),
    connectionIds: {
      before: isLoss ? state.connectionIdBefore : null,
      after: isLoss ? state.connectionIdAfter : hub.connectionId,
    },
  };
}

const statusOf = ({ outcome }: AttemptModel): number | null =>
  "status" in outcome && typeof outcome.status === "number" ? outcome.status : null;

/** Of messages only the newest are among the events. What the others were is known from the notes. */
function addNoted({ transports }: PageState, noted: ReadonlyMap<SocketId, NotedMessages>): void {
  for (const [socket, notes] of noted) {
    const transport = transports.get(socket);
    if (!transport) continue;
    transport.pingEvery = notes.pingEvery;
    transport.longestSilence = notes.longestSilence;
    transport.longestQuiet = notes.longestQuiet;
    transport.heardData = notes.heardData;
    transport.heardAnswer = notes.heardAnswer;
  }
}
