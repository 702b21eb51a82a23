/** The payloads of single messages, read when they are looked at. The last few segments stay in memory. */
import { signal, type ReadonlySignal } from "@preact/signals";
import { payloadsBySeq, type Payload } from "../../extension/core/columns/payload-texts.ts";
import type { EventTable, Row } from "../../extension/core/columns/event-table.ts";
import type { HubMessage } from "../../extension/core/events/events.ts";
import type { PageId } from "../../extension/core/ids.ts";
import type { Bytes } from "../../extension/core/units.ts";
import type { FoundPayloads } from "../../extension/store/segments.ts";
import type { LoadedRecording } from "./loaded-recording.ts";
import { watch } from "./watch.ts";
import type { PanelSource } from "./source.ts";

/** Payloads in memory; the segment that was read last stays, however large. */
const MAX_BYTES: Bytes = 16 * 1024 * 1024;
/** Segments in memory: those of a live page are small. */
const MAX_SEGMENTS = 400;

interface Segment {
  readonly page: PageId;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly payloads: ReadonlyMap<number, Payload>;
  readonly bytes: Bytes;
  /** A message with its payload is the same object as long as the segment is kept. */
  readonly messages: Map<number, HubMessage>;
}

export interface Payloads {
  /** The message with its payload, as far as it is known; then `isRead` is true. Reading it subscribes to changes. */
  of(row: Row): { readonly message: HubMessage; readonly isRead: boolean } | null;
  stop(): void;
}

/** The end of a recording is shown when the row that was asked for last is one of its last rows: more are never visible. */
const NEAR_THE_END = 100;

export function createPayloads(
  source: Pick<PanelSource, "payloadsOf" | "subscribe">,
  loaded: ReadonlySignal<LoadedRecording | null>,
  onError: (error: unknown) => void,
): Payloads {
  const version = signal(0);
  let segments: Segment[] = [];
  let of: LoadedRecording | null = null;
  let reading = false;
  /** The rows that wait, the newest wish last. */
  let wanted: Row[] = [];
  let askedLast: Row = 0;

  const find = (events: EventTable, row: Row): Segment | undefined => {
    const page = events.pageOf(row);
    const seq = events.seqOf(row);
    return segments.find(
      (segment) => segment.page === page && segment.firstSeq <= seq && seq <= segment.lastSeq,
    );
  };
  const keep = (segment: Segment): void => {
    segments = [segment, ...segments];
    let bytes = 0;
    segments = segments.filter(
      (one, i) => ((bytes += one.bytes) <= MAX_BYTES && i < MAX_SEGMENTS) || i === 0,
    );
  };
  const readNext = async (recording: LoadedRecording): Promise<void> => {
    const { events } = recording.model;
    /** The newest wish first: what is visible now. */
    for (let row = wanted.at(-1); row !== undefined && of === recording; row = wanted.at(-1)) {
      const page = events.pageOf(row);
      const seqs = wanted.flatMap((one) => (events.pageOf(one) === page ? [events.seqOf(one)] : []));
      for (const found of await source.payloadsOf(page, [...new Set(seqs.reverse())]))
        keep(segmentOf(page, found));
      wanted = wanted.filter((one) => !find(events, one));
      version.value++;
    }
  };
  const want = (recording: LoadedRecording, row: Row): void => {
    wanted = [...wanted.slice(-MAX_WANTED), row];
    if (reading) return;
    reading = true;
    // After the panel has been drawn: then all visible rows are known.
    Promise.resolve()
      .then(() => readNext(recording))
      .catch(onError)
      .finally(() => {
        reading = false;
      });
  };

  /** While the end is shown, what a live page sends is read together with its message, so that both appear at once. */
  const readAhead = async (recording: LoadedRecording, page: PageId, seq: number): Promise<void> => {
    const { events } = recording.model;
    if (askedLast < events.length - NEAR_THE_END) return;
    const found = await source.payloadsOf(page, [seq]);
    if (of !== recording) return;
    for (const one of found) if (one.block) keep(segmentOf(page, one));
    if (events.lastSeqOf(page) >= seq) version.value++;
  };
  const unsubscribe = source.subscribe((change) => {
    if (change.type === "stored" && of !== null && change.recording === of.id)
      readAhead(of, change.page, change.upTo).catch(onError);
  });

  return {
    stop() {
      unsubscribe();
      of = null;
    },
    of(row) {
      const recording = loaded.value;
      if (!recording) return null;
      if (recording !== of) {
        of = recording;
        segments = [];
        wanted = [];
      }
      askedLast = row;
      const { events } = recording.model;
      const event = events.eventOf(row);
      if (event.kind !== "message") return null;
      if (events.payloadSizeOf(row) === 0) return { message: event, isRead: true };
      watch(version);
      const segment = find(events, row);
      if (!segment) {
        want(recording, row);
        return { message: event, isRead: false };
      }
      const message = segment.messages.get(event.seq) ?? { ...event, ...segment.payloads.get(event.seq) };
      segment.messages.set(event.seq, message);
      return { message, isRead: true };
    },
  };
}

/** More rows than this are never visible. */
const MAX_WANTED = 200;

function segmentOf(page: PageId, { firstSeq, lastSeq, block }: FoundPayloads): Segment {
  return {
    page,
    firstSeq,
    lastSeq,
    payloads: block ? payloadsBySeq(block) : new Map<number, Payload>(),
    bytes: block?.text.length ?? 0,
    messages: new Map(),
  };
}
