import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { createMemorySource } from "../../../panel/state/memory-source.ts";
import { createNotices } from "../../../panel/state/notices.ts";
import { createPanelState } from "../../../panel/state/panel-state.ts";
import { gather, type Recording } from "../../../panel/state/recordings.ts";
import { watchTrimmed } from "../../../panel/state/watch-trimmed.ts";

const source = createMemorySource();
source.append("p", [{ kind: "online", seq: 1, t: 1_764_200_000_000, online: true }]);
const recordingWith = async (letGo?: { payloads: number; events: number }): Promise<Recording | null> =>
  gather((await source.pages()).map((page) => ({ ...page, ...(letGo ? { letGo } : {}) })))[0] ?? null;

describe("the panel", () => {
  it("shows what was removed from a recording above the limit, and updates it", async () => {
    const notices = createNotices();
    const shown = signal(await recordingWith());
    const stop = watchTrimmed(shown, notices);
    expect(notices.list.value).toEqual([]);
    shown.value = await recordingWith({ payloads: 12, events: 0 });
    expect(notices.list.value.map(({ text }) => text)).toEqual([
      expect.stringContaining("the payloads of 12 messages were removed"),
    ]);
    shown.value = await recordingWith({ payloads: 1_200, events: 30 });
    expect(notices.list.value.map(({ text }) => text)).toEqual([
      expect.stringContaining("the payloads of 1,200 messages and 30 messages were removed"),
    ]);
    shown.value = null;
    expect(notices.list.value).toEqual([]);
    stop();
  });

  it("says that storage is full, and how to free some", () => {
    const memory = createMemorySource();
    let tell: Parameters<typeof memory.subscribe>[0] = () => undefined;
    const state = createPanelState({
      ...memory,
      subscribe(listener) {
        tell = listener;
        return () => undefined;
      },
    });
    tell({ type: "full" });
    tell({ type: "full" });
    expect(state.notices.list.value.map(({ tone, text }) => [tone, text])).toEqual([
      ["bad", expect.stringContaining("Remove recordings, or free disk space")],
    ]);
    state.dispose();
  });
});
