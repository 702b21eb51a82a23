/**
 * The W3C trace context that an app sends in the headers of an invocation: with it a span of the client and one of the server belong
 * together (https://www.w3.org/TR/trace-context/). It is in the payload, but says nothing of what was called with.
 */
import type { RecordedEvent } from "./events.ts";
import { isObject } from "../is-object.ts";
import { withoutPayload } from "./payload.ts";

export interface TraceContext {
  readonly traceId: string;
  /** Of the span that sent it. */
  readonly spanId: string;
}

const HEADER = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;
/** In MessagePack: its name, the mark and length of a text (D9 37, or DA 00 37), and the text. */
const IN_BINARY = /traceparent[^-]{2,3}?([0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2})/;
/** Headers are at the beginning. In base64. */
const LONGEST = 4_000;

function headerIn(event: RecordedEvent): string | undefined {
  if (event.kind !== "message" || (event.type !== 1 && event.type !== 4)) return undefined;
  const { payload, binary } = event;
  if (payload?.includes('"traceparent"')) return headerInText(payload);
  return binary === undefined ? undefined : headerInBinary(binary);
}

function headerInText(payload: string): string | undefined {
  try {
    const message: unknown = JSON.parse(payload);
    const headers = isObject(message) ? message["headers"] : undefined;
    const header = isObject(headers) ? headers["traceparent"] : undefined;
    return typeof header === "string" ? header : undefined;
  } catch {
    return undefined; // cut
  }
}

/** [1, {headers}, …]: an array, its type, a map that isn't empty. */
function headerInBinary(base64: string): string | undefined {
  try {
    const bytes = atob(base64.slice(0, LONGEST));
    const [array = 0, type = 0, headers = 0] = [0, 1, 2].map((at) => bytes.charCodeAt(at));
    const isCall = array >= 0x94 && array <= 0x96 && (type === 1 || type === 4);
    return isCall && headers > 0x80 && headers < 0x90 ? IN_BINARY.exec(bytes)?.[1] : undefined;
  } catch {
    return undefined; // no base64
  }
}

export function traceContextOf(event: RecordedEvent): TraceContext | null {
  const [, traceId = "", spanId = ""] = HEADER.exec(headerIn(event) ?? "") ?? [];
  return /[^0]/.test(traceId) && /[^0]/.test(spanId) ? { traceId, spanId } : null;
}

/** The event without its payload, except for that. */
export function withoutPayloadButContext(event: RecordedEvent): RecordedEvent {
  const context = traceContextOf(event);
  const rest = withoutPayload(event);
  if (!context || rest.kind !== "message") return rest;
  const traceparent = `00-${context.traceId}-${context.spanId}-01`;
  return { ...rest, payload: JSON.stringify({ headers: { traceparent } }) };
}
