/** Bundled and run in a page of the extension: what its store holds of the measured page. */
import { openStore } from "../../../extension/store/store.ts";

declare global {
  interface Window {
    watchedStore: WatchedStore;
  }
}

export interface Stored {
  /** All hub messages, one by one or as part of a number: what the panel must show. */
  readonly messages: number;
  /** Those of them that are invocations. */
  readonly invocations: number;
  /** Recorded one by one. */
  readonly rows: number;
  /** Of these, with their payload. */
  readonly payloads: number;
  /** Events that the recording says it has lost. */
  readonly dropped: number;
}

export interface WatchedStore {
  read(): Promise<Stored>;
  clear(): Promise<void>;
}

const INVOCATION = 1;
const store = openStore();

window.watchedStore = {
  async read() {
    const sum = { messages: 0, invocations: 0, rows: 0, payloads: 0, dropped: 0 };
    const add = (type: number, count: number): void => {
      sum.messages += count;
      if (type === INVOCATION) sum.invocations += count;
    };
    for (const { page } of await store.pages()) {
      for await (const events of store.readEvents(page, 0)) {
        for (const event of events) {
          if (event.kind === "dropped") sum.dropped += event.count;
          if (event.kind === "counts") for (const { type, count } of event.counts) add(type, count);
          // A message with `counted` is also part of a number.
          if (event.kind !== "message" || event.counted) continue;
          add(event.type, 1);
          sum.rows++;
          if (event.payload !== undefined) sum.payloads++;
        }
      }
    }
    return sum;
  },
  clear: () => store.clear({ keepPinned: false }),
};
