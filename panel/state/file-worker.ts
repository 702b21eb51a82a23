/** The worker that reads a recording file into the store, or writes a file from the store. One worker per file. */
import reportStyle from "hubscope:report-style";
import { createConnection } from "../../extension/store/connection.ts";
import { beginImport, RecordingDeleted } from "../../extension/store/import.ts";
import { openStore } from "../../extension/store/store.ts";
import type { FileOrder, FileWorkerAnswer } from "./file-orders.ts";
import { exportFile } from "./files/export-file.ts";
import { importFile } from "./files/import-file.ts";
import type { OnProgress } from "./source.ts";

const post = (answer: FileWorkerAnswer): void => {
  postMessage(answer);
};
const progress: OnProgress = (share) => {
  post({ type: "progress", share });
};

const cancelled = new AbortController();

addEventListener("message", ({ data }: MessageEvent<FileOrder>) => {
  if (data.type === "cancel") {
    cancelled.abort();
    return;
  }
  const done = data.type === "import" ? importFrom(data.file) : exportTo(data);
  done.then(post, (error: unknown) => {
    if (cancelled.signal.aborted) {
      post({ type: "cancelled" });
      return;
    }
    const isFull = error instanceof Error && error.name === "QuotaExceededError";
    const reason = error instanceof Error ? error.message : String(error);
    post({
      type: "failed",
      reason: isFull ? "there is no room left for it; remove recordings first" : reason,
    });
  });
});

async function importFrom(file: File): Promise<FileWorkerAnswer> {
  const job = await beginImport(createConnection());
  try {
    const outcome = await importFile(file, job, Date.now(), {
      onProgress: progress,
      onStored: (stored) => {
        post({ type: "stored", ...stored });
      },
      signal: cancelled.signal,
    });
    return { type: "imported", outcome };
  } catch (error) {
    // If that fails, too, the next import removes it.
    await job.cancel().catch(() => undefined);
    if (error instanceof RecordingDeleted) return { type: "imported", outcome: null };
    throw error;
  }
}

async function exportTo(order: Extract<FileOrder, { type: "export" }>): Promise<FileWorkerAnswer> {
  const store = openStore();
  const { recording, kind, options, hubscope } = order;
  const wanted = (await store.pages()).filter((page) => page.recording === recording);
  wanted.sort(
    (a, b) => Number(b.page === recording) - Number(a.page === recording) || a.startedAt - b.startedAt,
  );
  const scorecards = await store.userData("scorecards");
  const file = await exportFile(
    { pages: wanted, readEvents: (page) => store.readEvents(page, 0) },
    kind,
    options,
    { hubscope, now: Date.now(), scorecards, reportStyle },
    { onProgress: progress, signal: cancelled.signal },
  );
  return { type: "exported", file };
}
