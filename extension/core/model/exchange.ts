/**
 * Clients of one hub that start at the same time can't be distinguished by their traffic. Once a client reports its connection
 * id, the two lanes exchange what was assigned to the wrong one: requests, transports, and their messages.
 */
import { PING } from "../protocol/terms.ts";
import type { AttemptState, Lane, PageState, TransportState } from "./state.ts";
import { negotiatedStateful } from "./stateful.ts";

/** The client of this lane is connected with that id: so the transport belongs to it. */
export function adoptTransport(page: PageState, lane: Lane, connectionId: string): void {
  const transport = page.byConnectionId.get(connectionId);
  if (!transport) return;
  const { lane: from, attempt } = transport;
  if (from !== lane) {
    if (attempt !== null && attempt === from.attempt && lane.attempt !== null)
      exchange(lane, lane.attempt, from, attempt);
    else moveTransport(transport, lane);
    describe(lane);
    describe(from);
  }
  lane.current = transport;
}

function exchange(a: Lane, ofA: AttemptState, b: Lane, ofB: AttemptState): void {
  const begunInA = begunIn(ofA);
  const begunInB = begunIn(ofB);
  hand(begunInA, a, b, ofB);
  hand(begunInB, b, a, ofA);
}

type Begun = Pick<AttemptState, "requests" | "sockets" | "socket" | "failure" | "startedAt" | "outcome">;

const begunIn = ({ requests, sockets, socket, failure, startedAt, outcome }: AttemptState): Begun => ({
  requests,
  sockets,
  socket,
  failure,
  startedAt,
  outcome,
});

function hand(begun: Begun, from: Lane, to: Lane, attempt: AttemptState): void {
  const { page } = from;
  Object.assign(attempt, begun);
  for (const id of begun.requests) {
    const request = page.requests.get(id);
    if (!request) continue;
    from.model.requests = from.model.requests.filter((other) => other !== request);
    to.model.requests.push(request);
    request.lane = to;
    request.attempt = attempt;
  }
  for (const id of begun.sockets) {
    const transport = page.transports.get(id);
    if (!transport) continue;
    moveTransport(transport, to);
    transport.attempt = attempt;
  }
}

function moveTransport(transport: TransportState, to: Lane): void {
  const from = transport.lane;
  from.model.transports = from.model.transports.filter((other) => other !== transport);
  to.model.transports.push(transport);
  transport.lane = to;
  moveMessages(transport, from, to);
  // Readers that keep an index into the lists have to read them again.
  from.model.lateRows++;
  to.model.lateRows++;
}

/** A server may send right after the handshake, before the client is in its Connected state. */
function moveMessages({ socket, from: began }: TransportState, from: Lane, to: Lane): void {
  const { events } = from.page;
  for (const row of from.model.messages.takeOut(socket, began)) {
    to.model.messages.insert(row);
    const message = events.eventOf(row);
    if (message.kind !== "message" || message.counted) continue;
    const { direction, type, size, swallowed } = message;
    for (const [lane, sign] of [
      [from, -1],
      [to, 1],
    ] as const) {
      const total = lane.model.totals[direction];
      if (swallowed) total.swallowed += sign;
      else {
        total.messages += sign;
        total.bytes += sign * size;
        if (type === PING) total.pings += sign;
      }
    }
  }
}

/** Updates what a lane shows from its new requests and transports. */
function describe(lane: Lane): void {
  const { model, page } = lane;
  const own = model.transports.flatMap(({ socket, ghost }) => {
    const transport = page.transports.get(socket);
    return transport && !ghost ? [transport] : [];
  });
  lane.current = own.findLast(({ handshakeAt }) => handshakeAt !== null) ?? null;
  model.connectionId = lane.current?.connectionId ?? null;
  model.transport = own.at(-1)?.transport ?? null;
  model.protocol = own.findLast(({ protocol }) => protocol !== null)?.protocol ?? null;
  const newest = model.requests.findLast(({ ended }) => ended?.connectionId !== undefined);
  if (!model.requests.some(({ started }) => started.askedStatefulReconnect)) model.stateful = null;
  else if (newest)
    negotiatedStateful(lane, newest.started.askedStatefulReconnect, newest.ended?.statefulReconnect === true);
}
