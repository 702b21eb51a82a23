/** The worker that simulates herds. One worker per run. */
import { simulate } from "../../../extension/core/herd/simulate.ts";
import type { HerdAnswer, HerdOrder } from "./herd-orders.ts";

addEventListener("message", ({ data: { inputs } }: MessageEvent<HerdOrder>) => {
  const post = (answer: HerdAnswer): void => {
    postMessage(answer);
  };
  try {
    const results = inputs.map((input, i) =>
      simulate(input, (share) => {
        post({ type: "progress", share: (i + share) / inputs.length });
      }),
    );
    post({ type: "simulated", results });
  } catch (error) {
    post({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
  }
});
