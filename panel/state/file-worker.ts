/** The worker that reads a recording file into the store, or writes a file from the store. One worker per file. */
import reportStyle from "hubscope:report-style";
import { openStore } from "../../extension/store/store.ts";
import type { FileOrder, FileWorkerAnswer } from "./file-orders.ts";
import { exportEvents, importEvents, type PageWithEvents } from "./files.ts";
import type { OnProgress } from "./source.ts";

const post = (answer: FileWorkerAnswer): void => {
  postMessage(answer);
};
const progress: OnProgress = (share) => {
  post({ type: "progress", share });
};

addEventListener("message", ({ data }: MessageEvent<FileOrder>) => {
  handle(data).then(post, (error: unknown) => {
    const isFull = error instanceof Error && error.name === "QuotaExceededError";
    const reason = error instanceof Error ? error.message : String(error);
    post({
      type: "failed",
      reason: isFull ? "there is no room left for it; remove recordings first" : reason,
    });
  });
});

async function handle(order: FileOrder): Promise<FileWorkerAnswer> {
  const store = openStore();
  if (order.type === "import") {
    const { pages, warnings } = await importEvents(order.file, Date.now(), progress);
    await store.importPages(pages);
    return { type: "imported", outcome: { recording: pages[0]?.page.recording ?? "", warnings } };
  }
  const { recording, kind, options, hubscope } = order;
  const wanted = (await store.pages()).filter((page) => page.recording === recording);
  wanted.sort(
    (a, b) => Number(b.page === recording) - Number(a.page === recording) || a.startedAt - b.startedAt,
  );
  const pages: PageWithEvents[] = [];
  for (const [i, page] of wanted.entries()) {
    const events: PageWithEvents["events"][number][] = [];
    for await (const some of store.readEvents(page.page, 0)) for (const event of some) events.push(event);
    pages.push({ page, events });
    progress(((i + 1) / wanted.length) * 0.4);
  }
  const scorecards = await store.userData("scorecards");
  const file = await exportEvents(
    pages,
    kind,
    options,
    { hubscope, now: Date.now(), scorecards, reportStyle },
    progress,
  );
  return { type: "exported", file };
}
