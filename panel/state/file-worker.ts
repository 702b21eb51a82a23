/** The worker that reads a recording file into the store, or writes a file from the store. One worker per file. */
import reportStyle from "hubscope:report-style";
import type { PageId } from "../../extension/core/ids.ts";
import { createConnection } from "../../extension/store/connection.ts";
import { beginImport, RecordingDeleted } from "../../extension/store/import.ts";
import { openStore, type Store } from "../../extension/store/store.ts";
import type { FileOrder, FileWorkerAnswer } from "./file-orders.ts";
import { exportFile, inspectFile, type ExportSource } from "./files/export-file.ts";
import { importFile } from "./files/import-file.ts";
import type { OnProgress } from "./source.ts";

const post = (answer: FileWorkerAnswer): void => {
  postMessage(answer);
};
const progress: OnProgress = (share) => {
  post({ type: "progress", share });
};

const cancelled = new AbortController();
const watching = { onProgress: progress, signal: cancelled.signal };

addEventListener("message", ({ data }: MessageEvent<FileOrder>) => {
  if (data.type === "cancel") {
    cancelled.abort();
    return;
  }
  run(data).then(post, (error: unknown) => {
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

function run(order: Exclude<FileOrder, { type: "cancel" }>): Promise<FileWorkerAnswer> {
  switch (order.type) {
    case "import":
      return importFrom(order.file);
    case "export":
      return exportTo(order);
    case "inspect":
      return inspect(order);
  }
}

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
  const scorecards = await store.userData("scorecards");
  const file = await exportFile(
    await sourceOf(store, recording),
    kind,
    options,
    { hubscope, now: Date.now(), scorecards, reportStyle },
    watching,
  );
  return { type: "exported", file };
}

async function inspect(order: Extract<FileOrder, { type: "inspect" }>): Promise<FileWorkerAnswer> {
  const source = await sourceOf(openStore(), order.recording);
  return {
    type: "inspected",
    inventory: await inspectFile(source, order.contents, Date.now(), watching),
  };
}

async function sourceOf(store: Store, recording: PageId): Promise<ExportSource> {
  const pages = (await store.pages()).filter((page) => page.recording === recording);
  pages.sort(
    (a, b) => Number(b.page === recording) - Number(a.page === recording) || a.startedAt - b.startedAt,
  );
  return { pages, readEvents: (page) => store.readEvents(page, 0) };
}
