/** Bundled and run in a page of the extension: what its store holds, and the setting for payloads. */
import { openStore } from "../../../extension/store/store.ts";

declare global {
  interface Window {
    benchStore: BenchStore;
  }
}

export interface Recorded {
  /** Messages that are stored, one by one or as part of a number. */
  readonly messages: number;
  /** Those that the recording itself says it lost. */
  readonly dropped: number;
}

export interface BenchStore {
  recordPayloads(origin: string, on: boolean): Promise<void>;
  /** Counts the invocations and forgets them. */
  take(): Promise<Recorded>;
}

const INVOCATION = 1;

const store = openStore();
window.benchStore = {
  async recordPayloads(origin, on) {
    await store.changeSettings((now) => ({ ...now, payloadSites: on ? [origin] : [] }));
  },
  async take() {
    let messages = 0;
    let dropped = 0;
    for (const { page } of await store.pages()) {
      for await (const events of store.readEvents(page, 0)) {
        for (const event of events) {
          // A message with `counted` is one of the last ones of a number, kept for a closer look.
          if (event.kind === "message" && event.type === INVOCATION && event.counted !== true) messages++;
          if (event.kind === "dropped") dropped += event.count;
          if (event.kind === "counts")
            for (const { type, count } of event.counts) if (type === INVOCATION) messages += count;
        }
      }
    }
    await store.clear({ keepPinned: false });
    return { messages, dropped };
  },
};
