/**
 * messages.csv: a row for each hub message, in the order of their arrival; and one for each kind of message of a second in which they
 * were only counted. It is the only CSV file with payloads, so it is written while the recording is read.
 */
import type { HubMessage, MessageCount, MessageCounts, RecordedEvent } from "../../core/events/events.ts";
import type { PageHead } from "../../core/recording/recording-reader.ts";
import { inPieces } from "../in-pieces.ts";
import { Places, type Place } from "../places.ts";
import type { RecordingSource } from "../recording-source.ts";
import { reducerFor } from "../whole-model.ts";
import { isoTime } from "../../core/text/iso-time.ts";
import { csvHead, csvRows, exact, type Cell, type Columns } from "./csv-text.ts";
import { connectionIdCell, directionCell, messageTypeCell, transportCell } from "./place-columns.ts";

type MessageItem = {
  readonly page: PageHead;
  readonly place: Place;
} & (
  | { readonly message: HubMessage; readonly counted?: undefined }
  | { readonly message: MessageCounts; readonly counted: MessageCount }
);

const COLUMNS: Columns<MessageItem> = {
  time: ({ message }) => isoTime(message.t),
  time_ms: ({ message }) => exact(message.t),
  until_ms: ({ message }) => (message.kind === "counts" ? exact(message.until) : null),
  page: ({ page }) => page.url,
  seq: ({ message }) => message.seq,
  hub: ({ place }) => place.hub?.path ?? null,
  connection_id: ({ place }) => connectionIdCell(place),
  transport: ({ place }) => transportCell(place),
  socket: ({ message }) => message.socket,
  direction: (item) => directionCell(item.counted?.direction ?? directionOf(item.message)),
  type: (item) => messageTypeCell(item.counted?.type ?? typeOf(item.message)),
  target: one(({ target }) => target),
  invocation_id: one(({ invocationId }) => invocationId),
  count: (item) => item.counted?.count ?? 1,
  size_bytes: (item) => item.counted?.bytes ?? (item.message.kind === "message" ? item.message.size : null),
  recorded: ({ message }) =>
    message.kind === "counts" ? "counted only" : message.counted ? "also counted" : "one by one",
  error: one(({ error }) => error),
  dropped_by_fault: one(({ swallowed }) => swallowed),
  from_fault: one(({ fault }) => (fault === undefined ? undefined : true)),
  problem: one(({ problem }) => problem),
  payload: one(({ payload, binary }) => payload ?? binary),
  payload_form: one(({ payload, binary, truncated }) =>
    payload === undefined && binary === undefined
      ? undefined
      : `${payload === undefined ? "base64" : "text"}${truncated ? ", cut" : ""}`,
  ),
};

function one(cell: (message: HubMessage) => Cell | undefined): (item: MessageItem) => Cell {
  return ({ message }) => (message.kind === "message" ? (cell(message) ?? null) : null);
}

const directionOf = (message: HubMessage | MessageCounts): HubMessage["direction"] =>
  message.kind === "message" ? message.direction : "in";
const typeOf = (message: HubMessage | MessageCounts): HubMessage["type"] =>
  message.kind === "message" ? message.type : 0;

export async function* writeMessagesCsv(source: RecordingSource): AsyncGenerator<string> {
  const reducer = reducerFor(source);
  const places = new Places(reducer.model);
  const rowOf = csvRows(COLUMNS);
  yield csvHead(COLUMNS);
  for await (const { page, events } of source.read()) {
    reducer.apply(page.page, events);
    places.update(reducer.model);
    yield* inPieces(rows(page, events, places, rowOf));
  }
}

function* rows(
  page: PageHead,
  events: readonly RecordedEvent[],
  places: Places,
  rowOf: (item: MessageItem) => string,
): Generator<string> {
  for (const event of events)
    if (event.kind === "message")
      yield rowOf({ page, place: places.ofSocket(page.page, event.socket), message: event });
    else if (event.kind === "counts")
      for (const counted of event.counts)
        yield rowOf({ page, place: places.ofSocket(page.page, event.socket), message: event, counted });
}
