/** Reads and writes files in a worker, so that the panel stays responsive. */
import type { PageId } from "../../extension/core/ids.ts";
import type { ExportKind } from "../../extension/export/export-formats.ts";
import type { Inventory } from "../../extension/export/inventory.ts";
import type { ExportContents } from "../../extension/export/write-export.ts";
import type { ExportedFile, ImportOptions, ImportOutcome, TransferOptions, SourceChange } from "./source.ts";

export type FileOrder =
  /** Reads a file into the store. */
  | { readonly type: "import"; readonly file: File }
  /** Writes a recording of the store. */
  | {
      readonly type: "export";
      readonly recording: PageId;
      readonly kind: ExportKind;
      readonly options: ExportContents;
      readonly hubscope: string;
    }
  /** Looks through what would be written. */
  | { readonly type: "inspect"; readonly recording: PageId; readonly contents: ExportContents }
  /** Ends the import, and removes what it has stored. */
  | { readonly type: "cancel" };

/** Events of a page that can be read from the store. */
export interface StoredEvents {
  readonly recording: PageId;
  readonly page: PageId;
  readonly upTo: number;
}

/** Messages of the worker: its progress, and finally the result. */
export type FileWorkerAnswer =
  | { readonly type: "progress"; readonly share: number }
  | ({ readonly type: "stored" } & StoredEvents)
  /** null: the recording was deleted meanwhile. */
  | { readonly type: "imported"; readonly outcome: ImportOutcome | null }
  | { readonly type: "exported"; readonly file: ExportedFile }
  | { readonly type: "inspected"; readonly inventory: Inventory }
  | { readonly type: "cancelled" }
  | { readonly type: "failed"; readonly reason: string };

interface Hooks extends TransferOptions {
  readonly onStored?: (stored: StoredEvents) => void;
}

export async function importInWorker(file: File, hooks: Required<Hooks>): Promise<ImportOutcome | null> {
  const answer = await inWorker({ type: "import", file }, hooks);
  if (answer.type !== "imported") throw new Error("unexpected answer from the worker");
  return answer.outcome;
}

/** The tab of a recording from a file. */
const NO_TAB = 0;

/** Imports a file whose recording is shown while it is read. */
export function importShown(
  file: File,
  { onBegun, ...options }: ImportOptions,
  notify: (change: SourceChange) => void,
): Promise<ImportOutcome | null> {
  let begun = false;
  const onStored = (stored: StoredEvents): void => {
    notify({ type: "stored", ...stored, tabId: NO_TAB });
    if (!begun) onBegun(stored.recording);
    begun = true;
  };
  return importInWorker(file, { ...options, onStored });
}

export async function exportInWorker(
  order: Omit<Extract<FileOrder, { type: "export" }>, "type">,
  hooks: Hooks,
): Promise<ExportedFile> {
  const answer = await inWorker({ type: "export", ...order }, hooks);
  if (answer.type !== "exported") throw new Error("unexpected answer from the worker");
  return answer.file;
}

export async function inspectInWorker(
  recording: PageId,
  contents: ExportContents,
  hooks: Hooks,
): Promise<Inventory> {
  const answer = await inWorker({ type: "inspect", recording, contents }, hooks);
  if (answer.type !== "inspected") throw new Error("unexpected answer from the worker");
  return answer.inventory;
}

/** Rejects with an error message for the user, or with the signal's reason. */
async function inWorker(
  order: FileOrder,
  { onProgress, onStored, signal }: Hooks,
): Promise<FileWorkerAnswer> {
  signal.throwIfAborted();
  const worker = new Worker("file-worker.js");
  const ended = new AbortController();
  try {
    return await new Promise<FileWorkerAnswer>((resolve, reject) => {
      const stop = (): void => {
        reject(signal.reason as Error);
      };
      worker.onmessage = ({ data }: MessageEvent<FileWorkerAnswer>) => {
        if (data.type === "progress") onProgress(data.share);
        else if (data.type === "stored") onStored?.(data);
        else if (data.type === "failed") reject(new Error(data.reason));
        else if (data.type === "cancelled") stop();
        else resolve(data);
      };
      worker.onerror = () => {
        reject(new Error("not enough memory"));
      };
      const cancel = (): void => {
        if (order.type !== "import") stop();
        else worker.postMessage({ type: "cancel" } satisfies FileOrder);
      };
      signal.addEventListener("abort", cancel, { signal: ended.signal });
      worker.postMessage(order);
    });
  } finally {
    ended.abort();
    // Frees the memory that the file needed.
    worker.terminate();
  }
}
