/** Reads and writes files in a worker, so that the panel stays responsive. */
import type { PageId } from "../../extension/core/ids.ts";
import type { ExportKind } from "./export-formats.ts";
import type { ExportOptions, ExportedFile, ImportOutcome, OnProgress } from "./source.ts";

export type FileOrder =
  /** Reads a file into the store. */
  | { readonly type: "import"; readonly file: File }
  /** Writes a recording of the store. */
  | {
      readonly type: "export";
      readonly recording: PageId;
      readonly kind: ExportKind;
      readonly options: ExportOptions;
      readonly hubscope: string;
    };

/** Messages of the worker: its progress, and finally the result. */
export type FileWorkerAnswer =
  | { readonly type: "progress"; readonly share: number }
  | { readonly type: "imported"; readonly outcome: ImportOutcome }
  | { readonly type: "exported"; readonly file: ExportedFile }
  | { readonly type: "failed"; readonly reason: string };

export async function importInWorker(file: File, onProgress: OnProgress): Promise<ImportOutcome> {
  const answer = await inWorker({ type: "import", file }, onProgress);
  if (answer.type !== "imported") throw new Error("unexpected answer from the worker");
  return answer.outcome;
}

export async function exportInWorker(
  order: Omit<Extract<FileOrder, { type: "export" }>, "type">,
  onProgress: OnProgress,
): Promise<ExportedFile> {
  const answer = await inWorker({ type: "export", ...order }, onProgress);
  if (answer.type !== "exported") throw new Error("unexpected answer from the worker");
  return answer.file;
}

/** Rejects with an error message for the user. */
async function inWorker(order: FileOrder, onProgress: OnProgress): Promise<FileWorkerAnswer> {
  const worker = new Worker("file-worker.js");
  try {
    return await new Promise<FileWorkerAnswer>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FileWorkerAnswer>) => {
        if (data.type === "progress") onProgress(data.share);
        else if (data.type === "failed") reject(new Error(data.reason));
        else resolve(data);
      };
      worker.onerror = () => {
        reject(new Error("not enough memory"));
      };
      worker.postMessage(order);
    });
  } finally {
    // Frees the memory that the file needed.
    worker.terminate();
  }
}
