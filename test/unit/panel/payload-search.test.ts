// @vitest-environment happy-dom
import { signal } from "@preact/signals";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { EventTable } from "../../../extension/core/columns/event-table.ts";
import { packEvents } from "../../../extension/core/columns/event-block.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { loadRecording, type LoadedRecording } from "../../../panel/state/loaded-recording.ts";
import { createMemorySource } from "../../../panel/state/memory-source.ts";
import { createPayloadSearch } from "../../../panel/state/messages/payload-search.ts";
import { searchBlock } from "../../../panel/state/messages/search-block.ts";
import { createPayloads } from "../../../panel/state/payloads.ts";
import type { PanelSource } from "../../../panel/state/source.ts";
import { event, numbers, range } from "../fakes/events.ts";
import { byHand, told } from "../fakes/payload-search.ts";

const noError = (error: unknown): void => {
  throw error;
};

describe("searchBlock", () => {
  it("finds text in any case, and bytes by their UTF-8", () => {
    const binary = btoa(String.fromCharCode(...new TextEncoder().encode("\u0001Zoë")));
    const { payloads } = packEvents([
      ...told(1, 3),
      event(4, { binary }),
      event(5, { binary: "%" }),
      event(6),
    ]);
    expect(searchBlock(payloads, "word-2", 0)).toEqual([2]);
    expect(searchBlock(payloads, "word", 1)).toEqual([2, 3]);
    expect(searchBlock(payloads, "zoë", 0)).toEqual([4]);
    expect(searchBlock(payloads, "%", 0)).toEqual([]);
  });

  it("finds what a search in each text finds", () => {
    const letter = fc.constantFrom("a", "B", "b", "Σ", "σ", "ς", "İ", "i", "\n", "\ud800", "é", "É", "ẞ");
    const anyLetters = (maxLength: number) =>
      fc.array(letter, { maxLength }).map((letters) => letters.join(""));
    fc.assert(
      fc.property(
        fc.array(anyLetters(4), { maxLength: 6 }),
        anyLetters(2),
        fc.nat(6),
        (texts, wanted, after) => {
          const { payloads } = packEvents(texts.map((payload, i) => event(i + 1, { payload })));
          const text = wanted.toLowerCase();
          expect(searchBlock(payloads, text, after)).toEqual(
            texts.flatMap((one, i) => (i + 1 > after && one.toLowerCase().includes(text) ? [i + 1] : [])),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("a search in payloads", () => {
  const tableOf = (...blocks: readonly (readonly RecordedEvent[])[]): EventTable => {
    const table = new EventTable();
    for (const events of blocks) table.add("p", packEvents(events).block);
    return table;
  };
  it("isn't begun for messages without payloads", () => {
    const { source, asked } = byHand();
    const search = createPayloadSearch(source, tableOf(range(1, 3)), ["a"], () => undefined, noError);
    expect(search.isKnown(2)).toBe(true);
    expect(search.has(2, "a")).toBe(false);
    expect(asked).toEqual([]);
  });

  it("says what it knows so far, goes on for new messages, and begins where it was", async () => {
    const hand = byHand();
    const events = tableOf(told(1, 4));
    const onProgress = vi.fn();
    const search = createPayloadSearch(hand.source, events, ["a", "b"], onProgress, noError);
    expect(search.isKnown(0)).toBe(false);
    hand.give({ upTo: 2, found: [[2], []] });
    await vi.waitFor(() => {
      expect(onProgress).toHaveBeenCalledTimes(1);
    });
    expect([0, 1, 2].map((row) => search.isKnown(row))).toEqual([true, true, false]);
    expect([0, 1].map((row) => search.has(row, "a"))).toEqual([false, true]);
    expect(search.has(1, "b")).toBe(false);
    hand.give({ upTo: 3, found: [[], [3]] });
    await vi.waitFor(() => {
      expect(search.isKnown(2)).toBe(true);
    });
    // The payload of the last one is gone: it isn't waited for.
    hand.give(null);
    await vi.waitFor(() => {
      expect(search.isKnown(3)).toBe(true);
    });
    events.add("p", packEvents(told(5, 6)).block);
    expect(search.isKnown(4)).toBe(false);
    await vi.waitFor(() => {
      expect(hand.asked.map(({ after }) => after)).toEqual([0, 4]);
    });
  });

  it("answers for rows in any order", async () => {
    const hand = byHand();
    const search = createPayloadSearch(hand.source, tableOf(told(1, 40)), ["a"], () => undefined, noError);
    search.isKnown(0);
    const found = [2, 3, 20, 40];
    hand.give({ upTo: 40, found: [found] });
    await vi.waitFor(() => {
      expect(search.isKnown(39)).toBe(true);
    });
    for (const seq of [...numbers(40), ...numbers(40), 40, 20, 3, 2, 1, 30, 20, 21, 40])
      expect([seq, search.has(seq - 1, "a")]).toEqual([seq, found.includes(seq)]);
  });

  it("ends when it is stopped, and when it fails it keeps nobody waiting", async () => {
    const hand = byHand();
    const search = createPayloadSearch(hand.source, tableOf(told(1, 2)), ["a"], () => undefined, noError);
    search.isKnown(0);
    await vi.waitFor(() => {
      expect(hand.asked).toHaveLength(1);
    });
    search.stop();
    expect(hand.asked[0]?.signal.aborted).toBe(true);

    const errors: unknown[] = [];
    const onProgress = vi.fn();
    const failing = createPayloadSearch(
      {
        // eslint-disable-next-line require-yield -- It fails before its first answer.
        async *searchPayloads() {
          await Promise.resolve();
          throw new Error("the worker stopped");
        },
      },
      tableOf(told(1, 2)),
      ["a"],
      onProgress,
      (error) => errors.push(error),
    );
    expect(failing.isKnown(1)).toBe(false);
    await vi.waitFor(() => {
      expect(onProgress).toHaveBeenCalled();
    });
    expect(failing.isKnown(1)).toBe(true);
    expect(errors).toHaveLength(1);
  });
});

describe("payloads of single messages", () => {
  it("are read when they are looked at, and stay the same object", async () => {
    const source = createMemorySource();
    source.append("p", [...told(1, 2), event(3)]);
    const recording = loadRecording(source, "p", noError);
    await recording.load(await source.pages());
    const payloads = createPayloads(source, signal<LoadedRecording | null>(recording), noError);
    expect(payloads.of(0)).toMatchObject({ isRead: false });
    expect(payloads.of(2)).toMatchObject({ isRead: true, message: { seq: 3 } });
    await vi.waitFor(() => {
      expect(payloads.of(0)).toMatchObject({ isRead: true, message: { payload: '{"n":"Word-1"}' } });
    });
    expect(payloads.of(1)?.message).toBe(payloads.of(1)?.message);
  });

  it("are read together for all rows that are shown, and are shown at once", async () => {
    const source = createMemorySource();
    source.append("p", told(1, 40));
    const recording = loadRecording(source, "p", noError);
    await recording.load(await source.pages());
    const asked: number[][] = [];
    // Each message in a segment of its own, as a live page stores them; three are read at once.
    const slow: Pick<PanelSource, "payloadsOf" | "subscribe"> = {
      subscribe: () => () => undefined,
      async payloadsOf(page, seqs) {
        asked.push([...seqs]);
        const found = await Promise.all(seqs.slice(0, 3).map((seq) => source.payloadsOf(page, [seq])));
        return found.flat().map((one) => ({ ...one, lastSeq: one.firstSeq }));
      },
    };
    const payloads = createPayloads(slow, signal<LoadedRecording | null>(recording), noError);
    const read = () => [9, 10, 11, 12].filter((row) => payloads.of(row)?.isRead);
    expect(read()).toEqual([]);
    await vi.waitFor(() => {
      expect(read()).toEqual([9, 10, 11, 12]);
    });
    expect(asked).toEqual([[13, 12, 11, 10], [10]]);
    expect(payloads.of(12)).toMatchObject({ message: { payload: '{"n":"Word-13"}' } });
  });

  it("are read ahead while the end of a live recording is shown", async () => {
    const source = createMemorySource();
    source.append("p", told(1, 300));
    const recording = loadRecording(source, "p", noError);
    await recording.load(await source.pages());
    const payloads = createPayloads(source, signal<LoadedRecording | null>(recording), noError);
    const readAtOnce = async (shown: number, seq: number): Promise<boolean | undefined> => {
      await vi.waitFor(() => {
        expect(payloads.of(shown)?.isRead).toBe(true);
      });
      source.append("p", told(seq, seq));
      // The read that it starts is over before the message is in the recording.
      await vi.waitFor(() => {
        recording.refresh("p");
        expect(recording.model.events.length).toBe(seq);
      });
      return payloads.of(seq - 1)?.isRead;
    };
    expect(await readAtOnce(299, 301)).toBe(true);
    expect(await readAtOnce(0, 302)).toBe(false);
    payloads.stop();
    expect(await readAtOnce(301, 303)).toBe(false);
  });
});
