/**
 * What is known of a page at one moment of its recording, as the events of a recording that begins then: the page, its running
 * faults, its HubConnections and its open connections, in the order in which the hook tells them.
 */
import type {
  FaultBegan,
  HubFound,
  HubStateChanged,
  NegotiateEnded,
  NegotiateStarted,
  PageLifecycle,
  PageStarted,
  RecordedEvent,
  SocketConnecting,
} from "../core/events/events.ts";
import type { FaultId, HubId, RequestId, SocketId } from "../core/ids.ts";
import { tokenEndOf } from "../core/model/browser-events.ts";
import { omitUndefined } from "../core/omit-undefined.ts";
import { hubUrlOf } from "../core/protocol/addresses.ts";
import type { EpochMilliseconds, Milliseconds } from "../core/units.ts";
import { leaves } from "./leaves.ts";

/** A negotiate without an answer for so long won't get one: browsers give up sooner. */
const LONGEST_NEGOTIATE: Milliseconds = 5 * 60_000;

interface OpenSocket {
  readonly event: SocketConnecting;
  connectionId: string | undefined;
  protocol: string | undefined;
  readonly tokenExpiresAt: EpochMilliseconds | undefined;
  state: "connecting" | "open" | "connected";
}

/** What a negotiate tells of its connection. */
interface Agreed {
  connectionId?: string;
  protocol?: string;
  tokenExpiresAt?: EpochMilliseconds;
}

/** Running, or answered for a connection that isn't there yet. */
interface KnownNegotiate {
  readonly started: NegotiateStarted;
  ended: NegotiateEnded | null;
}

interface KnownHub {
  event: HubFound;
  readonly state: HubFound["state"];
}

export interface PageSoFar {
  /** The page was left, or its recording has ended. */
  readonly isLeft: boolean;
  add(event: RecordedEvent): void;
  /** @param seq of the event that follows, whose number is larger than those of all that were added */
  asFound(seq: number, t: EpochMilliseconds): RecordedEvent[];
}

