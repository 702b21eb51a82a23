import type { DBSchema } from "idb";
import type { EventBlock } from "../core/columns/event-block.ts";
import type { ListedPayloads, PayloadBlock } from "../core/columns/payload-block.ts";
import type { RecordedEvent } from "../core/events/events.ts";
import type { PageId } from "../core/ids.ts";
import type { Bytes } from "../core/units.ts";
import type { StoredPage } from "./stored-page.ts";

export const DATABASE = "hubscope";
export const DATABASE_VERSION = 2;

/** Key of a value that is there while segments of version 1 are left. */
export const OLD_SEGMENTS = "oldSegments";

interface OfPage {
  readonly page: PageId;
  readonly firstSeq: number;
  readonly lastSeq: number;
}

/** A batch of events of one page, written and read as one record. Its payloads are in another object store. */
export interface Segment extends OfPage {
  readonly bytes: Bytes;
  readonly block: EventBlock;
}

/** A segment as version 1 of the database stored it, with its payloads. */
export interface OldSegment extends OfPage {
  readonly bytes: Bytes;
  readonly events: readonly RecordedEvent[];
}

/** The payloads of a segment, under the same key. Absent if it has none. */
export interface SegmentPayloads extends OfPage {
  readonly block: PayloadBlock | ListedPayloads;
}

export interface Schema extends DBSchema {
  pages: { key: PageId; value: StoredPage; indexes: { recording: PageId } };
  segments: { key: [PageId, number]; value: Segment | OldSegment };
  payloads: { key: [PageId, number]; value: SegmentPayloads };
  /** "settings", "browserSession", "panels", "oldSegments", and user data: see UserDataName. */
  values: { key: string; value: unknown };
}
