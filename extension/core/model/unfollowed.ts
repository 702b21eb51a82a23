/**
 * Without the client probe: an answered negotiate without a transport after it. The app has called stop(), or its
 * accessTokenFactory has failed. Nothing is recorded of that; but after this time the server itself removes the connection.
 */
import { AT_ONCE } from "./at-once.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { finishAttempt } from "./attempts.ts";
import { outcomeAfter } from "./circuits.ts";
import { setState } from "./lanes.ts";
import type { Lane, PageState, RequestState } from "./state.ts";

/** The server's DisconnectTimeout; on Azure it is 5 s. */
const FORGOTTEN_AFTER: Milliseconds = 15_000;
export function awaitTransport(page: PageState, request: RequestState): void {
  if (request.lane.hub === null) page.unfollowed.push(request);
}

/** Its transport has begun. A start that counted as given up continues after all. */
export function transportCame(page: PageState, request: RequestState): void {
  page.unfollowed = page.unfollowed.filter((other) => other !== request);
  const { lane, attempt } = request;
  if (lane.hub !== null || lane.attempt !== null || attempt.outcome.kind !== "abandoned") return;
  attempt.outcome = { kind: "running" };
  attempt.endedAt = null;
  lane.attempt = attempt;
}

/** Call when time has passed on the page. */
export function giveUpUnfollowed(page: PageState, t: EpochMilliseconds): void {
  if (page.unfollowed.length === 0) return;
  for (const request of page.unfollowed)
    if (t - (request.ended?.t ?? t) > FORGOTTEN_AFTER) giveUp(page, request);
}

/** The lane's client negotiates again. */
export function nextNegotiate(page: PageState, lane: Lane, t: EpochMilliseconds): void {
  for (const request of page.unfollowed)
    if (request.lane === lane && t - (request.ended?.t ?? t) > AT_ONCE) giveUp(page, request);
}

function giveUp(page: PageState, request: RequestState): void {
  page.unfollowed = page.unfollowed.filter((other) => other !== request);
  const { lane, attempt, ended } = request;
  if (!ended || lane.attempt !== attempt || lane.hub !== null) return;
  finishAttempt(lane, { kind: "abandoned" }, ended.t);
  if (lane.interruption) lane.interruption.outcome = outcomeAfter(lane);
  setState(lane, "disconnected", ended.t, "wire");
}
