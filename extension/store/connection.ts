/** The open database. The browser may close it at any time: for an upgrade, when data is cleared, or when resources run out. */
import { openDB, type IDBPDatabase } from "idb";
import { DATABASE, DATABASE_VERSION, OLD_SEGMENTS, type Schema } from "./schema.ts";

export type Database = IDBPDatabase<Schema>;

export interface Connection {
  /** Runs `work` on the open database. If it was closed in the meantime, it is opened again and `work` is repeated. */
  use<T>(work: (db: Database) => Promise<T>): Promise<T>;
  close(): void;
}

export function createConnection(): Connection {
  let opening: Promise<Database> | undefined;

  const open = (): Promise<Database> => {
    const forget = (): void => {
      if (opening === own) opening = undefined;
    };
    const own = openDB<Schema>(DATABASE, DATABASE_VERSION, {
      upgrade(database, oldVersion, _newVersion, transaction) {
        if (oldVersion < 1) {
          database.createObjectStore("pages", { keyPath: "page" }).createIndex("recording", "recording");
          database.createObjectStore("segments", { keyPath: ["page", "firstSeq"] });
          database.createObjectStore("values");
        }
        if (oldVersion < 2) database.createObjectStore("payloads", { keyPath: ["page", "firstSeq"] });
        // Rewriting all segments here would keep everyone waiting: convert-old.ts does it one by one.
        if (oldVersion === 1) void transaction.objectStore("values").put(true, OLD_SEGMENTS);
      },
      blocking(_current, _blocked, event) {
        forget();
        (event.target as IDBDatabase).close();
      },
      terminated: forget,
    });
    opening = own;
    own.catch(forget);
    return own;
  };

  return {
    async use(work) {
      const used = opening ?? open();
      const db = await used;
      try {
        return await work(db);
      } catch (error) {
        const isClosed = error instanceof DOMException && error.name === "InvalidStateError";
        if (!isClosed && opening === used) throw error;
        if (opening === used) opening = undefined;
        return work(await (opening ?? open()));
      }
    },
    close() {
      const used = opening;
      opening = undefined;
      void used?.then((db) => {
        db.close();
      });
    },
  };
}
