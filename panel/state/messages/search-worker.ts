/** The worker that searches payloads in the store. One worker per search. */
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

async function search({ page, afterSeq, texts }: SearchOrder): Promise<void> {
  for await (const block of openStore().readPayloads(page, afterSeq))
    post({
      type: "searched",
      searched: {
        upTo: block.seq[block.seq.length - 1] ?? afterSeq,
        found: texts.map((text) => searchBlock(block, text, afterSeq)),
      },
    });
}
