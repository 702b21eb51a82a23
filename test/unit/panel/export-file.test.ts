import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { RECORDING_VERSION, type RecordedEvent } from "../../../extension/core/events/events.ts";
import { CLOSE } from "../../../extension/core/protocol/terms.ts";
import { readRecordingFile, writeRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import type { StoredPage } from "../../../extension/store/stored-page.ts";
import { exportFile } from "../../../panel/state/files/export-file.ts";
import { syntheticRecording } from "../../bench/synthetic.ts";
import { inPieces } from "../fakes/export-source.ts";
import { START, range } from "../fakes/events.ts";
import { UNWATCHED } from "../fakes/unwatched.ts";

const stored = (page: string, events: number): StoredPage => ({
  ...{ page, recording: "top", url: `https://${page}.example/`, startedAt: START, lastAt: START, events },
  ...{ tabId: 1, browserSession: 1, frameId: 0, storedUpTo: events, bytes: 0, hubs: 0, interruptions: 0 },
  ...{ pinned: false, connections: 0 },
});
const meta = { hubscope: "1", now: START, scorecards: undefined, reportStyle: "" };
const top = syntheticRecording(3_000);
const frame = range(1, 500, { payload: 'password="hunter2" \u2028 "},{"' });
const source = (most: number) =>
  inPieces(
    [
      [stored("top", top.length), top],
      [stored("frame", frame.length), frame],
      [stored("empty", 0), []],
    ],
    most,
  );

describe("a recording that is exported in pieces", () => {
  const whole = writeRecordingFile(
    [
      { page: "top", recording: "top", url: "https://top.example/", events: top },
      { page: "frame", recording: "top", url: "https://frame.example/", events: frame },
      { page: "empty", recording: "top", url: "https://empty.example/", events: [] },
    ],
    { hubscope: "1", exportedAt: new Date(START).toISOString() },
  );

  it.each([1, 7, 100_000])("is the same file, in pieces of %i events", async (most) => {
    const { blob } = await exportFile(source(most), "json", { payloads: true }, meta, UNWATCHED);
    expect((await blob.text()) === whole).toBe(true);
    const packed = await exportFile(source(most), "json.gz", { payloads: true }, meta, UNWATCHED);
    expect(gunzipSync(await packed.blob.arrayBuffer()).toString() === whole).toBe(true);
    expect(whole).not.toContain("hunter2");
    expect(JSON.parse(whole)).toMatchObject({ version: RECORDING_VERSION });
    expect(readRecordingFile(whole)).toMatchObject({ ok: true, leftOut: 0 });
  });

  it("has no payloads if they are not wanted", async () => {
    const { blob } = await exportFile(source(100), "json", { payloads: false }, meta, UNWATCHED);
    expect(await blob.text()).not.toContain("payload");
  });

  it("is the same report, in pieces or not", async () => {
    const texts = [7, 100_000].map(async (most) =>
      (await exportFile(source(most), "html", { payloads: true }, meta, UNWATCHED)).blob.text(),
    );
    const [inSome, atOnce] = await Promise.all(texts);
    expect(inSome === atOnce).toBe(true);
    expect(inSome).toContain("board.example");
  });

  it("has none as a report, whether they are wanted or not: neither texts, nor errors of hub methods", async () => {
    const planted = top.map((event): RecordedEvent =>
      event.kind === "message" && event.type !== CLOSE
        ? { ...event, payload: "planted-text", error: "planted-error" }
        : event,
    );
    const [wanted, unwanted] = await Promise.all(
      [true, false].map(async (payloads) => {
        const held = inPieces([[stored("top", top.length), planted]], 1_000);
        return (await exportFile(held, "html", { payloads }, meta, UNWATCHED)).blob.text();
      }),
    );
    expect(wanted === unwanted).toBe(true);
    expect(wanted).toContain("board.example");
    expect(wanted).not.toMatch(/planted-(text|error)/);
  });

  it.each(["json", "json.gz", "html"] as const)(
    "tells its progress as %s, through the whole",
    async (kind) => {
      const shares: number[] = [];
      const onProgress = (share: number): number => shares.push(share);
      await exportFile(source(500), kind, { payloads: true }, meta, { ...UNWATCHED, onProgress });
      expect(shares).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => n / 7));
    },
  );

  it.each(["json", "json.gz", "html"] as const)("ends as %s when it is cancelled", async (kind) => {
    const cancel = new AbortController();
    let read = 0;
    const onProgress = (): void => {
      if (++read === 2) cancel.abort();
    };
    const options = { onProgress, signal: cancel.signal };
    await expect(exportFile(source(500), kind, { payloads: true }, meta, options)).rejects.toThrow("abort");
    expect(read).toBe(2);
  });
});
