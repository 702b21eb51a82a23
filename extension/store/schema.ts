import type { DBSchema } from "idb";
import type { RecordedEvent } from "../core/events/events.ts";
import type { PageId } from "../core/ids.ts";
import type { Bytes } from "../core/units.ts";
import type { StoredPage } from "./stored-page.ts";

export const DATABASE = "hubscope";
export const DATABASE_VERSION = 1;

/** A batch of events of one page, written and read as one record: a million events open in seconds, not minutes. */
export interface Segment {
  readonly page: PageId;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly bytes: Bytes;
  readonly events: readonly RecordedEvent[];
}

export interface Schema extends DBSchema {
  pages: { key: PageId; value: StoredPage; indexes: { recording: PageId } };
  segments: { key: [PageId, number]; value: Segment };
  /** "settings", "browserSession", "panels", and user data: see UserDataName. */
  values: { key: string; value: unknown };
}
