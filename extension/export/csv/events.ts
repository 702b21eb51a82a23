/** events.csv: a row for each recorded event, in the words of the panel's list. */
import type { RecordedEvent } from "../../core/events/events.ts";
import type { PageHead } from "../../core/recording/recording-reader.ts";
import { wordsFor } from "../../wording/event-words.ts";
import { inPieces } from "../in-pieces.ts";
import { idsIn, Places, type Place } from "../places.ts";
import type { RecordingSource } from "../recording-source.ts";
import { readWhole, type WholeRecording } from "../whole-model.ts";
import { isoTime } from "../../core/text/iso-time.ts";
import { csvHead, csvRows, exact, type Columns } from "./csv-text.ts";
import { connectionIdCell, directionCell, hubCell, messageTypeCell, transportCell } from "./place-columns.ts";

interface EventItem {
  readonly page: PageHead | undefined;
  readonly event: RecordedEvent;
  readonly place: Place;
  readonly words: { readonly title: string; readonly text: string };
}

const COLUMNS: Columns<EventItem> = {
  time: ({ event }) => isoTime(event.t),
  time_ms: ({ event }) => exact(event.t),
  page: ({ page }) => page?.url ?? null,
  seq: ({ event }) => event.seq,
  kind: ({ event }) => event.kind,
  event: ({ words }) => words.title,
  details: ({ words }) => words.text,
  hub: ({ place }) => hubCell(place),
  connection_id: ({ place, event }) =>
    "connectionId" in event ? event.connectionId : connectionIdCell(place),
  transport: ({ place }) => transportCell(place),
  socket: ({ event }) => idsIn(event).socket ?? null,
  direction: ({ event }) => ("direction" in event ? directionCell(event.direction) : null),
  message_type: ({ event }) => (event.kind === "message" ? messageTypeCell(event.type) : null),
  size_bytes: ({ event }) => (event.kind === "message" ? event.size : null),
  status: ({ event }) => ("status" in event ? (event.status ?? null) : null),
  close_code: ({ event }) => (event.kind === "socket-closed" ? event.code : null),
  duration_ms: ({ event }) => ("duration" in event ? exact(event.duration) : null),
  injected: ({ event }) => ("fault" in event ? true : null),
};

export async function* writeEventsCsv(source: RecordingSource): AsyncGenerator<string> {
  const whole = await readWhole(source);
  yield csvHead(COLUMNS);
  yield* inPieces(rows(whole));
}

function* rows({ model: { events, ...model }, pages }: WholeRecording): Generator<string> {
  const places = new Places(model);
  const rowOf = csvRows(COLUMNS);
  for (let row = 0; row < events.length; row++) {
    const event = events.eventOf(row);
    const id = events.pageOf(row);
    const place = places.of(id, event);
    yield rowOf({ page: pages.get(id), event, place, words: wordsOf(event, place) });
  }
}

function wordsOf(event: RecordedEvent, { hub }: Place): { readonly title: string; readonly text: string } {
  // What a message says is in messages.csv.
  if (event.kind === "message") return { title: event.target ?? "", text: event.problem ?? "" };
  return wordsFor(event, hub);
}
