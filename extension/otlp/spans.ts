/**
 * The spans of a hub connection. A trace begins with each transport connection: its calls, and its loss, are under it. Under an interruption
 * are the attempts that failed; the one that succeeded is under the new connection, which has a link to the interruption.
 */
import { verdictOf } from "../core/diagnosis/diagnose.ts";
import type { RequestId, SocketId } from "../core/ids.ts";
import { downtimesOf } from "../core/model/downtimes-of.ts";
import { hubName } from "../core/model/hub-name.ts";
import type {
  AttemptModel,
  Downtime,
  HubConnectionModel,
  RequestModel,
  TransportModel,
} from "../core/model/types.ts";
import type { EpochMilliseconds } from "../core/units.ts";
import { attemptWords } from "../wording/labels.ts";
import { hasRecovered, transportBefore } from "../core/model/recovery.ts";
import {
  connectionAttributes,
  downtimeAttributes,
  hubAttributes,
  serverAttributes,
  transportAttribute,
} from "./hub-attributes.ts";
import { rootOf, spanIdOf } from "./ids.ts";
import { invocationSpan } from "./invocation-span.ts";
import type { Recorded } from "./recorded.ts";
import { CLIENT, INTERNAL, type Span, type SpanId } from "./types.ts";
import { attributes, spanTimes } from "./values.ts";

const connectionSpan = ({ page }: HubConnectionModel, socket: SocketId): SpanId =>
  rootOf(`${page} connection ${socket}`);

/** Under the lost connection, if there was one. */
export function downtimeSpan(
  hub: HubConnectionModel,
  one: Downtime,
): SpanId & { readonly parentSpanId?: string } {
  const before = transportBefore(hub, one);
  const name = `${hub.page} ${one.key}`;
  if (!before || !wasOpen(before)) return rootOf(name);
  const parent = connectionSpan(hub, before.socket);
  return { traceId: parent.traceId, spanId: spanIdOf(name), parentSpanId: parent.spanId };
}

const wasOpen = ({ openedAt, since }: TransportModel): boolean => openedAt !== null || since !== null;

/** @param now until when it was recorded: the end of what goes on */
export function* spansOf(
  hub: HubConnectionModel,
  recorded: Pick<Recorded, "contextOf">,
  now: EpochMilliseconds,
): Generator<Span> {
  const downtimes = downtimesOf(hub);
  const under = new Map(downtimes.flatMap((one) => one.attempts.map((attempt) => [attempt, one] as const)));
  const transports = new Map(hub.transports.map((transport) => [transport.socket, transport]));
  const requests = new Map(hub.requests.map((request) => [request.request, request]));
  const led = new Map<SocketId, AttemptModel>();
  for (const attempt of hub.attempts)
    if (attempt.outcome.kind === "connected" && attempt.socket !== null) led.set(attempt.socket, attempt);

  for (const transport of transports.values()) {
    if (!wasOpen(transport)) continue;
    const attempt = led.get(transport.socket);
    const after = attempt && under.get(attempt);
    yield connection(hub, transport, attempt, after ? [downtimeSpan(hub, after)] : [], now);
  }
  for (const one of downtimes) yield downtime(hub, one, now);
  for (const [index, attempt] of hub.attempts.entries()) {
    if (attempt.startedAt === null) continue;
    const down = under.get(attempt);
    const own = attempt.socket === null ? undefined : transports.get(attempt.socket);
    const isConnected = own !== undefined && wasOpen(own) && led.get(own.socket) === attempt;
    const parent = isConnected ? connectionSpan(hub, own.socket) : down ? downtimeSpan(hub, down) : null;
    const name = `${hub.page} ${hub.key} attempt ${index}`;
    const id = parent
      ? { traceId: parent.traceId, spanId: spanIdOf(name), parentSpanId: parent.spanId }
      : rootOf(name);
    const times = spanTimes(attempt.startedAt, attempt.endedAt ?? now);
    yield { ...attemptSpan(hub, attempt, own), ...id, ...times };
    yield* negotiateSpans(hub, attempt.requests, requests, id, now);
  }
  for (const call of hub.calls) {
    const transport = transports.get(call.socket);
    const root = transport && wasOpen(transport) ? connectionSpan(hub, call.socket) : null;
    const context = recorded.contextOf(hub.page, call);
    yield invocationSpan({ hub, call, transport, root, context, now });
  }
}

