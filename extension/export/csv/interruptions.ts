/** interruptions.csv: a row for each interruption and each failed start, with its cause. */
import { verdictOf } from "../../core/diagnosis/diagnose.ts";
import { KNOWN_FROM } from "../../core/diagnosis/titles.ts";
import type { Verdict } from "../../core/diagnosis/verdict.ts";
import { downFor } from "../../core/model/downtime.ts";
import { downtimesOf } from "../../core/model/downtimes-of.ts";
import type { Downtime, HubConnectionModel } from "../../core/model/types.ts";
import type { EpochMilliseconds } from "../../core/units.ts";
import { OUTCOME_WORD, startWord } from "../../wording/labels.ts";
import { KIND_WORD } from "../../wording/transport-name.ts";
import { inPieces } from "../in-pieces.ts";
import type { RecordingSource } from "../recording-source.ts";
import { readWhole, type WholeRecording } from "../whole-model.ts";
import { isoTime } from "../../core/text/iso-time.ts";
import { csvHead, csvRows, exact, type Cell, type Columns } from "./csv-text.ts";
import { hubCell } from "./place-columns.ts";
import { hasRecovered, transportBefore } from "../../core/model/recovery.ts";

interface DowntimeItem {
  readonly page: string | null;
  readonly hub: HubConnectionModel;
  readonly one: Downtime;
  readonly verdict: Verdict;
  /** Until when it is known that it lasts. */
  readonly now: EpochMilliseconds;
}

const COLUMNS: Columns<DowntimeItem> = {
  time: ({ one }) => isoTime(one.from),
  time_ms: ({ one }) => exact(one.from),
  kind: ({ one }) => (one.kind === "interruption" ? "interruption" : "failed start"),
  page: ({ page }) => page,
  hub: ({ hub }) => hubCell({ hub, transport: null }),
  cause: ({ verdict }) => verdict.title,
  cause_id: ({ verdict }) => verdict.cause,
  confidence: ({ verdict }) => verdict.confidence,
  source: ({ verdict }) => KNOWN_FROM[verdict.knowledge],
  reconnect_prevented_by: ({ verdict }) => verdict.obstacle?.title ?? null,
  injected: ({ one }) => one.faults.length > 0,
  result: ({ one }) => (one.kind === "interruption" ? OUTCOME_WORD[one.outcome] : startWord(one)),
  ended: ({ one }) => (one.until === null ? null : isoTime(one.until)),
  ended_ms: ({ one }) => (one.until === null ? null : exact(one.until)),
  recovery_ms: ({ one }) => (hasRecovered(one) && one.until !== null ? exact(one.until - one.from) : null),
  down_ms: ({ one, now }) => exact(downFor(one, now)),
  still_down: ({ one }) => one.until === null,
  silent_from_ms: interrupted(({ silentFrom }) => (silentFrom === null ? null : exact(silentFrom))),
  attempts: ({ one }) => one.attempts.length,
  transport: ({ hub, one }) => {
    const before = transportBefore(hub, one);
    return before ? KIND_WORD[before.transport] : null;
  },
  connection_id_before: interrupted(({ connectionIdBefore }) => connectionIdBefore),
  connection_id_after: interrupted(({ connectionIdAfter }) => connectionIdAfter),
  calls_lost: interrupted(({ pending }) => pending.filter(({ fate }) => fate === "lost").length),
  messages_missed_estimate: interrupted(({ missedEstimate }) => missedEstimate),
  evidence: ({ verdict }) => verdict.evidence.map(({ t, text }) => `${isoTime(t)} ${text}`).join("\n"),
  ruled_out: ({ verdict }) => verdict.ruledOut.join("\n"),
};

function interrupted(
  cell: (one: Extract<Downtime, { kind: "interruption" }>) => Cell,
): (item: DowntimeItem) => Cell {
  return ({ one }) => (one.kind === "interruption" ? cell(one) : null);
}

export async function* writeInterruptionsCsv(source: RecordingSource): AsyncGenerator<string> {
  const whole = await readWhole(source);
  yield csvHead(COLUMNS);
  yield* inPieces(rows(whole));
}

function* rows({ model, pages }: WholeRecording): Generator<string> {
  const rowOf = csvRows(COLUMNS);
  const lastSeen = new Map(model.pages.map(({ id, lastSeen }) => [id, lastSeen]));
  for (const hub of model.hubs)
    for (const one of downtimesOf(hub)) {
      const now = lastSeen.get(hub.page) ?? one.from;
      yield rowOf({ page: pages.get(hub.page)?.url ?? null, hub, one, verdict: verdictOf(one), now });
    }
}
