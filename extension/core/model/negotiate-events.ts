/** Negotiates: which hub connection and attempt they belong to, and their results. */
import type { NegotiateEnded, NegotiateStarted } from "../events/events.ts";
import { awakeTime } from "./awake.ts";
import { attemptAt, finishAttempt } from "./attempts.ts";
import { failOnWire, reopenForFallback } from "./fallback.ts";
import { hostingOf } from "./hosting.ts";
import { laneFor, setState } from "./lanes.ts";
import type { PageState, RequestState } from "./state.ts";
import type { AttemptOutcome } from "./types.ts";
import { isForeign } from "./browser-events.ts";
import { negotiatedStateful } from "./stateful.ts";
import { hubUrlOf } from "../protocol/addresses.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { awaitTransport, nextNegotiate } from "./unfollowed.ts";
import { tryOnWire } from "./wire-loss.ts";

export function onNegotiate(page: PageState, event: NegotiateStarted): void {
  const url = hubUrlOf(event.url);
  const before = redirectTo(page, url, event.t);
  const lane = before?.lane ?? laneFor(page, event.url, event.t);
  nextNegotiate(page, lane, event.t);
  tryOnWire(lane, event.t);
  const attempt = before?.attempt ?? reopenForFallback(lane, event.t) ?? attemptAt(lane, event.t);
  if (lane.hub === null) setState(lane, lane.interruption ? "reconnecting" : "connecting", event.t, "wire");
  attempt.requests.push(event.request);
  const request: RequestState = {
    request: event.request,
    started: event,
    ended: null,
    seen: null,
    timing: null,
    blockedBy: null,
    lane,
    attempt,
  };
  if (event.clientVersion !== undefined) lane.model.clientVersion = event.clientVersion;
  negotiatedStateful(lane, event.askedStatefulReconnect, null);
  lane.model.requests.push(request);
  page.requests.set(event.request, request);
}

export function onNegotiateEnded(page: PageState, event: NegotiateEnded): void {
  const request = page.requests.get(event.request);
  if (!request) return;
  request.ended = event;
  const { lane, attempt } = request;
  if (event.redirectUrl !== undefined) {
    page.redirects.push(request);
    lane.model.hosting = hostingOf(request.started.url, event.redirectUrl);
    return;
  }
  if (event.connectionId !== undefined) {
    lane.model.hosting ??= hostingOf(request.started.url, null);
    negotiatedStateful(lane, request.started.askedStatefulReconnect, event.statefulReconnect === true);
    awaitTransport(page, request);
    return;
  }
  const outcome = negotiateFailure(request, event);
  if (lane.attempt === attempt) finishAttempt(lane, outcome, event.t);
  else attempt.outcome = outcome;
  if (lane.hub === null) failOnWire(lane, event.t);
}

/** More became known of a negotiate that may have failed already. */
export function restateNegotiate(request: RequestState): void {
  const { ended, attempt } = request;
  if (ended && attempt.outcome.kind === "negotiate-failed" && attempt.requests.at(-1) === request.request)
    attempt.outcome = negotiateFailure(request, ended);
}

/** What the network reported is of interest only without an answer: the page has seen any other. */
function negotiateFailure(
  { seen, blockedBy, lane, started }: RequestState,
  ended: NegotiateEnded,
): AttemptOutcome {
  const silent = ended.status === null && ended.fault === undefined;
  return {
    kind: "negotiate-failed",
    status: ended.status,
    after: awakeTime(lane.page.model, started.t, ended.t),
    // Without a body, the error is only the status in words.
    error: ended.error === ended.statusText && isOk(ended.status) ? null : (ended.error ?? null),
    retryAfter: ended.retryAfter ?? null,
    ...(ended.legacyVersion === undefined ? {} : { legacy: true }),
    ...(ended.redirectedTo === undefined ? {} : { redirectedTo: ended.redirectedTo }),
    ...(ended.byServiceWorker ? { byServiceWorker: true } : {}),
    ...(ended.refused ? { refused: true } : {}),
    ...(seen && ended.fault === undefined ? { seen } : {}),
    ...(blockedBy !== null && silent ? { blockedBy } : {}),
    ...(silent && isForeign(lane, started.url) ? { foreign: true } : {}),
  };
}

const isOk = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

/** A client follows a redirect immediately, but may have to fetch a token first. */
const FOLLOWED_WITHIN: Milliseconds = 15_000;

/** The oldest negotiate that was redirected to this address: clients that start together follow redirects in that order. */
function redirectTo(page: PageState, url: string, t: EpochMilliseconds): RequestState | undefined {
  if (page.redirects.length === 0) return undefined;
  page.redirects = page.redirects.filter(({ ended }) => ended !== null && t - ended.t <= FOLLOWED_WITHIN);
  const found = page.redirects.find(({ ended }) => hubUrlOf(ended?.redirectUrl ?? "") === url);
  if (found) page.redirects.splice(page.redirects.indexOf(found), 1);
  return found;
}