export function createPageSoFar(): PageSoFar {
  let started: PageStarted | null = null;
  let frozen: PageLifecycle | null = null;
  let isLeft = false;
  const faults = new Map<FaultId, FaultBegan>();
  const hubs = new Map<HubId, KnownHub>();
  const sockets = new Map<SocketId, OpenSocket>();
  const negotiates = new Map<RequestId, KnownNegotiate>();
  /** A stateful reconnect uses the id and the protocol of the connection that it resumes. */
  const agreed = new Map<RequestId, Agreed>();

  const agreedFor = (request: RequestId) => {
    const known = agreed.get(request) ?? {};
    agreed.set(request, known);
    return known;
  };

  const addSocket = (event: SocketConnecting): void => {
    const known = event.request === undefined ? undefined : agreed.get(event.request);
    sockets.set(event.socket, {
      event,
      connectionId: event.connectionId ?? known?.connectionId,
      protocol: event.protocol ?? known?.protocol,
      // Long polling sends it in a header, like the negotiate.
      tokenExpiresAt: event.tokenExpiresAt ?? known?.tokenExpiresAt,
      state: event.already ?? "connecting",
    });
  };

  /** A HubConnection that was lost is forgotten once the app has created another one in its place. */
  const addHub = (event: HubFound): void => {
    for (const [id, { event: other, state }] of hubs)
      if (other.url === event.url && state === "Disconnected") hubs.delete(id);
    hubs.set(event.hub, { event, state: event.state });
  };

  const changeHub = (event: HubStateChanged): void => {
    const known = hubs.get(event.hub);
    if (!known) return;
    const { connectionId, serverTimeout, keepAliveInterval, to } = event;
    const changed = omitUndefined({ connectionId, serverTimeout, keepAliveInterval });
    hubs.set(event.hub, { event: { ...known.event, ...changed }, state: to });
    if (to === "Disconnected") forgetAnswered(known.event);
  };

  /** With it goes the oldest one that was redirected to its address. */
  const forgetNegotiate = (request: RequestId | undefined): void => {
    const known = request === undefined ? undefined : negotiates.get(request);
    if (!known) return;
    negotiates.delete(known.started.request);
    const url = hubUrlOf(known.started.url);
    for (const [id, { ended }] of negotiates)
      if (ended?.redirectUrl !== undefined && hubUrlOf(ended.redirectUrl) === url) {
        negotiates.delete(id);
        return;
      }
  };

  /** The client has given up what it had negotiated. */
  const forgetAnswered = ({ url }: HubFound): void => {
    for (const [id, { started, ended }] of negotiates)
      if (ended && hubUrlOf(started.url) === hubUrlOf(url)) forgetNegotiate(id);
  };

  const beginNegotiate = (event: NegotiateStarted): void => {
    const { request, tokenExpiresAt } = event;
    negotiates.set(request, { started: event, ended: null });
    if (tokenExpiresAt !== undefined) agreedFor(request).tokenExpiresAt = tokenExpiresAt;
  };

  const endNegotiate = (event: NegotiateEnded): void => {
    const { request, connectionId, redirectUrl } = event;
    const tokenEnd = tokenEndOf(event);
    if (tokenEnd !== null) agreedFor(request).tokenExpiresAt ??= tokenEnd;
    const known = negotiates.get(request);
    if (known) known.ended = event;
    if (connectionId !== undefined) agreedFor(request).connectionId = connectionId;
    else if (redirectUrl === undefined) forgetNegotiate(request);
  };

  const used = (socket: SocketId): void => {
    const open = sockets.get(socket);
    if (!open) return;
    open.state = "connected";
    forgetNegotiate(open.event.request);
  };

  const closed = (socket: SocketId): void => {
    forgetNegotiate(sockets.get(socket)?.event.request);
    sockets.delete(socket);
  };

  const add = (event: RecordedEvent): void => {
    isLeft = leaves(event) ?? isLeft;
    switch (event.kind) {
      case "page":
        started = event;
        return;
      case "visibility":
        if (started && event.fault === undefined) started = { ...started, visible: event.visible };
        return;
      case "online":
        if (started && event.fault === undefined) started = { ...started, online: event.online };
        return;
      case "lifecycle":
        if (event.phase === "freeze") frozen = event;
        else if (event.phase === "resume") frozen = null;
        return;
      case "fault":
        faults.set(event.fault, event);
        return;
      case "fault-ended":
        faults.delete(event.fault);
        return;
      case "negotiate":
        beginNegotiate(event);
        return;
      case "negotiate-ended":
        endNegotiate(event);
        return;
      case "socket":
        addSocket(event);
        return;
      case "socket-opened": {
        const open = sockets.get(event.socket);
        if (open?.state === "connecting") open.state = "open";
        return;
      }
      case "handshake": {
        const open = sockets.get(event.socket);
        if (!open) return;
        if (event.direction === "in") {
          if (event.error === undefined) used(event.socket);
          return;
        }
        open.protocol = event.protocol;
        if (open.event.request !== undefined && event.protocol !== undefined)
          agreedFor(open.event.request).protocol = event.protocol;
        return;
      }
      case "message":
      case "counts":
        // A connection that is resumed has no handshake.
        used(event.socket);
        return;
      case "socket-closing":
      case "socket-closed":
        // For the client it is closed as soon as it closes it: the close event may come much later, or never.
        closed(event.socket);
        return;
      case "hub":
        addHub(event);
        return;
      case "hub-state":
        changeHub(event);
        return;
      // Over when it is recorded, or known of what is told above.
      case "app-mistake":
      case "call-site":
      case "circuit-error":
      case "circuit-left":
      case "circuit":
      case "clock-jump":
      case "doctor-connect":
      case "doctor-ended":
      case "doctor-negotiate":
      case "doctor-resume":
      case "doctor-size":
      case "doctor-stay":
      case "doctor-sticky":
      case "doctor-tries":
      case "doctor":
      case "dropped":
      case "hub-lost":
      case "legacy":
      case "long-task":
      case "negotiate-timing":
      case "network-type":
      case "policy-violation":
      case "reconnect-ui":
      case "recording-ended":
      case "refresh":
      case "request-seen":
      case "retry":
      case "still-open":
      case "transport-request":
      case "upgrade":
      case "worker-connection":
        return;
    }
  };

  const asFound = (seq: number, t: EpochMilliseconds): RecordedEvent[] => {
    const events: RecordedEvent[] = [
      ...(started ? [{ ...started, t, midway: true } as const] : []),
      ...(frozen ? [{ ...frozen, t }] : []),
      ...[...faults.values()].map((fault) => ({ ...fault, t })),
      ...[...hubs.values()].map(({ event, state = "Disconnected" }) => ({ ...event, t, state })),
      // With their own times: they say how long the answer took.
      ...[...negotiates.values()]
        .filter(({ started }) => t - started.t < LONGEST_NEGOTIATE)
        .flatMap(({ started, ended }) => (ended ? [started, ended] : [started])),
      ...[...sockets.values()].map((open) => socketAsFound(open, t)),
    ];
    return events.map((event, i) => ({ ...event, seq: seq - events.length + i }));
  };

  return {
    get isLeft() {
      return isLeft;
    },
    add,
    asFound,
  };
}

function socketAsFound(
  { event, connectionId, protocol, tokenExpiresAt, state }: OpenSocket,
  t: EpochMilliseconds,
): SocketConnecting {
  return {
    ...event,
    ...{ t, already: state, since: event.since ?? event.t },
    ...omitUndefined({
      connectionId,
      tokenExpiresAt,
      protocol: state === "connected" ? protocol : undefined,
    }),
  };
}
