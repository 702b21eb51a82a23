/** Searches payloads in a worker: they are read and searched there, and only numbers come back. */
import type { PageId } from "../../../extension/core/ids.ts";
import type { PayloadsSearched } from "../source.ts";

export interface SearchOrder {
  readonly page: PageId;
  readonly afterSeq: number;
  /** In lower case. */
  readonly texts: readonly string[];
}

export type SearchAnswer =
  | { readonly type: "searched"; readonly searched: PayloadsSearched }
  | { readonly type: "done" }
  | { readonly type: "failed"; readonly reason: string };

/** A worker for each search: ending it stops the search at once. */
export async function* searchInWorker(
  page: PageId,
  afterSeq: number,
  texts: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<PayloadsSearched> {
  if (signal.aborted) return;
  const worker = new Worker("search-worker.js");
  const answers: SearchAnswer[] = [];
  let wake: () => void = () => undefined;
  const take = (answer: SearchAnswer): void => {
    answers.push(answer);
    wake();
  };
  const stop = (): void => {
    take({ type: "done" });
  };
  worker.onmessage = ({ data }: MessageEvent<SearchAnswer>) => {
    take(data);
  };
  worker.onerror = () => {
    take({ type: "failed", reason: "not enough memory" });
  };
  signal.addEventListener("abort", stop);
  worker.postMessage({ page, afterSeq, texts } satisfies SearchOrder);
  try {
    for (;;) {
      const answer = answers.shift();
      if (!answer) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if (answer.type === "done") return;
      if (answer.type === "failed") throw new Error(answer.reason);
      yield answer.searched;
    }
  } finally {
    signal.removeEventListener("abort", stop);
    worker.terminate();
  }
}
