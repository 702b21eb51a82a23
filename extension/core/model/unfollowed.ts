/**
 * From the wire alone: a negotiate that was answered and that no transport followed. The app called stop() meanwhile, or its
 * accessTokenFactory failed. That shows only by what doesn't come: the server itself forgets such a negotiate after a while.
 */
import { AT_ONCE } from "./at-once.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { finishAttempt } from "./attempts.ts";
import { setState } from "./lanes.ts";
import type { Lane, PageState, RequestState } from "./state.ts";

/** A server's DisconnectTimeout; on Azure it is 5 s. */
const FORGOTTEN_AFTER: Milliseconds = 15_000;
export function awaitTransport(page: PageState, request: RequestState): void {
  if (request.lane.hub === null) page.unfollowed.push(request);
}

/** Its transport has come. A start that was taken as given up goes on after all. */
export function transportCame(page: PageState, request: RequestState): void {
  page.unfollowed = page.unfollowed.filter((other) => other !== request);
  const { lane, attempt } = request;
  if (lane.hub !== null || lane.attempt !== null || attempt.outcome.kind !== "abandoned") return;
  attempt.outcome = { kind: "running" };
  attempt.endedAt = null;
  lane.attempt = attempt;
}

/** Time has gone by on the page. */
export function giveUpUnfollowed(page: PageState, t: EpochMilliseconds): void {
  if (page.unfollowed.length === 0) return;
  for (const request of page.unfollowed)
    if (t - (request.ended?.t ?? t) > FORGOTTEN_AFTER) giveUp(page, request);
}

/** The lane's client negotiates anew. */
export function nextNegotiate(page: PageState, lane: Lane, t: EpochMilliseconds): void {
  for (const request of page.unfollowed)
    if (request.lane === lane && t - (request.ended?.t ?? t) > AT_ONCE) giveUp(page, request);
}

function giveUp(page: PageState, request: RequestState): void {
  page.unfollowed = page.unfollowed.filter((other) => other !== request);
  const { lane, attempt, ended } = request;
  if (!ended || lane.attempt !== attempt || lane.hub !== null) return;
  finishAttempt(lane, { kind: "abandoned" }, ended.t);
  if (lane.interruption) lane.interruption.outcome = "gave-up";
  setState(lane, "disconnected", ended.t, "wire");
}
