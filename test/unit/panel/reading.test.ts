import { describe, expect, it } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { StoredPage } from "../../../extension/store/stored-page.ts";
import { packEvents } from "../../../extension/core/columns/event-block.ts";
import { unpackEvents } from "../../../extension/core/columns/unpack-events.ts";
import { NO_PAYLOADS } from "../../../extension/core/columns/payload-block.ts";
import { loadRecording } from "../../../panel/state/loaded-recording.ts";
import { createMemorySource } from "../../../panel/state/memory-source.ts";
import { oneAtATime } from "../../../panel/state/one-at-a-time.ts";

const message = (seq: number): RecordedEvent => ({
  kind: "message",
  seq,
  t: 1_764_200_000_000 + seq,
  socket: 1,
  direction: "in",
  type: 1,
  size: 10,
});

describe("reading a recording", () => {
  it("applies no segment twice when load runs while a refresh does", async () => {
    const source = createMemorySource();
    source.append("p", [1, 2, 3, 4].map(message));
    const [page] = (await source.pages()) as StoredPage[];
    const slow = {
      ...source,
      async *readBlocks(id: string, after: number) {
        for await (const block of source.readBlocks(id, after))
          for (const event of unpackEvents({ block, payloads: NO_PAYLOADS })) {
            await new Promise((resolve) => setTimeout(resolve));
            yield packEvents([event]).block;
          }
      },
    };
    const errors: unknown[] = [];
    const recording = loadRecording(slow, "p", (error) => errors.push(error));
    recording.refresh("p");
    const loaded = recording.load(page ? [page] : []);
    recording.refresh("p");
    source.append("p", [5].map(message));
    await loaded;
    recording.refresh("p");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(
      Array.from(
        { length: recording.log.length },
        (_, i) => recording.log.entry(recording.log.rowAt(i)).event.seq,
      ),
    ).toEqual([1, 2, 3, 4, 5]);
    expect(recording.progress.value).toBe(1);
    expect(errors).toEqual([]);
  });
});

describe("one at a time", () => {
  it("runs again for calls in the meantime, also after a run that failed", async () => {
    let runs = 0;
    const run = oneAtATime(async () => {
      await Promise.resolve();
      if (++runs === 1) throw new Error("the first fails");
    });
    const first = run();
    const second = run();
    await expect(first).rejects.toThrow("the first fails");
    await second;
    await run();
    expect(runs).toBe(3);
  });
});
