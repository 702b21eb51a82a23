/**
 * The names of all attributes that Hubscope writes: those of OpenTelemetry's semantic conventions, where there are any, and our own, which
 * begin with "hubscope.". docs/opentelemetry.md describes each of them.
 */
export const ATTRIBUTE_NAMES = [
  "service.name",
  "service.instance.id",
  "telemetry.sdk.name",
  "telemetry.sdk.language",
  "telemetry.sdk.version",
  "user_agent.original",
  "hubscope.page.url",
  "hubscope.page.worker",

  "signalr.transport",
  "signalr.connection.status",
  "server.address",
  "server.port",
  "url.full",
  "http.request.method",
  "http.response.status_code",
  "rpc.system",
  "rpc.service",
  "rpc.method",
  "error.type",

  "hubscope.hub",
  "hubscope.connection_id",
  "hubscope.connection_id.before",
  "hubscope.connection_id.after",
  "hubscope.close_code",
  "hubscope.close_reason",
  "hubscope.client_version",
  "hubscope.protocol",
  "hubscope.open_at_end",

  "hubscope.kind",
  "hubscope.cause",
  "hubscope.confidence",
  "hubscope.source",
  "hubscope.evidence",
  "hubscope.ruled_out",
  "hubscope.reconnect_prevented_by",
  "hubscope.outcome",
  "hubscope.outcome_text",
  "hubscope.recovered",
  "hubscope.injected",
  "hubscope.attempts",
  "hubscope.attempt.number",
  "hubscope.attempt.origin",
  "hubscope.attempt.outcome",
  "hubscope.attempt.planned_delay_ms",

  "hubscope.direction",
  "hubscope.invocation_id",
  "hubscope.stream_items",

  "hubscope.navigation",
  "hubscope.was_discarded",
  "hubscope.back_forward_cache",
  "hubscope.duration_ms",
  "hubscope.fault",
  "hubscope.fault.target",
  "hubscope.fault.end",
] as const;

export type AttributeName = (typeof ATTRIBUTE_NAMES)[number];
