import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { writeRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { exportFile } from "../../../panel/state/files/export-file.ts";
import { importEvents } from "../../../panel/state/files/import-in-memory.ts";
import { readPieces } from "../../../panel/state/files/read-pieces.ts";
import { hostOf } from "../../../panel/state/recordings.ts";
import { createMemorySource } from "../../../panel/state/memory-source.ts";
import { inPieces } from "../fakes/export-source.ts";
import { UNWATCHED } from "../fakes/unwatched.ts";

const NOW = 1_764_200_000_000;
const online = (seq: number): RecordedEvent => ({ kind: "online", seq, t: NOW + seq, online: true });
const write = (pages: Parameters<typeof writeRecordingFile>[0]): string =>
  writeRecordingFile(pages, { exportedAt: "", hubscope: "1" });
const open = (content: BlobPart, name = "a.json") => importEvents(new File([content], name), NOW, UNWATCHED);
const textOf = async (file: Blob, limit: number): Promise<string> => {
  let text = "";
  for await (const piece of readPieces(file, limit)) text += piece.text;
  return text;
};
const gzip = async (blob: Blob): Promise<Blob> =>
  new Response(blob.stream().pipeThrough(new CompressionStream("gzip"))).blob();

/** Processor time in milliseconds, as other processes may be busy on this machine. */
async function cost<T>(work: () => Promise<T>): Promise<number> {
  const from = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1_000;
}
const SECOND = 1_000;

describe("a file of another tool", () => {
  it("is opened, with what it doesn't tell as a warning", async () => {
    const har = await readFile(
      path.resolve(import.meta.dirname, "../../fixtures/har/playwright.json"),
      "utf8",
    );
    const { pages, warnings } = await open(har, "network.har");
    expect(pages).toMatchObject([{ page: { imported: "network.har", frameId: 0 } }]);
    expect(pages[0]?.events.some(({ kind }) => kind === "message")).toBe(true);
    expect(warnings[0]).toMatch(/^Read from a HAR file, written by Playwright/);
  });

  it("is refused, with the reason, when nothing of SignalR is in it", async () => {
    await expect(open('{"log":{"entries":[]}}', "a.har")).rejects.toThrow(
      /no SignalR connections in its 0 requests/,
    );
    await expect(open('{"a":1}')).rejects.toThrow(/not a Hubscope recording/);
  });
});

describe("a recording file", () => {
  it("of 100,000 pages is rejected as soon as it is known that there are too many", async () => {
    const page = JSON.stringify({ page: "p", url: "", events: [online(1)] });
    const withPages = (count: number): string =>
      `{"format":"hubscope-recording","version":1,"pages":[${Array<string>(count).fill(page).join()}]}`;
    const refused = (text: string) => () =>
      expect(open(text)).rejects.toThrow(
        "The recording has more than 1000 pages; Hubscope opens up to 1000.",
      );
    const [many, few] = [withPages(100_000), withPages(1_001)];
    const shortest = await cost(refused(few));
    expect(await cost(refused(many))).toBeLessThan(4 * shortest);
  });

  it("with an address of a megabyte opens, and shows its beginning", async () => {
    const url = `data:text/html,${"x?&".repeat(350_000)}`;
    const text = write([{ page: "p", recording: "p", url: "", events: [online(1)] }]);
    const file = text.replace('"url":""', `"url":"${url}"`);
    const { pages } = await open(file);
    expect(pages[0]?.page.url.length).toBeLessThanOrEqual(2_001);
    expect(await cost(() => open(file))).toBeLessThan(SECOND);
    expect(hostOf(url).length).toBeLessThanOrEqual(60);
  });

  it("is read if compressed, and rejected if its content would be too large", async () => {
    const text = write([{ page: "p", recording: "p", url: "", events: [online(1)] }]);
    expect((await open(await gzip(new Blob([text])))).pages).toHaveLength(1);
    const MB = 1024 * 1024;
    const packed = await gzip(new Blob([new Uint8Array(4 * MB)]));
    expect(packed.size).toBeLessThan(MB / 100);
    await expect(textOf(packed, MB)).rejects.toThrow("unpacked it is larger than");
    await expect(textOf(new Blob([new Uint8Array(2 * MB)]), MB)).rejects.toThrow("it is larger than");
  });

  it("that is compressed and cut off is kept as far as it goes", async () => {
    const packed = await gzip(
      new Blob([write([{ page: "p", recording: "p", url: "", events: [online(1)] }])]),
    );
    expect(await open(packed.slice(0, packed.size - 12))).toMatchObject({
      pages: [{ events: [online(1)] }],
      warnings: ["The file ends early: 1 event was read, the rest is missing."],
    });
    await expect(open(packed.slice(0, 12))).rejects.toThrow("its compressed content ends early or is broken");
  });
});

describe("an exported file", () => {
  it.each([
    `data:text/html,${"x".repeat(1024 * 1024)}`,
    `https://${"a".repeat(60)}.${"b".repeat(60)}.example/`,
    "blob:https://a.example/1-2",
    "about:srcdoc",
    "../../etc/passwd",
    "https://xn--e1afmkfd.example:8080/a?b#c",
    "",
  ])("has a short and valid name for any page address (%#)", async (url) => {
    const source = createMemorySource();
    source.append("p", [online(1)], { url });
    const [page] = await source.pages();
    if (!page) throw new Error("no page");
    const meta = { hubscope: "1", now: NOW, scorecards: undefined, reportStyle: "" };
    const pages = inPieces([[page, [online(1)]]], 5);
    const { name } = await exportFile(pages, "json", { payloads: true }, meta, UNWATCHED);
    expect(name).toMatch(/^signalr-[\w.-]{1,60}-\d{4}-\d\d-\d\d-\d{6}\.json$/);
  });
});
