/** Sends recordings of pages from Node: there is no CORS, and the pages may be gone. */
import type { SendOptions, SendResult } from "../../content-script/page-build/api.ts";
import { openRecording } from "../export/open-recording.ts";
import { readRecorded } from "../export/otlp/read-recorded.ts";
import { prepareForOtlp } from "../export/write-export.ts";
import { otlpBatches } from "../otlp/batches.ts";
import { payloadOf } from "../otlp/payload.ts";
import type { SendPorts } from "../otlp/send/ports.ts";
import { readSendOrder } from "../otlp/send/read-order.ts";
import { sendAll } from "../otlp/send/send-all.ts";
import { createSender } from "../otlp/send/sender.ts";
import { version } from "./built-in.ts";
import { nodeSendPorts } from "./node-send.ts";
import { readInput } from "./read-input.ts";

/** A test waits for it, and its time is limited. */
const LIMITS = { tries: 3, request: 5_000, total: 10_000 };

/**
 * @param recordings what `recording()` gives
 * @throws Error: the options are wrong. Whatever the collector does is in the result.
 */
export async function sendRecordings(
  recordings: readonly object[],
  options: SendOptions,
  ports: SendPorts = nodeSendPorts(),
): Promise<SendResult> {
  const order = readSendOrder(options);
  if (typeof order === "string") throw new Error(`send: ${order}.`);
  const { endpoint, headers, signals, service } = order;
  const about = { hubscope: version, signals, ...(service === undefined ? {} : { service }) };
  const sender = createSender({ endpoint, headers, limits: LIMITS }, ports);
  for (const content of recordings) {
    const opening = await openRecording(readInput(content));
    // A document without events, such as about:blank.
    if (!opening.ok) continue;
    const recorded = await readRecorded(prepareForOtlp(opening.recording, {}, ports.now()));
    if ((await sendAll(payloads(), sender)) !== "sent") break;

    function* payloads() {
      for (const batch of otlpBatches(recorded, about)) yield payloadOf(batch);
    }
  }
  return sender.sent();
}
