/** `hubscope send`: recordings to a collector of OpenTelemetry. */
import { NothingInRange } from "../../export/cut-to-range.ts";
import { readRecorded } from "../../export/otlp/read-recorded.ts";
import { prepareForOtlp } from "../../export/write-export.ts";
import { duration } from "../../core/text/format.ts";
import { otlpBatches } from "../../otlp/batches.ts";
import { payloadOf } from "../../otlp/payload.ts";
import { USUAL_LIMITS } from "../../otlp/send/limits.ts";
import type { Payload } from "../../otlp/send/payload.ts";
import { sendAll, type SentAll } from "../../otlp/send/send-all.ts";
import { createSender, type Sender } from "../../otlp/send/sender.ts";
import type { Context } from "../context.ts";
import { EXIT, Failure, usageError, type ExitCode } from "../exit.ts";
import { forEachFile, type OpenedFile } from "../files/open-file.ts";
import { useLittleMemory } from "../files/little-memory.ts";
import { readMasks } from "../report/masks.ts";
import { readPart } from "../report/part.ts";
import { note, plain, write } from "../terminal.ts";
import { createProgress } from "./progress.ts";
import { countsText, problemText, since } from "./said.ts";
import { readSettings, type SendOptions } from "./settings.ts";

export async function send(
  files: readonly string[],
  options: SendOptions,
  context: Context,
): Promise<ExitCode> {
  useLittleMemory();
  const { endpoint, headers, signals, limits, gzip } = readSettings(options, context);
  const part = readPart(options.from, options.to);
  const masks = readMasks(options.replace);
  const progress = createProgress(context);
  const tries = limits.tries ?? USUAL_LIMITS.tries;
  const sender = createSender(
    {
      ...{ endpoint, headers, limits },
      onAgain: (again) =>
        progress.note(
          `${again.url}: ${again.message}; next try in ${duration(again.wait)}, ${again.tries} of ${tries}`,
        ),
    },
    context.sendPorts(gzip),
  );
  const all: { isGivenUp: boolean; isIncomplete: boolean } = { isGivenUp: false, isIncomplete: false };
  const code = await forEachFile(files, context, async (file) => {
    if (all.isGivenUp) throw new Failure(`${file.name}: not sent`);
    const before = sender.sent();
    const end = await sendFile(file, sender);
    all.isGivenUp = end !== "sent";
    progress.end();
    const counts = since(sender.sent(), before);
    all.isIncomplete ||= signals.some((signal) => counts[signal].rejected + counts[signal].dropped > 0);
    const rest = end === "cut-short" ? "; the rest was not sent" : "";
    await write(context.stdout, `${plain(`${file.name}: ${countsText(counts, signals)}${rest}`)}\n`);
  });
  for (const problem of sender.sent().problems)
    note(context, problemText(problem, endpoint, Object.keys(headers).length > 0));
  return code === EXIT.ok && (all.isIncomplete || all.isGivenUp) ? EXIT.failed : code;

  async function sendFile(file: OpenedFile, to: Sender): Promise<SentAll> {
    const source = prepareForOtlp(file.recording, { masks, ...part(file) }, context.now());
    const recorded = await readRecorded(source).catch((error: unknown) => {
      throw error instanceof NothingInRange ? usageError(`${file.name}: ${error.message}.`) : error;
    });
    const { service } = options;
    const about = { hubscope: context.version, signals, ...(service === undefined ? {} : { service }) };
    return sendAll(payloads(), to, ({ records }) => progress.sent(records));

    function* payloads(): Generator<Payload> {
      for (const batch of otlpBatches(recorded, about)) yield payloadOf(batch);
    }
  }
}
