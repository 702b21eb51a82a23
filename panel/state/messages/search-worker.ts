/** The worker that searches payloads in the store. One worker per search. */
import type { Milliseconds } from "../../../extension/core/units.ts";
import { openStore } from "../../../extension/store/store.ts";
import { searchBlock } from "./search-block.ts";
import type { SearchAnswer, SearchOrder } from "./search-order.ts";

const post = (answer: SearchAnswer): void => {
  postMessage(answer);
};

addEventListener("message", ({ data }: MessageEvent<SearchOrder>) => {
  search(data).then(
    () => {
      post({ type: "done" });
    },
    (error: unknown) => {
      post({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
    },
  );
});

/** The panel draws its list with each answer. */
const BETWEEN_ANSWERS: Milliseconds = 50;

async function search({ page, afterSeq, texts }: SearchOrder): Promise<void> {
  let upTo = afterSeq;
  let found = texts.map((): number[] => []);
  let answeredAt = -Infinity;
  const answer = (): void => {
    post({ type: "searched", searched: { upTo, found } });
    found = texts.map(() => []);
    answeredAt = performance.now();
  };
  for await (const block of openStore().readPayloads(page, afterSeq)) {
    upTo = block.seq[block.seq.length - 1] ?? upTo;
    found = texts.map((text, i) => [...(found[i] ?? []), ...searchBlock(block, text, afterSeq)]);
    if (performance.now() - answeredAt >= BETWEEN_ANSWERS) answer();
  }
  if (upTo > afterSeq) answer();
}
