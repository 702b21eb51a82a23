import type { Traffic } from "./cases.ts";

/** What the measured page offers to the bench. */
export interface BenchPage {
  connect(traffic: Pick<Traffic, "protocol" | "transport">): Promise<void>;
  /** Runs the traffic. @returns how long it took, in milliseconds; for calls, the median time of one, too */
  run(traffic: Traffic): Promise<{ elapsed: number; call?: number }>;
  /** Keeps the main thread busy, so that its process can be found. */
  burn(milliseconds: number): void;
}

declare global {
  interface Window {
    bench: BenchPage;
  }
}
