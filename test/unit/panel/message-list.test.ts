// @vitest-environment happy-dom
/** The rows of the message list while a filter searches payloads. */
import { effect, signal } from "@preact/signals";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { loadRecording, type LoadedRecording } from "../../../panel/state/loaded-recording.ts";
import { createMemorySource } from "../../../panel/state/memory-source.ts";
import { createMessageList } from "../../../panel/state/messages/message-list.ts";
import type { PanelSource } from "../../../panel/state/source.ts";
import { watch } from "../../../panel/state/watch.ts";
import { event, numbers } from "../fakes/events.ts";
import { byHand, told } from "../fakes/payload-search.ts";

const noError = (error: unknown): void => {
  throw error;
};

async function listOf(events: readonly RecordedEvent[], searchPayloads?: PanelSource["searchPayloads"]) {
  const source = createMemorySource();
  source.append("p", events);
  const recording = loadRecording(source, "p", noError);
  await recording.load(await source.pages());
  const loaded = signal<LoadedRecording | null>(recording);
  const searched = searchPayloads ? { searchPayloads } : source;
  const list = createMessageList(searched, loaded, signal(0), noError);
  const found = (): number[] =>
    Array.from({ length: list.length() }, (_, index) => {
      const row = list.at(index);
      return row && "event" in row ? row.event.seq : 0;
    });
  return { source, recording, list, found };
}

// It is loaded with the first filter, which takes a while with all panes.
beforeAll(() => import("../../../panel/app/deferred-panes.ts").then(() => undefined));

describe("the message list", () => {
  it("finds a text in payloads, targets and call ids, also in what arrives later", async () => {
    const { source, recording, list, found } = await listOf([
      ...told(1, 6_000),
      event(6_001, { target: "word-599" }),
      event(6_002, { invocationId: "word-599" }),
    ]);
    list.text.value = "Word-599";
    await vi.waitFor(() => {
      expect(found()).toEqual([599, ...numbers(10).map((n) => 5_989 + n), 6_001, 6_002]);
    });
    expect(list.passed().messages).toBe(13);
    source.append("p", [event(6_003, { payload: "WORD-5990" }), event(6_004, { payload: "no" })]);
    recording.refresh("p");
    await vi.waitFor(() => {
      expect(found().at(-1)).toBe(6_003);
    });
    list.text.value = "-word";
    await vi.waitFor(() => {
      expect(found()).toEqual([6_004]);
    });
    list.dispose();
  });

  it("is drawn again only now and then while it is filtered", async () => {
    const { list } = await listOf(told(1, 20_000));
    // A clock that moves whenever it is asked: there are about twenty slices.
    const begun = performance.now() + 1_000;
    let [time, draws] = [begun, 0];
    vi.spyOn(performance, "now").mockImplementation(() => (time += 4));
    list.version.subscribe(() => draws++);
    list.text.value = "size:>0";
    await vi.waitFor(() => {
      expect(list.passed().messages).toBe(20_000);
      expect(time - begun).toBeGreaterThan(200);
    });
    vi.restoreAllMocks();
    expect(draws).toBeGreaterThan(3);
    expect(draws).toBeLessThan((time - begun) / 50 + 5);
  });
});

describe("the message list, until a filter has found something", () => {
  it("keeps its rows", async () => {
    const hand = byHand();
    const { list, found } = await listOf(told(1, 6_000), hand.source.searchPayloads);
    await vi.waitFor(() => {
      expect(list.length()).toBe(6_000);
    });
    const lengths = new Set<number>();
    const stop = effect(() => {
      watch(list.version);
      lengths.add(list.length());
    });
    const all = found();
    const epoch = list.epoch.value;
    list.text.value = "word-5999";
    await vi.waitFor(() => {
      expect(hand.asked).toHaveLength(1);
    });
    hand.give({ upTo: 3_000, found: [[]] });
    await vi.waitFor(() => {
      expect(list.progress.value).toBe(0.5);
    });
    expect(list.stale.value).toBe(true);
    expect(list.epoch.value).toBe(epoch);
    expect(found()).toEqual(all);
    hand.give({ upTo: 5_999, found: [[5_999]] });
    await vi.waitFor(() => {
      expect(found()).toEqual([5_999]);
    });
    expect(list.stale.value).toBe(false);
    expect(list.progress.value).toBeLessThan(1);
    expect(list.epoch.value).toBe(epoch + 1);
    hand.give(null);
    await vi.waitFor(() => {
      expect(list.progress.value).toBe(1);
    });
    // It was never empty, nor anything in between.
    expect([...lengths]).toEqual([6_000, 1]);
    stop();
    list.dispose();
  });

  it("keeps them to the end if there is nothing, and is empty then", async () => {
    const hand = byHand();
    const { list } = await listOf(told(1, 10), hand.source.searchPayloads);
    list.text.value = "nowhere";
    await vi.waitFor(() => {
      expect(hand.asked).toHaveLength(1);
    });
    expect([list.length(), list.stale.value]).toEqual([10, true]);
    hand.give(null);
    await vi.waitFor(() => {
      expect(list.length()).toBe(0);
    });
    expect([list.stale.value, list.progress.value]).toEqual([false, 1]);
    list.dispose();
  });

  it("shows the rows of the next filter, not those of one that was never finished", async () => {
    const hand = byHand();
    const { list, found } = await listOf(
      [...told(1, 10), event(11, { target: "other" })],
      hand.source.searchPayloads,
    );
    list.text.value = "nowhere";
    await vi.waitFor(() => {
      expect(hand.asked).toHaveLength(1);
    });
    expect(list.stale.value).toBe(true);
    list.text.value = "target:other";
    await vi.waitFor(() => {
      expect(found()).toEqual([11]);
    });
    expect(hand.asked[0]?.signal.aborted).toBe(true);
    expect(list.stale.value).toBe(false);
    // At once: a new text is never beside what was found for the last one.
    list.text.value = "target:oth";
    expect(list.stale.value).toBe(true);
    await vi.waitFor(() => {
      expect([list.stale.value, found()]).toEqual([false, [11]]);
    });
    list.dispose();
  });
});
