/** calls.csv: a row for each call that expects an answer, in both directions. */
import type { CallModel } from "../../core/model/types.ts";
import { FATE_WORD } from "../../wording/labels.ts";
import { inPieces } from "../in-pieces.ts";
import { Places, type Place } from "../places.ts";
import type { RecordingSource } from "../recording-source.ts";
import { readWhole, type WholeRecording } from "../whole-model.ts";
import { isoTime } from "../../core/text/iso-time.ts";
import { csvHead, csvRows, exact, type Columns } from "./csv-text.ts";
import { connectionIdCell, directionCell, hubCell, transportCell } from "./place-columns.ts";

interface CallItem {
  readonly page: string | null;
  readonly place: Place;
  readonly call: CallModel;
}

const COLUMNS: Columns<CallItem> = {
  time: ({ call }) => isoTime(call.sentAt),
  time_ms: ({ call }) => exact(call.sentAt),
  page: ({ page }) => page,
  hub: ({ place }) => hubCell(place),
  connection_id: ({ place }) => connectionIdCell(place),
  transport: ({ place }) => transportCell(place),
  socket: ({ call }) => call.socket,
  direction: ({ call }) => directionCell(call.direction),
  target: ({ call }) => call.target,
  invocation_id: ({ call }) => call.invocationId,
  stream: ({ call }) => call.stream,
  stream_items: ({ call }) => (call.stream ? call.items : null),
  result: ({ call }) => FATE_WORD[call.fate],
  ended: ({ call }) => (call.endedAt === null ? null : isoTime(call.endedAt)),
  ended_ms: ({ call }) => (call.endedAt === null ? null : exact(call.endedAt)),
  duration_ms: ({ call }) => (call.endedAt === null ? null : exact(call.endedAt - call.sentAt)),
};

export async function* writeCallsCsv(source: RecordingSource): AsyncGenerator<string> {
  const whole = await readWhole(source);
  yield csvHead(COLUMNS);
  yield* inPieces(rows(whole));
}

function* rows({ model, pages }: WholeRecording): Generator<string> {
  const places = new Places(model);
  const rowOf = csvRows(COLUMNS);
  for (const hub of model.hubs)
    for (const call of hub.calls) {
      const { transport } = places.ofSocket(hub.page, call.socket);
      yield rowOf({ page: pages.get(hub.page)?.url ?? null, place: { hub, transport }, call });
    }
}
