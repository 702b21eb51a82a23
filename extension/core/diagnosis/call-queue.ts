/**
 * Calls that waited for a slower one before them. A server runs the calls of a connection one after the other
 * (MaximumParallelInvocationsPerClient = 1, its default), so a slow one delays those that were sent after it. This is inferred: the
 * answers come strictly in the order of the calls, and one follows right after the answer to the slower call.
 *
 * Streams don't take that place on the server, and a send() has no answer that would show when its method ended: nothing is said of
 * them, and a call that waited for one of them looks like a slow call.
 */
import type { CallModel, HubConnectionModel, PageModel } from "../model/types.ts";
import type { SocketId } from "../ids.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";

export interface Queued {
  /** The slowest call among those that were still running when this one was sent. */
  readonly behind: CallModel;
  readonly length: Milliseconds;
}

const WORTH_TELLING: Milliseconds = 500;
/** How long the method itself may have taken. If it is longer, the order of the answers may be chance. */
const OWN_TIME: Milliseconds = 100;
const OWN_SHARE = 0.1;

type Called = Pick<HubConnectionModel, "calls" | "transports">;

export function queuedCalls(
  { calls, transports }: Called,
  page: Pick<PageModel, "longTasks"> | null,
): Map<CallModel, Queued> {
  const bySocket = new Map<SocketId, CallModel[]>();
  for (const call of calls) {
    if (call.direction !== "out" || call.stream) continue;
    const own = bySocket.get(call.socket);
    if (own) own.push(call);
    else bySocket.set(call.socket, [call]);
  }
  const found = new Map<CallModel, Queued>();
  for (const [socket, own] of bySocket) {
    const overHttp = transports.find((one) => one.socket === socket)?.transport !== "WebSockets";
    if (isInOrder(own)) addQueued(found, own, page, overHttp);
  }
  return found;
}

const answeredAt = ({ fate, endedAt }: CallModel): EpochMilliseconds =>
  (fate === "completed" || fate === "failed") && endedAt !== null ? endedAt : Infinity;

/** No answer overtook another one, nor one that never came. */
function isInOrder(calls: readonly CallModel[]): boolean {
  let last = -Infinity;
  for (const call of calls) {
    const end = answeredAt(call);
    if (end === Infinity && call.fate !== "pending") continue;
    if (end < last) return false;
    last = end;
  }
  return true;
}

interface Run {
  readonly call: CallModel;
  readonly end: EpochMilliseconds;
  /** How long it ran itself, after the one before it had ended. */
  readonly took: Milliseconds;
}

function addQueued(
  found: Map<CallModel, Queued>,
  calls: readonly CallModel[],
  page: Pick<PageModel, "longTasks"> | null,
  overHttp: boolean,
): void {
  /** Calls that were running, the slowest first, and behind each only those that ended later. */
  const running: Run[] = [];
  let before = -Infinity;
  for (const call of calls) {
    const end = answeredAt(call);
    // Over HTTP a call may also fail because its request was refused.
    if (end === Infinity || (overHttp && call.fate === "failed")) continue;
    while ((running[0]?.end ?? Infinity) <= call.sentAt) running.shift();
    const length = before - call.sentAt;
    const own = end - before;
    const slowest = running[0];
    if (
      slowest &&
      length >= WORTH_TELLING &&
      own <= Math.max(OWN_TIME, length * OWN_SHARE) &&
      !isSideBySide(call, slowest.call) &&
      !wasBusy(page, call.sentAt, before)
    )
      found.set(call, { behind: slowest.call, length });
    const took = end - Math.max(call.sentAt, before);
    while ((running.at(-1)?.took ?? Infinity) <= took) running.pop();
    running.push({ call, end, took });
    before = Math.max(before, end);
  }
}

/** The same method, called at the same moment and answered at the same moment: both took equally long. */
const isSideBySide = (one: CallModel, other: CallModel): boolean =>
  one.target === other.target && one.sentAt - other.sentAt <= OWN_TIME;

/** The page itself was busy for most of that time: it reads answers late, and all of them together. */
const wasBusy = (
  page: Pick<PageModel, "longTasks"> | null,
  from: EpochMilliseconds,
  until: EpochMilliseconds,
): boolean =>
  (page?.longTasks ?? []).some(
    (task) => Math.min(until, task.from + task.duration) - Math.max(from, task.from) > (until - from) / 2,
  );
