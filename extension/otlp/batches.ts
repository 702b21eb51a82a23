/**
 * A recording as OTLP requests of limited size: what a file has in its lines is what a collector gets over HTTP. Pure: who sends them, and
 * how, is decided elsewhere.
 */
import type { PageModel } from "../core/model/types.ts";
import { hostOf } from "../core/protocol/addresses.ts";
import { logsOf } from "./logs.ts";
import { metricsOf } from "./metrics.ts";
import type { Recorded } from "./recorded.ts";
import { spansOf } from "./spans.ts";
import type { Metric, OtlpBatch, OtlpSignal, Resource, Scope, Span } from "./types.ts";
import { attributes } from "./values.ts";

/** Spans, log records or metrics of one request. Collectors accept some megabytes. */
const MOST = 512;

export interface OtlpOptions {
  /** The version that makes them. */
  readonly hubscope: string;
  readonly signals: readonly OtlpSignal[];
  /** What the service is called; the page's host when absent. */
  readonly service?: string;
}

export function* otlpBatches(
  recorded: Recorded,
  { hubscope, signals, service }: OtlpOptions,
): Generator<OtlpBatch> {
  const scope: Scope = { name: "hubscope", version: hubscope };
  const { model, urls } = recorded;
  for (const page of model.pages) {
    const resource = resourceOf(page, urls.get(page.id) ?? "", hubscope, service);
    if (signals.includes("traces"))
      for (const records of inBatches(allSpans(page, recorded)))
        yield { signal: "traces", resource, scope, records };
    if (signals.includes("logs"))
      for (const records of inBatches(logsOf(page))) yield { signal: "logs", resource, scope, records };
    if (signals.includes("metrics"))
      for (const records of inBatches(allMetrics(page)))
        yield { signal: "metrics", resource, scope, records };
  }
}

function* allSpans(page: PageModel, recorded: Recorded): Generator<Span> {
  for (const hub of page.hubs) yield* spansOf(hub, recorded, page.lastSeen);
}

function* allMetrics(page: PageModel): Generator<Metric> {
  const range = { from: page.started?.t ?? page.lastSeen, to: page.lastSeen };
  for (const hub of page.hubs) yield* metricsOf(hub, range);
}

function* inBatches<T>(items: Iterable<T>): Generator<readonly T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < MOST) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The page is what the telemetry is about: a service is named after its host. */
function resourceOf(
  { id, started }: PageModel,
  pageUrl: string,
  hubscope: string,
  service: string | undefined,
): Resource {
  const url = started?.url ?? pageUrl;
  return {
    attributes: attributes({
      "service.name": service ?? (hostOf(url) || "unknown_service"),
      "service.instance.id": id,
      "telemetry.sdk.name": "hubscope",
      "telemetry.sdk.language": "webjs",
      "telemetry.sdk.version": hubscope,
      "user_agent.original": started?.userAgent,
      "hubscope.page.url": url,
      "hubscope.page.worker": started?.worker,
    }),
  };
}
