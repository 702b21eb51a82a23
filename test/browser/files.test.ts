import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { parse as parseCsv } from "csv-parse/sync";
import { afterAll, beforeAll, expect, it } from "vitest";
import { EXPORT_FORMATS, type ExportFormat } from "../../extension/export/export-formats.ts";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { until, type TestPage } from "../harness/browser/index.ts";
import { PanelSession } from "../harness/panel-session.ts";
import { describeBrowsers } from "../harness/stage.ts";
import { countStrays, readStore, type StoredRecording } from "../harness/stored.ts";

/** Nothing was added or removed, except what the open page itself has recorded meanwhile, such as a long task. */
function expectUnchanged(after: readonly StoredRecording[], before: readonly StoredRecording[]): void {
  const ids = (recordings: readonly StoredRecording[]) => recordings.map(({ page: { page } }) => page);
  expect(ids(after)).toEqual(ids(before));
  before.forEach(({ events }, i) => {
    expect(after[i]?.events.slice(0, events.length)).toEqual(events);
  });
}

/** Reads a file as what its media type says. Fails if it isn't that, or is empty. */
function expectToBe({ kind, mediaType, gzip }: ExportFormat, file: Buffer): void {
  const text = (gzip ? gunzipSync(file) : file).toString();
  switch (mediaType) {
    case "text/html":
      expect(text).toMatch(/^<!doctype html>[^]*<\/html>\s*$/i);
      return;
    case "text/markdown":
      expect(text).toMatch(/^#+ .*SignalR/);
      return;
    case "text/plain":
      expect(text).toMatch(/SignalR[^]*\n$/);
      return;
    case "application/json":
    case "application/gzip":
      expect(JSON.parse(text)).toBeTypeOf("object");
      return;
    case "application/jsonl":
      for (const line of text.trimEnd().split("\n")) expect(JSON.parse(line)).toBeTypeOf("object");
      return;
    case "text/csv": {
      // Throws if a row has not as many cells as the header.
      const rows = parseCsv(text, { bom: true });
      expect(rows[0]?.length).toBeGreaterThan(3);
      expect(rows.length).toBeGreaterThan(kind === "calls.csv" ? 0 : 1);
      return;
    }
    default:
      throw new Error(`${kind} is of another type: ${mediaType}`);
  }
}

describeBrowsers("files", (stage) => {
  let hub: RunningHub;
  let page: TestPage;
  let panel: PanelSession;
  let exported = "";

  beforeAll(async () => {
    hub = await startNodeHub();
    page = await stage.openBoard(hub);
    panel = new PanelSession(await page.openPanel());
    await panel.waitForHubs("connected");
    await panel.inject("abrupt-loss");
    await panel.waitForInterruptions(1);
    await panel.waitForHubs("connected");
    // From here on nothing changes, so that the panel's content can be compared.
    await page.evaluate(() => window.demo.connection.stop());
    await panel.waitForHubs("stopped");
  });
  afterAll(() => hub.stop());

  const shown = async () => ({
    hubs: (await panel.hubs()).map(({ path: hubPath, state, text }) => ({ hubPath, state, text })),
    interruptions: await panel.interruptions(),
    counters: await panel.target.evaluate(
      () => document.querySelector<HTMLElement>('[data-testid="counters"]')?.innerText,
    ),
  });
  const importFile = async (name: string, content: string | Buffer): Promise<void> => {
    const file = path.join(stage.downloads, name);
    await writeFile(file, content);
    await panel.tab("report");
    await panel.target.upload('[data-testid="import-file"]', file);
  };

  it("exports a recording, a compressed recording, and a report", async () => {
    exported = await readFile(await panel.exportFile("json", stage.downloads), "utf8");
    expect(JSON.parse(exported)).toMatchObject({ format: "hubscope-recording", version: 2 });
    const packed = gunzipSync(await readFile(await panel.exportFile("json.gz", stage.downloads))).toString();
    // Each export notes until when a page was open.
    const same = (text: string): unknown =>
      JSON.parse(text.replaceAll(/("kind":\s*"still-open",[^}]*"t":\s*)[\d.]+/g, "$10"));
    expect(same(packed)).toMatchObject({ pages: (same(exported) as { pages: unknown }).pages });
    const report = await readFile(await panel.exportFile("html", stage.downloads), "utf8");
    for (const part of ["Injected by Hubscope: abrupt loss", "/hubs/board", "<svg", "Environment"])
      expect(report).toContain(part);
    expect(report).not.toContain("<script");
  });

  it("exports every other format as what it is", async () => {
    for (const format of EXPORT_FORMATS)
      if (!["json", "json.gz", "html"].includes(format.kind))
        expectToBe(format, await readFile(await panel.exportFile(format.kind, stage.downloads)));
  });

  it("opens the recording again and shows the same", async () => {
    const before = await shown();
    await importFile("colleague.json", exported);
    await panel.target.waitFor(
      "the imported recording",
      () => document.querySelector('[data-testid="imported-banner"]') !== null,
    );
    const told = ({ hubs, counters, interruptions }: Awaited<ReturnType<typeof shown>>) => ({
      hubs,
      counters,
      interruptions: interruptions.map(({ cause, outcome }) => ({ cause, outcome })),
    });
    await expect.poll(async () => told(await shown()), { timeout: 10_000 }).toEqual(told(before));
  });

  it.each([
    ["damaged.json", () => exported.slice(0, 100), "it is incomplete"],
    ["foreign.json", () => '{"log":{"entries":[]}}', "HAR file"],
    ["newer.json", () => exported.replace('"version":2', '"version":7'), "format version 7"],
    ["picture.json", () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]), "not a Hubscope recording"],
    ["broken.json.gz", () => Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5]), "broken.json.gz"],
  ])("rejects %s with a reason, and changes nothing", async (name, content, words) => {
    const before = await readStore(panel.target);
    await importFile(name, content());
    await panel.target.waitFor("the error", (wanted) => document.body.innerText.includes(wanted), words);
    expectUnchanged(await readStore(panel.target), before);
  });

  it("keeps the beginning of a file that ends early, and says so", async () => {
    const before = await readStore(panel.target);
    await importFile("cut.json", exported.slice(0, exported.length / 2));
    const words = "The file ends early:";
    await panel.target.waitFor("the warning", (wanted) => document.body.innerText.includes(wanted), words);
    const after = await readStore(panel.target);
    expect(after).toHaveLength(before.length + 1);
  });

  it("leaves nothing of a file whose reading is cancelled", async () => {
    const before = await readStore(panel.target);
    const message = {
      kind: "message",
      socket: 1,
      direction: "in",
      type: 1,
      size: 10,
      payload: "x".repeat(200),
    };
    const events = Array.from({ length: 200_000 }, (_, i) =>
      JSON.stringify({ ...message, seq: i + 1, t: Date.UTC(2026, 10, 24) + i }),
    );
    const page = '"page":"p","recording":"p","url":"https://a.example/"';
    await importFile(
      "long.json",
      `{"format":"hubscope-recording","version":2,"pages":[{${page},"events":[${events.join()}]}]}`,
    );
    await panel.target.waitFor("its first events", () =>
      document.querySelector('[data-testid="imported-banner"]')?.textContent.includes("long.json"),
    );
    await panel.target.evaluate(() => {
      const button = [...document.querySelectorAll<HTMLElement>(".notice button")].find(
        ({ textContent }) => textContent === "Cancel",
      );
      if (!button) throw new Error(`no button: ${document.querySelector(".notices")?.textContent ?? ""}`);
      button.click();
    });
    await panel.target.waitFor(
      "the end of the import",
      () => !document.querySelector(".notices")?.textContent.includes("long.json"),
    );
    expectUnchanged(await readStore(panel.target), before);
    expect(await countStrays(panel.target)).toBe(0);
  });

  it("still shows stored recordings when the panel is opened again", async () => {
    await page.closePanel();
    panel = new PanelSession(await page.openPanel());
    await until("the recordings", async () => (await readStore(panel.target)).length >= 2);
  });
});
