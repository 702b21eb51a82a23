/** A span for each connection and for each interruption or failed start. A lost connection's interruptions are in its trace. */
import type { Knowledge } from "../../../extension/core/model/types.ts";
import { hubUrlOf } from "../../../extension/core/protocol/addresses.ts";
import type { SocketId } from "../../../extension/core/ids.ts";
import type { TransportName } from "../../../extension/core/protocol/terms.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import { rootOf, spanIdOf } from "../../../extension/otlp/ids.ts";
import { CLIENT, INTERNAL, type KeyValue, type Span } from "../../../extension/otlp/types.ts";
import { attributes, spanTimes, type Attributes } from "../../../extension/otlp/values.ts";
import type { Trouble } from "../judge/trouble.ts";
import type { Connection, ConnectionEnd } from "./connections.ts";
import type { TelemetrySettings } from "./settings.ts";

export const TRANSPORT: Readonly<Record<TransportName, string>> = {
  WebSockets: "web_sockets",
  ServerSentEvents: "server_sent_events",
  LongPolling: "long_polling",
};

const SOURCE: Readonly<Record<Knowledge, string>> = {
  client: "reported by client",
  wire: "inferred from wire",
  page: "reported by page",
  network: "reported by network",
};

/** In place of a cause: the script that finds causes was not there. */
const NOT_JUDGED = "not-judged";

type Shared = Pick<TelemetrySettings, "page" | "rate" | "connectionIds" | "hubPath">;

const rootFor = ({ page }: Shared, socket: SocketId) => rootOf(`${page} connection ${socket}`);

/** @param end null: it was open when the page was left */
export function connectionSpan(
  { socket, url, transport, from, protocol, connectedAt, connectionId }: Connection,
  end: ConnectionEnd | null,
  now: EpochMilliseconds,
  settings: Shared,
): Span {
  const hub = settings.hubPath(hubUrlOf(url));
  return {
    ...rootFor(settings, socket),
    name: `connection ${hub}`,
    kind: CLIENT,
    ...spanTimes(from, end?.t ?? now),
    attributes: withRate(settings, {
      "hubscope.hub": hub,
      "signalr.transport": TRANSPORT[transport],
      "server.address": hostOf(url),
      "hubscope.protocol": knownProtocol(protocol),
      "hubscope.connect_duration_ms":
        connectedAt === null ? null : Math.max(0, Math.round(connectedAt - from)),
      "hubscope.connection_id": settings.connectionIds ? connectionId : null,
      "hubscope.close_code": end?.code,
      "hubscope.open_at_end": end === null ? true : null,
    }),
    status: { code: end?.isLost ? 2 : 0 },
  };
}

export function troubleSpan(trouble: Trouble, now: EpochMilliseconds, settings: Shared): Span {
  const { kind, key, hubUrl, from, until, outcome, recovered, verdict, attempts, socket } = trouble;
  const hub = settings.hubPath(hubUrl);
  const root = socket === null ? null : rootFor(settings, socket);
  const name = `${settings.page} ${key} ${from}`;
  return {
    ...(root ? { traceId: root.traceId, spanId: spanIdOf(name), parentSpanId: root.spanId } : rootOf(name)),
    name: `${kind === "interruption" ? "interruption" : "failed start"} ${hub}`,
    kind: INTERNAL,
    ...spanTimes(from, until ?? now),
    attributes: withRate(settings, {
      "hubscope.hub": hub,
      "server.address": hostOf(hubUrl),
      "hubscope.kind": kind,
      "error.type": verdict?.cause ?? NOT_JUDGED,
      ...causeAttributes(trouble),
      "hubscope.source": verdict && SOURCE[verdict.knowledge],
      "http.response.status_code": verdict?.status,
      "hubscope.outcome": outcome,
      "hubscope.recovered": recovered,
      "hubscope.open_at_end": until === null ? true : null,
      "hubscope.attempts": attempts,
      "hubscope.hidden": verdict?.hidden,
      "hubscope.client_version": numbersOf(verdict?.clientVersion),
      "hubscope.connection_id.before": settings.connectionIds ? verdict?.connectionIds.before : null,
      "hubscope.connection_id.after": settings.connectionIds ? verdict?.connectionIds.after : null,
    }),
    status: { code: recovered ? 0 : 2 },
  };
}

export const causeAttributes = ({ verdict }: Trouble): Attributes => ({
  "hubscope.cause": verdict?.cause ?? NOT_JUDGED,
  "hubscope.confidence": verdict?.confidence,
  "hubscope.reconnect_prevented_by": verdict?.obstacle,
});

const withRate = ({ rate }: Shared, values: Attributes): readonly KeyValue[] => [...attributes(values), rate];

/** Without user, password and port. */
const hostOf = (url: string): string | null =>
  /^\w+:\/\/(?:[^/?#]*@)?(\[[^\]]*\]|[^/?#:]+)/.exec(url)?.[1] ?? null;

const PROTOCOLS = ["json", "messagepack", "blazorpack"];
/** An app may have a protocol of its own, whose name is its business. */
const knownProtocol = (name: string | undefined): string | undefined =>
  name === undefined || PROTOCOLS.includes(name) ? name : "other";

/** The beginning of a version. */
const numbersOf = (version: string | null | undefined): string | undefined =>
  /^\d{1,4}\.\d{1,4}\.\d{1,6}/.exec(version ?? "")?.[0];
