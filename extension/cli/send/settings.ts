/** Where to send, and how: options of the command, and OpenTelemetry's environment variables, which they override. */
import { readEndpoint, type Endpoint } from "../../otlp/send/endpoint.ts";
import { readHeader, readHeaderList, type ReadHeaders } from "../../otlp/send/headers.ts";
import { SIGNALS } from "../../otlp/send/read-order.ts";
import { USUAL_LIMITS, type SendLimits } from "../../otlp/send/limits.ts";
import type { OtlpSignal } from "../../otlp/types.ts";
import type { Context } from "../context.ts";
import { usageError } from "../exit.ts";
import { note } from "../terminal.ts";

export interface SendOptions {
  readonly endpoint?: string;
  readonly header?: readonly string[];
  readonly signal?: string;
  readonly service?: string;
  readonly from?: string;
  readonly to?: string;
  readonly replace?: string;
}

export interface SendSettings {
  readonly endpoint: Endpoint;
  readonly headers: ReadHeaders;
  readonly signals: readonly OtlpSignal[];
  readonly limits: Partial<SendLimits>;
  readonly gzip: boolean;
}

const ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
const HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
const TIMEOUT = "OTEL_EXPORTER_OTLP_TIMEOUT";
const COMPRESSION = "OTEL_EXPORTER_OTLP_COMPRESSION";

export function readSettings({ endpoint, header = [], signal }: SendOptions, context: Context): SendSettings {
  const { env } = context;
  return {
    endpoint: endpointOf(endpoint, env),
    headers: { ...headersIn(context), ...Object.assign({}, ...header.map(headerOf)) } as ReadHeaders,
    signals: signalsOf(signal),
    limits: limitsIn(context),
    gzip: isCompressed(context),
  };
}

function endpointOf(option: string | undefined, env: Context["env"]): Endpoint {
  const given = option ?? env[ENDPOINT] ?? "";
  if (given.trim() === "")
    throw usageError(
      `where to? Name a collector with --endpoint, such as http://localhost:4318, or in ${ENDPOINT}.`,
    );
  const endpoint = readEndpoint(given);
  if (typeof endpoint === "string")
    throw usageError(`${option === undefined ? ENDPOINT : "--endpoint"}: ${endpoint}.`);
  return endpoint;
}

function headerOf(text: string): ReadHeaders {
  const header = readHeader(text);
  if (typeof header === "string") throw usageError(`--header: ${header}.`);
  return header;
}

/** As the specification wants it, what can't be used in the environment is ignored with a warning. */
function headersIn(context: Context): ReadHeaders {
  const headers = readHeaderList(context.env[HEADERS] ?? "");
  if (typeof headers !== "string") return headers;
  note(context, `${HEADERS} is ignored: ${headers}.`);
  return {};
}

function limitsIn(context: Context): Partial<SendLimits> {
  const text = (context.env[TIMEOUT] ?? "").trim();
  if (text === "") return {};
  const request = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (request > 0) return { request, total: Math.max(request, USUAL_LIMITS.total) };
  note(context, `${TIMEOUT} is ignored: it is a number of milliseconds.`);
  return {};
}

function isCompressed(context: Context): boolean {
  const text = (context.env[COMPRESSION] ?? "").trim();
  if (!["", "none", "gzip"].includes(text)) note(context, `${COMPRESSION} is ignored: it is gzip or none.`);
  return text === "gzip";
}

function signalsOf(text: string | undefined): readonly OtlpSignal[] {
  if (text === undefined) return SIGNALS;
  const named = text.split(",").map((name) => name.trim().toLowerCase());
  const unknown = named.find((name) => !SIGNALS.some((signal) => signal === name));
  if (unknown !== undefined)
    throw usageError(`--signal: there is no signal "${unknown}", only ${SIGNALS.join(", ")}.`);
  return SIGNALS.filter((signal) => named.includes(signal));
}
