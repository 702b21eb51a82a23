/** What the browser tells of requests and of the computer, and which request it is about. */
import type { BrowserEvent, PolicyViolated, RequestSeen, TokenRefreshed } from "../events/browser-events.ts";
import { addressOf, hubUrlOf } from "../protocol/addresses.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { restateNegotiate } from "./negotiate-events.ts";
import { finishAttempt } from "./attempts.ts";
import { failOnWire } from "./fallback.ts";
import type { Lane, PageState, TransportState } from "./state.ts";
import { restateFailure } from "./transport-events.ts";
import type { AttemptOutcome, HubConnectionModel, SeenRequest } from "./types.ts";

const MAX_NOTED = 100;

function note<T>(list: T[], one: T): void {
  list.push(one);
  if (list.length > MAX_NOTED) list.shift();
}

export function onBrowserEvent(page: PageState, event: BrowserEvent): void {
  switch (event.kind) {
    case "negotiate-timing": {
      const request = page.requests.get(event.request);
      if (request) request.timing = event;
      return;
    }
    case "refresh":
      onRefresh(page, event);
      return;
    case "request-seen":
      onRequestSeen(page, event);
      return;
    case "policy-violation":
      onViolation(page, event);
      return;
    case "clock-jump":
      note(page.model.clockJumps, { since: event.since, t: event.t, by: event.by });
      return;
    case "network-type":
      note(page.model.networkTypes, { t: event.t, from: event.from, to: event.to });
      return;
  }
}

/** The new token belongs to the connection of that negotiate, whatever transport it has. */
function onRefresh(page: PageState, event: TokenRefreshed): void {
  const lane = page.requests.get(event.request)?.lane;
  if (lane) note(lane.model.refreshes, event);
  const transport = page.byRequest.get(event.request);
  if (transport && event.tokenLifetime !== undefined)
    transport.tokenExpiresAt = event.t + event.tokenLifetime;
}

function onRequestSeen(page: PageState, event: RequestSeen): void {
  const { kind: _kind, seq: _seq, t: _t, request: id, socket, ...seen } = event;
  const request = id === undefined ? undefined : page.requests.get(id);
  if (request) {
    request.seen = seen;
    restateNegotiate(request);
  }
  const transport = socket === undefined ? undefined : page.transports.get(socket);
  if (transport && decides(transport, seen)) {
    transport.seen = seen;
    restateFailure(transport);
  }
}

/** A connection that the page itself has closed, or that has lost one POST, isn't judged by that. */
const decides = ({ closingByPage, transport }: TransportState, { method }: SeenRequest): boolean =>
  closingByPage === null && transport !== "WebSockets" && method === "GET";

/** The event comes just before or after the page is told that its request failed. */
const TOLD_WITHIN: Milliseconds = 1_000;

/** Limits the search: of a page with more connections only the newest ones are compared. */
const MAX_LANES = 50;

function onViolation(page: PageState, event: PolicyViolated): void {
  const { url, directive, t } = event;
  const address = addressOf(url);
  const lanes = page.lanes.slice(-MAX_LANES).reverse();
  for (const { model } of lanes) {
    const transport = page.transports.get(model.transports.at(-1)?.socket ?? -1);
    if (
      transport &&
      addressOf(transport.url) === address &&
      transport.openedAt === null &&
      isFresh(transport.closed, t)
    ) {
      transport.blockedBy = directive;
      restateFailure(transport);
      return;
    }
    const request = page.requests.get(model.requests.at(-1)?.request ?? -1);
    if (
      request &&
      addressOf(request.started.url) === address &&
      (request.ended?.status ?? null) === null &&
      isFresh(request.ended, t)
    ) {
      request.blockedBy = directive;
      restateNegotiate(request);
      return;
    }
  }
  if (!/^wss?:/i.test(url)) return;
  const outcome = {
    kind: "socket-failed",
    transport: "WebSockets",
    code: null,
    blockedBy: directive,
  } as const;
  for (const lane of lanes)
    if (connectsTo(lane.model, address) && blockWithoutSocket(lane, outcome, t)) return;
}

/**
 * Firefox throws from `new WebSocket`, so there is no socket; and a client that skips the negotiate has none that is recognised.
 * @returns whether its newest attempt can have been that
 */
function blockWithoutSocket(lane: Lane, outcome: AttemptOutcome, t: EpochMilliseconds): boolean {
  const { attempt, hub, page } = lane;
  const request = page.requests.get(lane.model.requests.at(-1)?.request ?? -1);
  if (!attempt) {
    // The client was told first.
    const newest = request?.attempt ?? lane.newest;
    if (newest?.outcome.kind !== "not-sent" || !isFresh({ t: newest.endedAt ?? 0 }, t)) return false;
    newest.outcome = outcome;
    return true;
  }
  attempt.failure = { outcome, t };
  // Without the probe nothing else tells that it has ended, unless the client has gone on to the next transport.
  if (hub !== null || request?.ended?.connectionId === undefined) return true;
  page.unfollowed = page.unfollowed.filter((one) => one !== request);
  finishAttempt(lane, outcome, t);
  if (!lane.interruption) failOnWire(lane, t);
  return true;
}

/** Its own address, or the one to which its negotiate led. */
const connectsTo = ({ url, requests }: HubConnectionModel, address: string): boolean =>
  url === hubUrlOf(address) || hubUrlOf(requests.at(-1)?.started.url ?? "") === hubUrlOf(address);

const isFresh = (ended: { readonly t: EpochMilliseconds } | null, t: EpochMilliseconds): boolean =>
  ended === null || t - ended.t < TOLD_WITHIN;
