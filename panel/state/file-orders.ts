/** Long work on files, in a worker of its own: the panel goes on drawing whatever the file is. */
import type { ImportOutcome, OnProgress } from "./source.ts";

/** What the worker says: how far it is, and at last how it ended. */
export type FileWorkerAnswer =
  | { readonly type: "progress"; readonly share: number }
  | { readonly type: "done"; readonly outcome: ImportOutcome }
  | { readonly type: "failed"; readonly reason: string };

/** Reads a file into the store. Who waits gets the words for the user when it fails. */
export async function importInWorker(file: File, onProgress: OnProgress): Promise<ImportOutcome> {
  const worker = new Worker("file-worker.js");
  try {
    return await new Promise<ImportOutcome>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FileWorkerAnswer>) => {
        if (data.type === "progress") onProgress(data.share);
        else if (data.type === "done") resolve(data.outcome);
        else reject(new Error(data.reason));
      };
      worker.onerror = () => {
        reject(new Error("it takes more memory than there is"));
      };
      worker.postMessage(file);
    });
  } finally {
    // With it goes the memory that the file took.
    worker.terminate();
  }
}
