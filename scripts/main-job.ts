/** The main job, unattended, in the real DevTools panel: record, lose a connection, suspend the tab, wait for recovery, export. */
import { verdictOf } from "../extension/core/diagnosis/diagnose.ts";
import { copyFile, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { launchBrowser, type BrowserName } from "../test/harness/browser/index.ts";
import { PanelSession } from "../test/harness/panel-session.ts";
import { createReducer } from "../extension/core/model/reducer.ts";
import type { RecordingModel } from "../extension/core/model/types.ts";
import { whole, duration } from "../extension/core/text/format.ts";
import { readRecordingFile } from "../extension/core/recording/recording-file.ts";

export interface MainJob {
  readonly browser: BrowserName;
  readonly executable: string;
  readonly extensionDir: string;
  readonly pageUrl: string;
  /** Output folder for recording.json, report.html and panel.png. */
  readonly out: string;
}

const SUSPEND_SECONDS = 4;

/** @returns the exit code: 0 only if everything succeeded */
export async function runMainJob({
  browser: name,
  executable,
  extensionDir,
  pageUrl,
  out,
}: MainJob): Promise<number> {
  const from = Date.now();
  const step = (text: string): void => {
    console.log(`${((Date.now() - from) / 1_000).toFixed(1).padStart(5)} s  ${text}`);
  };
  await mkdir(out, { recursive: true });
  const downloads = await mkdtemp(path.join(os.tmpdir(), "hubscope-downloads-"));
  step(`starting ${name}`);
  const browser = await launchBrowser(name, { extensionDir, executable, downloadDir: downloads });
  try {
    const page = await browser.newPage(pageUrl);
    const panel = new PanelSession(await page.openPanel());
    await panel.waitForHubs("connected");
    step("the panel shows the demo page's hub connection");
    await panel.inject("abrupt-loss");
    await panel.waitForInterruptions(1);
    await panel.waitForHubs("connected");
    step("an abrupt loss was forced, and the app reconnected");
    await panel.inject("suspend", { seconds: SUSPEND_SECONDS });
    await panel.waitForRunning("suspend");
    await panel.waitForRunning();
    await panel.waitForInterruptions(2);
    await panel.waitForHubs("connected");
    step(`the tab was suspended for ${SUSPEND_SECONDS} s, and the app reconnected`);
    await panel.target.screenshot(path.join(out, "panel.png"), { width: 1280, height: 720 });
    await copyFile(await panel.exportFile("html", downloads), path.join(out, "report.html"));
    await copyFile(await panel.exportFile("json", downloads), path.join(out, "recording.json"));
    step(`exported to ${path.join(out, "recording.json")} and report.html; the panel's picture is panel.png`);
  } finally {
    await browser.close();
    await rm(downloads, { recursive: true, force: true });
  }
  return summarise(await readFile(path.join(out, "recording.json"), "utf8"));
}

function summarise(text: string): number {
  const read = readRecordingFile(text);
  if (!read.ok) {
    console.error(read.problem);
    return 1;
  }
  const reducer = createReducer();
  for (const { page, events } of read.file.pages) reducer.apply(page, events);
  printSummary(reducer.model);
  const found = reducer.model.hubs.flatMap((hub) => hub.interruptions);
  const injected = found.filter(
    (interruption) => verdictOf(interruption).cause === "injected" && interruption.outcome === "reconnected",
  );
  if (injected.length >= 2 && reducer.model.dropped === 0) return 0;
  console.error(
    "Not everything happened: two injected interruptions, both recovered, and nothing dropped were expected.",
  );
  return 1;
}

function printSummary(model: RecordingModel): void {
  console.log(`\n${whole(model.messages)} messages recorded, ${whole(model.dropped)} events dropped`);
  for (const hub of model.hubs) {
    console.log(
      `${hub.path}: ${hub.states.at(-1)?.state ?? "never connected"}, client ${hub.clientVersion ?? "unknown"}, ${hub.transport ?? ""} ${hub.protocol ?? ""}`,
    );
    for (const interruption of hub.interruptions) {
      const { from, until, outcome, connectionIdBefore, connectionIdAfter } = interruption;
      const verdict = verdictOf(interruption);
      console.log(`  ${verdict.title} (${verdict.confidence} confidence)`);
      console.log(
        `    down for ${until === null ? "ever" : duration(until - from)}, ${outcome}, ${connectionIdBefore === connectionIdAfter ? "same connection id" : "new connection id"}`,
      );
    }
  }
}
