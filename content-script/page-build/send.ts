/** Sends what was recorded in this document to a collector of OpenTelemetry. */
import { withoutPayloadButContext } from "../../extension/core/events/trace-context.ts";
import { createReducer } from "../../extension/core/model/reducer.ts";
import { createCleaner } from "../../extension/core/recording/clean-events.ts";
import { redactUrl } from "../../extension/core/redaction/redact.ts";
import { otlpBatches } from "../../extension/otlp/batches.ts";
import { payloadOf } from "../../extension/otlp/payload.ts";
import { createTraceContexts } from "../../extension/otlp/recorded.ts";
import type { Payload } from "../../extension/otlp/send/payload.ts";
import { postWith } from "../../extension/otlp/send/post.ts";
import { NoAnswer } from "../../extension/otlp/send/ports.ts";
import type { SendOrder } from "../../extension/otlp/send/read-order.ts";
import { sendAll } from "../../extension/otlp/send/send-all.ts";
import { createSender } from "../../extension/otlp/send/sender.ts";
import { nativeFetch } from "../hook/platform/natives.ts";
import { now } from "../sentinel/platform/natives.ts";
import type { SendResult } from "./api.ts";
import type { PageEvents } from "./page-events.ts";
import { sleep } from "./ports.ts";

/** A test waits for it. */
const LIMITS = { tries: 3, request: 5_000, total: 10_000 };

/** By the browser's own functions: no fault holds it, and it isn't recorded. */
export async function sendRecorded(
  recorded: Pick<PageEvents, "page" | "events">,
  order: SendOrder,
  version: string,
): Promise<SendResult> {
  const { endpoint, headers } = order;
  const ports = { post: postWith({ fetch: nativeFetch, explain }), now, random: Math.random, sleep };
  const sender = createSender({ endpoint, headers, limits: LIMITS }, ports);
  await sendAll(payloadsOf(recorded, order, version), sender);
  return sender.sent();
}

/** As a file has it: without secrets, and of payloads nothing but trace contexts. */
function* payloadsOf(
  { page, events }: Pick<PageEvents, "page" | "events">,
  { signals, service }: SendOrder,
  hubscope: string,
): Generator<Payload> {
  const clean = createCleaner()(events.map(withoutPayloadButContext));
  const reducer = createReducer();
  reducer.apply(page, clean);
  const contexts = createTraceContexts();
  contexts.add(page, clean);
  const urls = new Map([[page, redactUrl(location.href)]]);
  const all = { model: reducer.model, urls, contextOf: contexts.contextOf };
  const about = { hubscope, signals, ...(service === undefined ? {} : { service }) };
  for (const batch of otlpBatches(all, about)) yield payloadOf(batch);
}

/** A page isn't told why: the network, CORS, its Content-Security-Policy, or a blocker. */
const explain = (): NoAnswer =>
  new NoAnswer(
    "no answer. It isn't reachable, or doesn't allow this page (CORS), or this page's Content-Security-Policy doesn't allow it",
    true,
  );
