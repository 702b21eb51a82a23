/**
 * Stores a recording from a file piece by piece. It can be shown while it grows. Until `finish` it belongs to its import: if that
 * fails, is cancelled, or its worker dies, all that it has stored is removed. When the recording is deleted meanwhile, it ends.
 */
import { unpackEvents } from "../core/columns/unpack-events.ts";
import type { RecordedEvent } from "../core/events/events.ts";
import type { PageId } from "../core/ids.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../core/units.ts";
import type { Connection, Database } from "./connection.ts";
import { packedOf, putSegment, segmentsFrom, segmentsOf } from "./segments.ts";
import type { StoredPage } from "./stored-page.ts";

/** What the import can't know: the size is counted here, and it can be pinned or trimmed meanwhile. */
export type ImportedPage = Omit<StoredPage, "bytes" | "pinned" | "letGo" | "importing">;

export interface Import {
  /** The ids of its pages begin with this, so that a file can be opened twice, or together with the original recording. */
  readonly mark: string;
  /**
   * Stores events behind those that are already stored, in one transaction.
   * @param row the page as it is with these events; null: it can't be shown yet
   */
  add(page: PageId, events: readonly RecordedEvent[], row: ImportedPage | null): Promise<void>;
  /** Removes a page, whose events are to be sorted and added again: as another page, as somebody may have read some of them. */
  takeBack(page: PageId): Promise<RecordedEvent[]>;
  /** From now on it is a recording like any other. */
  finish(pages: readonly ImportedPage[]): Promise<void>;
  cancel(): Promise<void>;
}

/** A worker that has not stored anything for this long is dead. */
const DEAD: Milliseconds = 60_000;

/** When the imports that are not finished stored something last, by mark. */
const IMPORTS = "imports";
type Imports = Readonly<Record<string, EpochMilliseconds>>;

const readImports = (value: unknown): Imports => (value as Imports | undefined) ?? {};

/** Somebody has deleted the recording while it was read. That is no failure: the import has to be cancelled. */
export class RecordingDeleted extends Error {
  constructor() {
    super("it was deleted while it was read");
  }
}

const INTERRUPTED = "reading it was interrupted for too long; open it again";

export async function beginImport(
  { use }: Connection,
  now: () => EpochMilliseconds = Date.now,
): Promise<Import> {
  await removeDeadImports({ use }, now());
  const mark = `file:${now().toString(36)}-${crypto.randomUUID().slice(0, 8)}:`;
  const sizes = new Map<PageId, Bytes>();
  /** The recordings of the pages that are in the list. */
  const shown = new Map<PageId, PageId>();
  const sizeOf = (page: PageId): Bytes => sizes.get(page) ?? 0;

  /** Runs `work` in a transaction, unless the import was removed because it seemed dead. */
  const whileAlive = (work: (tx: Transaction) => Promise<void>): Promise<void> =>
    use((db) =>
      inTransaction(db, async (tx) => {
        await Promise.all([touch(tx, mark, now()), work(tx)]);
      }),
    );

  const put = async (tx: Transaction, row: ImportedPage, added: Bytes, isDone: boolean): Promise<void> => {
    const pages = tx.objectStore("pages");
    const known = await pages.get(row.page);
    // A recording is deleted with all its pages: one of them tells.
    const [one] = [...shown].find(([, recording]) => recording === row.recording) ?? [];
    if (one !== undefined && !(await pages.getKey(one))) throw new RecordingDeleted();
    const page: StoredPage = {
      ...row,
      pinned: known?.pinned ?? false,
      bytes: (known?.bytes ?? sizeOf(row.page)) + added,
      ...(known?.letGo ? { letGo: known.letGo } : {}),
      ...(isDone ? {} : { importing: true }),
    };
    await pages.put(page);
  };

  await use((db) =>
    inTransaction(db, async (tx) => {
      const imports = readImports(await tx.objectStore("values").get(IMPORTS));
      await tx.objectStore("values").put({ ...imports, [mark]: now() }, IMPORTS);
    }),
  );

  return {
    mark,
    async add(page, events, row) {
      const segments = [...segmentsFrom(page, events)];
      const bytes = segments.reduce((sum, { segment }) => sum + segment.bytes, 0);
      await whileAlive(async (tx) => {
        await Promise.all(segments.flatMap((written) => putSegment(tx, written)));
        if (row) await put(tx, row, bytes, false);
      });
      sizes.set(page, sizeOf(page) + bytes);
      if (row) shown.set(page, row.recording);
    },
    async takeBack(page) {
      const events: RecordedEvent[] = [];
      await whileAlive(async (tx) => {
        for (const segment of await tx.objectStore("segments").getAll(segmentsOf(page))) {
          const payloads = await tx.objectStore("payloads").get([page, segment.firstSeq]);
          for (const event of unpackEvents(packedOf(segment, payloads))) events.push(event);
        }
        for (const name of ["segments", "payloads"] as const)
          await tx.objectStore(name).delete(segmentsOf(page));
        if (shown.has(page) && !(await tx.objectStore("pages").getKey(page))) throw new RecordingDeleted();
        await tx.objectStore("pages").delete(page);
      });
      shown.delete(page);
      return events;
    },
    finish: (pages) =>
      whileAlive(async (tx) => {
        for (const row of pages) await put(tx, row, 0, true);
        await forget(tx, [mark]);
      }),
    cancel: () => use((db) => remove(db, [mark])),
  };
}

/** Removes what was stored by imports whose worker has died. */
export const removeDeadImports = ({ use }: Pick<Connection, "use">, now: EpochMilliseconds): Promise<void> =>
  use(async (db) => {
    const imports = readImports(await db.get("values", IMPORTS));
    const dead = Object.keys(imports).filter((mark) => now - (imports[mark] ?? 0) > DEAD);
    if (dead.length > 0) await remove(db, dead);
  });

type Transaction = ReturnType<typeof begin>;

const begin = (db: Database) => db.transaction(["pages", "segments", "payloads", "values"], "readwrite");

/** If it fails, nothing of it stays. */
async function inTransaction(db: Database, work: (tx: Transaction) => Promise<void>): Promise<void> {
  const tx = begin(db);
  const working = work(tx).catch((error: unknown) => {
    // It may already be aborted, because the disk is full.
    if (tx.error === null) tx.abort();
    throw error;
  });
  await Promise.all([working, tx.done]);
}

async function touch(tx: Transaction, mark: string, now: EpochMilliseconds): Promise<void> {
  const values = tx.objectStore("values");
  const imports = readImports(await values.get(IMPORTS));
  if (!(mark in imports)) throw new Error(INTERRUPTED);
  await values.put({ ...imports, [mark]: now }, IMPORTS);
}

async function forget(tx: Transaction, marks: readonly string[]): Promise<void> {
  const values = tx.objectStore("values");
  const imports = Object.entries(readImports(await values.get(IMPORTS)));
  await values.put(Object.fromEntries(imports.filter(([mark]) => !marks.includes(mark))), IMPORTS);
}

const remove = (db: Database, marks: readonly string[]): Promise<void> =>
  inTransaction(db, async (tx) => {
    for (const mark of marks) {
      await tx.objectStore("pages").delete(IDBKeyRange.bound(mark, behind(mark)));
      for (const name of ["segments", "payloads"] as const)
        await tx.objectStore(name).delete(IDBKeyRange.bound([mark], [behind(mark)]));
    }
    await forget(tx, marks);
  });

/** Behind all ids that begin with the mark. */
const behind = (mark: string): string => `${mark}\uffff`;