function connection(
  hub: HubConnectionModel,
  transport: TransportModel,
  attempt: AttemptModel | undefined,
  links: readonly SpanId[],
  now: EpochMilliseconds,
): Span {
  const { closed, from, since, until } = transport;
  const isLost = closed !== null && !closed.wasClean && !closed.untold;
  return {
    ...connectionSpan(hub, transport.socket),
    name: `connection ${hubName(hub)}`,
    kind: CLIENT,
    ...spanTimes(since ?? attempt?.startedAt ?? from, closed?.t ?? until ?? now),
    attributes: attributes({
      ...connectionAttributes(hub, transport),
      "signalr.connection.status": closed?.code === 1000 && closed.wasClean ? "normal_closure" : null,
      "hubscope.open_at_end": closed === null ? true : null,
    }),
    ...(links.length === 0 ? {} : { links: links.map(({ traceId, spanId }) => ({ traceId, spanId })) }),
    status: { code: isLost ? 2 : 0 },
  };
}

function downtime(hub: HubConnectionModel, one: Downtime, now: EpochMilliseconds): Span {
  return {
    ...downtimeSpan(hub, one),
    name: `${one.kind === "interruption" ? "interruption" : "failed start"} ${hubName(hub)}`,
    kind: INTERNAL,
    ...spanTimes(one.from, one.until ?? now),
    attributes: attributes(downtimeAttributes(hub, one)),
    status: hasRecovered(one) ? { code: 0 } : { code: 2, message: verdictOf(one).title },
  };
}

type Timeless = Omit<Span, "traceId" | "spanId" | "startTimeUnixNano" | "endTimeUnixNano">;

function attemptSpan(
  hub: HubConnectionModel,
  { outcome, number, origin, planned }: AttemptModel,
  transport: TransportModel | undefined,
): Timeless {
  const { text } = attemptWords(outcome);
  const isFailed = outcome.kind !== "connected" && outcome.kind !== "running" && outcome.kind !== "waiting";
  return {
    name: `attempt ${number} ${hubName(hub)}`,
    kind: INTERNAL,
    attributes: attributes({
      ...hubAttributes(hub),
      ...transportAttribute(transport?.transport ?? null),
      "hubscope.attempt.origin": origin,
      "hubscope.attempt.number": number,
      "hubscope.attempt.planned_delay_ms": planned,
      "hubscope.attempt.outcome": outcome.kind,
      "error.type": isFailed ? outcome.kind : null,
    }),
    status: isFailed ? { code: 2, message: text } : { code: 0 },
  };
}

function* negotiateSpans(
  hub: HubConnectionModel,
  ids: readonly RequestId[],
  requests: ReadonlyMap<RequestId, RequestModel>,
  parent: SpanId,
  now: EpochMilliseconds,
): Generator<Span> {
  for (const id of ids) {
    const request = requests.get(id);
    if (!request) continue;
    const { started, ended } = request;
    const status = ended?.status ?? null;
    const isFailed = ended !== null && (status === null || status >= 400);
    yield {
      traceId: parent.traceId,
      spanId: spanIdOf(`${hub.page} negotiate ${id}`),
      parentSpanId: parent.spanId,
      name: "POST negotiate",
      kind: CLIENT,
      ...spanTimes(started.t, ended?.t ?? now),
      attributes: attributes({
        ...hubAttributes(hub),
        ...serverAttributes(started.url),
        "http.request.method": "POST",
        "http.response.status_code": status,
        "hubscope.connection_id": ended?.connectionId,
        "error.type": isFailed ? String(status ?? "no_answer") : null,
      }),
      status: isFailed ? { code: 2, ...(ended.error ? { message: ended.error } : {}) } : { code: 0 },
    };
  }
}
