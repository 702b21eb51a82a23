/** A call that expects an answer, as a span. Its names are those of the spans of ASP.NET Core's own client and server. */
import type { CallModel, HubConnectionModel, TransportModel } from "../core/model/types.ts";
import type { EpochMilliseconds } from "../core/units.ts";
import { FATE_WORD } from "../wording/labels.ts";
import type { TraceContext } from "../core/events/trace-context.ts";
import { hubAttributes, serverAttributes, serviceName, transportAttribute } from "./hub-attributes.ts";
import { rootOf, spanIdOf } from "./ids.ts";
import { CLIENT, SERVER, type Span, type SpanId } from "./types.ts";
import { attributes, spanTimes } from "./values.ts";

interface Invocation {
  readonly hub: HubConnectionModel;
  readonly call: CallModel;
  readonly transport: TransportModel | undefined;
  /** The span of its connection. */
  readonly root: SpanId | null;
  /** What it carries in its headers. */
  readonly context: TraceContext | null;
  readonly now: EpochMilliseconds;
}

export function invocationSpan({ hub, call, transport, root, context, now }: Invocation): Span {
  const { fate, target, direction, sentAt, endedAt, invocationId } = call;
  const isFailed = fate === "failed" || fate === "lost";
  const name = `${hub.page} call ${call.socket} ${direction} ${invocationId} ${sentAt}`;
  return {
    ...placeOf(name, root, context),
    name: `${serviceName(hub)}/${target}`,
    kind: direction === "out" ? CLIENT : SERVER,
    ...spanTimes(sentAt, endedAt ?? (fate === "pending" ? now : sentAt)),
    attributes: attributes({
      ...hubAttributes(hub),
      ...transportAttribute(transport?.transport ?? null),
      ...serverAttributes(hub.url),
      "rpc.system": "signalr",
      "rpc.service": serviceName(hub),
      "rpc.method": target,
      "hubscope.connection_id": transport?.connectionId,
      "hubscope.invocation_id": invocationId,
      "hubscope.outcome": FATE_WORD[fate],
      "hubscope.stream_items": call.stream ? call.items : null,
      "error.type": isFailed ? (fate === "lost" ? "connection_lost" : "hub_error") : null,
    }),
    status: { code: isFailed ? 2 : 0 },
  };
}

/** Where a call carries a trace context, it belongs to the app's own trace. */
function placeOf(
  name: string,
  root: SpanId | null,
  context: TraceContext | null,
): Pick<Span, "traceId" | "spanId" | "parentSpanId" | "links"> {
  const spanId = spanIdOf(name);
  if (context)
    return {
      traceId: context.traceId,
      spanId,
      parentSpanId: context.spanId,
      ...(root ? { links: [root] } : {}),
    };
  return root ? { traceId: root.traceId, spanId, parentSpanId: root.spanId } : rootOf(name);
}
