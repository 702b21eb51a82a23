/** The worker that reads a recording file into the store. One for each file. */
import { openStore } from "../../extension/store/store.ts";
import type { FileWorkerAnswer } from "./file-orders.ts";
import { importEvents } from "./files.ts";

const tell = (answer: FileWorkerAnswer): void => {
  postMessage(answer);
};

addEventListener("message", ({ data }: MessageEvent<File>) => {
  read(data).catch((error: unknown) => {
    const isFull = error instanceof Error && error.name === "QuotaExceededError";
    const reason = error instanceof Error ? error.message : String(error);
    tell({
      type: "failed",
      reason: isFull ? "there is no room left for it; remove recordings first" : reason,
    });
  });
});

async function read(file: File): Promise<void> {
  const { pages, warnings } = await importEvents(file, Date.now(), (share) => {
    tell({ type: "progress", share });
  });
  await openStore().importPages(pages);
  tell({ type: "done", outcome: { recording: pages[0]?.page.recording ?? "", warnings } });
}
