/** What telemetry is made with: the page's options and what is the same for all of it. */
import type { MonitorOptions, MonitorSignal } from "../api.ts";
import { newPageId } from "../../../extension/messages/page-id.ts";
import { anyValue, attributes } from "../../../extension/otlp/values.ts";
import type { AttributeName } from "../../../extension/otlp/attribute-names.ts";
import type { KeyValue, Resource } from "../../../extension/otlp/types.ts";
import { browserNameOf } from "./browser-name.ts";
import { hubPathOf } from "./hub-path.ts";

export interface TelemetrySettings {
  /** A random id of this document, of which ids of traces are made. Nobody is known by it: the next page has another one. */
  readonly page: string;
  readonly version: string;
  /** The sampling rate, on all that is sent: each one stands for `1 / rate` of them. */
  readonly rate: KeyValue;
  readonly connectionIds: boolean;
  readonly signals: readonly MonitorSignal[];
  /** Metrics are added up over all pages: theirs doesn't name the page. */
  readonly resources: Readonly<Record<MonitorSignal, Resource>>;
  hubPath(url: string): string;
}

const SAMPLE_RATE: AttributeName = "hubscope.sample_rate";
const BOTH: readonly MonitorSignal[] = ["traces", "metrics"];

export function readSettings(options: MonitorOptions, version: string): TelemetrySettings {
  const { serviceName, serviceVersion, signals, sampleRate, connectionIds = false, hubPath } = options;
  const page = newPageId();
  const browser = browserNameOf(navigator.userAgent);
  const own = Object.entries(options.attributes ?? {}).map(([key, value]) => ({
    key,
    value: anyValue(value),
  }));
  const shared = {
    "service.name": serviceName ?? location.host,
    "service.version": serviceVersion,
    "telemetry.sdk.name": "hubscope",
    "telemetry.sdk.language": "webjs",
    "telemetry.sdk.version": version,
    "user_agent.name": browser.name,
    "user_agent.version": browser.version,
  };
  return {
    ...{ page, version, connectionIds },
    // Always as a double: 1 would be an integer, and 0.5 not.
    rate: { key: SAMPLE_RATE, value: { doubleValue: sampleRate } },
    signals: BOTH.filter((signal) => signals?.includes(signal) ?? true),
    resources: {
      traces: { attributes: [...attributes({ ...shared, "service.instance.id": page }), ...own] },
      metrics: { attributes: [...attributes(shared), ...own] },
    },
    hubPath: (url) => hubPathOf(url, hubPath),
  };
}
