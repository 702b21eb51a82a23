/** Where a collector is: the base address, as OTEL_EXPORTER_OTLP_ENDPOINT has it (https://opentelemetry.io/docs/specs/otel/protocol/exporter/). */
import type { OtlpSignal } from "../types.ts";

export interface Endpoint {
  urlOf(signal: OtlpSignal): string;
  /** Without a query, which may have a key in it. */
  shownOf(signal: OtlpSignal): string;
  /** 4317 is for gRPC by convention; over HTTP it is 4318. */
  readonly hasGrpcPort: boolean;
}

/** @returns a text: what is wrong with it */
export function readEndpoint(text: string): Endpoint | string {
  const url = parsed(text.trim());
  if (!url || !/^https?:$/.test(url.protocol))
    return "it must be an address that begins with http:// or https://, such as http://localhost:4318";
  if (url.username !== "" || url.password !== "")
    return "it may have no user name and no password in it: send them as a header";
  const shownOf = (signal: OtlpSignal): string => addressOf(url, signal);
  return {
    shownOf,
    urlOf: (signal) => `${shownOf(signal)}${url.search}`,
    hasGrpcPort: url.port === "4317",
  };
}

/** Without the query. */
export function addressOf({ origin, pathname }: URL, signal: OtlpSignal): string {
  // A whole address is often at hand: it is that of one signal.
  const base = pathname.replace(/\/+$/, "").replace(/\/v1\/(?:traces|logs|metrics)$/, "");
  return `${origin}${base}/v1/${signal}`;
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
