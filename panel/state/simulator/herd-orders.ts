/** Runs simulations in a worker, so that the panel stays responsive. */
import type { HerdInput } from "../../../extension/core/herd/herd-input.ts";
import type { HerdResult } from "../../../extension/core/herd/herd-result.ts";

/** They are run one after the other. */
export interface HerdOrder {
  readonly inputs: readonly HerdInput[];
}

/** Its progress, and finally the results, in the order of the inputs. */
export type HerdAnswer =
  | { readonly type: "progress"; readonly share: number }
  | { readonly type: "simulated"; readonly results: readonly HerdResult[] }
  | { readonly type: "failed"; readonly reason: string };

/** A worker for each run: ending it stops the simulation at once, and frees its memory. */
export async function simulateInWorker(
  inputs: readonly HerdInput[],
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<readonly HerdResult[]> {
  signal.throwIfAborted();
  const worker = new Worker("herd-worker.js", { type: "module" });
  const ended = new AbortController();
  try {
    return await new Promise<readonly HerdResult[]>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<HerdAnswer>) => {
        if (data.type === "progress") onProgress(data.share);
        else if (data.type === "simulated") resolve(data.results);
        else reject(new Error(data.reason));
      };
      worker.onerror = () => {
        reject(new Error("not enough memory"));
      };
      const stop = (): void => {
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", stop, { signal: ended.signal });
      worker.postMessage({ inputs } satisfies HerdOrder);
    });
  } finally {
    ended.abort();
    worker.terminate();
  }
}
