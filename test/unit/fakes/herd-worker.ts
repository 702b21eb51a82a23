/** Stands for the simulator's worker: it simulates at once, when it is allowed to. */
import { vi } from "vitest";
import { simulate } from "../../../extension/core/herd/simulate.ts";
import type { HerdAnswer, HerdOrder } from "../../../panel/state/simulator/herd-orders.ts";

export interface FakeHerdWorkers {
  /** Workers that were made, and those of them that were ended. */
  made: number;
  ended: number;
  /** Orders that wait for `release`. */
  held: boolean;
  release(): void;
}

export function fakeHerdWorkers(): FakeHerdWorkers {
  const waiting: (() => void)[] = [];
  const workers: FakeHerdWorkers = {
    made: 0,
    ended: 0,
    held: false,
    release() {
      for (const go of waiting.splice(0)) go();
    },
  };
  class FakeWorker {
    onmessage: ((event: { data: HerdAnswer }) => void) | null = null;
    constructor() {
      workers.made++;
    }
    postMessage({ inputs }: HerdOrder): void {
      const go = (): void => {
        this.onmessage?.({ data: { type: "progress", share: 0.5 } });
        this.onmessage?.({ data: { type: "simulated", results: inputs.map((input) => simulate(input)) } });
      };
      if (workers.held) waiting.push(go);
      else queueMicrotask(go);
    }
    terminate(): void {
      workers.ended++;
    }
  }
  vi.stubGlobal("Worker", FakeWorker);
  return workers;
}
