/**
 * Rewrites the segments that version 1 of the database stored as objects. Segment by segment, each in its own transaction: a
 * database of 200 MB takes a while, the browser may stop the background meanwhile, and readers understand both forms.
 */
import type { PageId } from "../core/ids.ts";
import type { Connection, Database } from "./connection.ts";
import { OLD_SEGMENTS } from "./schema.ts";
import { putSegment, segmentOf, segmentsOf } from "./segments.ts";

type Key = [PageId, number];

/** @param page only that page's; without it all, and then it needn't be done again */
export async function convertOldSegments(connection: Connection, page?: PageId): Promise<void> {
  if ((await connection.use((db) => db.get("values", OLD_SEGMENTS))) !== true) return;
  const within = page === undefined ? null : segmentsOf(page);
  const keys = await connection.use((db) => db.getAllKeys("segments", within));
  for (const key of keys) await connection.use((db) => convert(db, key));
  if (page === undefined) await connection.use((db) => db.delete("values", OLD_SEGMENTS));
}

async function convert(db: Database, key: Key): Promise<void> {
  const tx = db.transaction(["segments", "payloads"], "readwrite");
  const stored = await tx.objectStore("segments").get(key);
  if (stored && "events" in stored) {
    const [page, firstSeq] = key;
    await Promise.all(putSegment(tx, segmentOf(page, stored.events, stored.bytes, firstSeq)));
  }
  await tx.done;
}
