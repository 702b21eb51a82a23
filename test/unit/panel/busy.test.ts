// @vitest-environment happy-dom
/** The panel says while it happens that not everything is recorded. */
import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { packEvents } from "../../../extension/core/columns/event-block.ts";
import type { HubMessage, RecordedEvent } from "../../../extension/core/events/events.ts";
import { watchBusy } from "../../../panel/state/busy.ts";
import { loadRecording, type LoadedRecording } from "../../../panel/state/loaded-recording.ts";
import { createMemorySource } from "../../../panel/state/memory-source.ts";
import { createNotices } from "../../../panel/state/notices.ts";
import type { PanelSource } from "../../../panel/state/source.ts";

const NOW = 1_764_200_000_000;
beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date", "setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

function openPanel() {
  const stored: RecordedEvent[] = [];
  const source: PanelSource = {
    ...createMemorySource(),
    async *readBlocks(_page, afterSeq) {
      await Promise.resolve();
      yield packEvents(stored.filter(({ seq }) => seq > afterSeq)).block;
    },
  };
  const recording = loadRecording(source, "p", (error) => {
    throw error;
  });
  const loaded = signal<LoadedRecording | null>(recording);
  const isLive = signal(true);
  const notices = createNotices();
  let seq = 0;
  const store = async (...events: readonly RecordedEvent[]): Promise<void> => {
    stored.push(...events.map((event) => ({ ...event, seq: ++seq })));
    recording.refresh("p");
    await vi.waitFor(() => {
      expect(recording.model.events.length).toBe(stored.length);
    });
  };
  return {
    store,
    load: () => recording.load([]),
    loaded,
    isLive,
    texts: () => notices.list.value.map(({ text }) => text),
    notices,
    stop: watchBusy(loaded, isLive, notices, Date.now),
  };
}

const counts = (): RecordedEvent => ({
  kind: "counts",
  seq: 0,
  socket: 1,
  t: Date.now(),
  until: Date.now(),
  counts: [{ direction: "in", type: 1, count: 900, bytes: 9_000 }],
});
const message = (more: Partial<HubMessage>): RecordedEvent => ({
  kind: "message",
  seq: 0,
  t: Date.now(),
  socket: 1,
  direction: "in",
  type: 1,
  size: 100,
  ...more,
});
const leftOut = (): RecordedEvent => message({ truncated: true });

it("says that payloads are left out, then that messages are only counted, and for how long", async () => {
  const { store, load, texts, stop } = openPanel();
  await load();
  await vi.advanceTimersByTimeAsync(5_000);
  await store(message({ payload: "{}" }), message({ payload: "{", truncated: true }));
  expect(texts()).toEqual([]);
  await store(leftOut());
  expect(texts()).toEqual([expect.stringContaining("too many messages to record all payloads")]);
  const [since] = /\d\d:\d\d:\d\d/.exec(texts()[0] ?? "") ?? [];
  await vi.advanceTimersByTimeAsync(2_000);
  await store(counts());
  expect(texts()).toEqual([expect.stringContaining("most messages are only counted")]);
  expect(texts()[0]).toContain(since);
  await vi.advanceTimersByTimeAsync(2_000);
  await store(leftOut());
  expect(texts()).toEqual([expect.stringContaining("most messages are only counted")]);
  await vi.advanceTimersByTimeAsync(2_500);
  expect(texts()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(texts()).toEqual([]);
  stop();
});

it("doesn't come back while it goes on, when the user has closed it", async () => {
  const { store, load, texts, notices, stop } = openPanel();
  await load();
  await vi.advanceTimersByTimeAsync(5_000);
  await store(counts());
  notices.dismiss(notices.list.value[0]?.id ?? 0);
  await vi.advanceTimersByTimeAsync(1_000);
  await store(counts());
  expect(texts()).toEqual([]);
  // It was over; now it happens again.
  await vi.advanceTimersByTimeAsync(4_000);
  await store(counts());
  expect(texts()).toHaveLength(1);
  stop();
  expect(texts()).toEqual([]);
});

it("says nothing of what was counted before the panel was open, or while an old recording is read", async () => {
  const { store, load, isLive, texts, stop } = openPanel();
  await store(counts());
  await load();
  // The second in which it was opened.
  await vi.advanceTimersByTimeAsync(1_000);
  await store(counts());
  expect(texts()).toEqual([]);
  await vi.advanceTimersByTimeAsync(5_000);
  isLive.value = false;
  await store(counts());
  isLive.value = true;
  expect(texts()).toEqual([]);
  await store(counts());
  expect(texts()).toHaveLength(1);
  stop();
});

it("is about the recording that is shown", async () => {
  const { store, load, loaded, texts, stop } = openPanel();
  await load();
  await vi.advanceTimersByTimeAsync(5_000);
  await store(counts());
  loaded.value = null;
  expect(texts()).toEqual([]);
  stop();
});
