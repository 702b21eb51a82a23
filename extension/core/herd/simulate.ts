/**
 * A discrete-event simulation of many clients that reconnect, in whole milliseconds. Clients at the same step of their policy that
 * wait for the same millisecond are alike, so they are counted, not listed: a calendar for each step says how many attempts begin
 * in each millisecond. An attempt without jitter costs nothing of its own, one with jitter a random number.
 *
 * Where there isn't enough for all attempts of a millisecond, those that are refused are chosen at random. The same input gives the
 * same result, on every machine.
 */
import type { Milliseconds } from "../units.ts";
import { dueWithin, nextDue, putDue, spreadDue, takeDue, type DueCounts } from "./due-counts.ts";
import { createGroups } from "./groups.ts";
import type { HerdInput } from "./herd-input.ts";
import { createRecord } from "./herd-record.ts";
import type { HerdResult, Refusal } from "./herd-result.ts";
import { createLosses } from "./losses.ts";
import { tableOf } from "./policy-table.ts";
import { randomOf } from "./random.ts";
import { createTokenBucket } from "./token-bucket.ts";
import { createTokenQueue } from "./token-queue.ts";

/** Attempts with jitter that one run simulates at most. */
const MOST_DRAWS = 1_000_000_000;
const BETWEEN_PROGRESS = 1_000_000;

const nobody = (): void => undefined;

/** @param onProgress is given the share that is done, roughly */
export function simulate(input: HerdInput, onProgress?: (share: number) => void): HerdResult {
  const { clients, connectTime, refusalTime, restartTime, horizon, negotiates, tokens } = input;
  const { steps, first, noPolicy } = tableOf(input.policy, input.restartAfter);
  const random = randomOf(input.seed);
  const losses = createLosses(input.loss, clients);
  const record = createRecord(clients, losses.total);
  const attempts = createGroups(steps.length);
  const negotiateBucket = negotiates && createTokenBucket(negotiates.perSecond, negotiates.burst);
  const tokenQueue = tokens?.overload === "queue" ? createTokenQueue(tokens.perSecond, clients) : null;
  const tokenBucket =
    tokens?.overload === "refuse" ? createTokenBucket(tokens.perSecond, Math.max(1, tokens.perSecond)) : null;

  const waiting = steps.map(({ least, spread }) => dueWithin(refusalTime + least + spread));
  const connecting = dueWithin(connectTime.to);
  const givingUp = dueWithin(refusalTime);
  /** Connections that are open or being opened. */
  let held = clients;
  let draws = 0;
  let t = 0;

  const put = (due: DueCounts, after: Milliseconds, spread: Milliseconds, count: number): void => {
    if (count === 0) return;
    if (spread > 0) {
      spreadDue(due, t + after, spread, count, random);
      draws += count;
    } else putDue(due, t + after, count);
  };

  const waitFor = (step: number, after: Milliseconds, count: number): void => {
    const due = waiting[step];
    const delay = steps[step];
    if (due && delay) put(due, after + delay.least, delay.spread, count);
  };

  const failed = (step: number, count: number): void => {
    const { next, policyEnds } = steps[step] ?? { next: null, policyEnds: true };
    if (policyEnds) record.policyEnded(count);
    if (next === null) put(givingUp, refusalTime, 0, count);
    else waitFor(next, refusalTime, count);
  };

  const refuse = (by: Refusal, available: number): void => {
    record.refused(by, Math.max(0, attempts.total() - available));
    attempts.keep(available, random, failed);
  };

  /** What becomes of the attempts that have begun. */
  const attempt = (): void => {
    record.attempts(attempts.total());
    if (tokenBucket) refuse("token", tokenBucket.take(attempts.total(), t));
    if (tokenQueue) {
      attempts.empty((step, count) => {
        tokenQueue.call(step, count, t);
      });
      tokenQueue.answer(t, attempts.add);
    }
    if (t < restartTime) refuse("restart", 0);
    if (negotiateBucket) refuse("negotiate", negotiateBucket.take(attempts.total(), t));
    if (input.capacity !== null) refuse("capacity", Math.max(0, input.capacity - held));
    held += attempts.total();
    put(connecting, connectTime.from, connectTime.to - connectTime.from, attempts.total());
    attempts.empty(nobody);
  };

  const lose = (count: number): void => {
    if (count === 0) return;
    held -= count;
    record.lost(count);
    if (noPolicy) record.policyEnded(count);
    if (first === null) record.gaveUp(count);
    else waitFor(first, 0, count);
  };

  /** The next millisecond in which something happens. */
  const next = (): Milliseconds => {
    let at = Math.min(horizon, losses.next(), tokenQueue?.next() ?? Infinity);
    at = nextDue(connecting, nextDue(givingUp, at));
    for (const due of waiting) at = nextDue(due, at);
    return at;
  };

  let reportAt = BETWEEN_PROGRESS;
  while (record.unsettled() > 0) {
    t = next();
    if (t >= horizon || draws >= MOST_DRAWS) break;
    record.begin(t);
    record.connected(takeDue(connecting, t));
    record.gaveUp(takeDue(givingUp, t));
    lose(losses.take(t));
    for (const [step, due] of waiting.entries()) attempts.add(step, takeDue(due, t));
    attempt();
    if (draws < reportAt) continue;
    reportAt += BETWEEN_PROGRESS;
    onProgress?.(Math.max(record.settledShare(), t / horizon, draws / MOST_DRAWS));
  }
  return record.result(record.unsettled() === 0 ? null : draws >= MOST_DRAWS ? "attempts" : "horizon");
}
