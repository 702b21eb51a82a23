/** Recordings of real apps for the unit tests: what was done, and the recording. What is expected is in the run of that name. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { writeRecordingFile } from "../../extension/core/recording/recording-file.ts";
import { projectRoot } from "../../scripts/paths.ts";
import { fileName } from "../causes/fixture.ts";
import type { BrowserName } from "../harness/browser/index.ts";
import type { FindingRun } from "./finding-run.ts";
import type { Pages } from "./record.ts";

export interface FindingFixture {
  readonly name: string;
  readonly how: string;
  readonly browser: BrowserName;
  /** The content of a recording file. */
  readonly recording: object;
}

export const fixtureFolder = path.join(projectRoot, "test", "fixtures", "findings");

export async function writeFixture(run: FindingRun, browser: BrowserName, pages: Pages): Promise<void> {
  await mkdir(fixtureFolder, { recursive: true });
  const { name, how } = run;
  const recording = writeRecordingFile(
    pages.map((events, i) => ({
      page: `page${i + 1}`,
      recording: `page${i + 1}`,
      url: "",
      events: events.map(ofBrowser),
    })),
    { exportedAt: new Date(pages[0]?.[0]?.t ?? 0).toISOString(), hubscope: "fixture" },
  );
  await writeFile(
    path.join(fixtureFolder, `${fileName(name)}.${browser}.json`),
    `${JSON.stringify({ name, how, browser }, null, 1).slice(0, -2)},\n "recording": ${linePerEvent(recording)}}\n`,
  );
}

/** Of the machine only the browser's name and version are kept, which findings ask for. */
const ofBrowser = (event: RecordedEvent): RecordedEvent =>
  event.kind === "page"
    ? { ...event, url: "http://127.0.0.1/", userAgent: shortAgent(event.userAgent) }
    : event;

const shortAgent = (agent: string): string =>
  `Mozilla/5.0 ${/(?:Firefox|Chrome)\/\d+/.exec(agent)?.[0] ?? ""}`;

/** So that a change of a fixture can be read. */
const linePerEvent = (recording: string): string =>
  recording.replace(/(?<=[[,])(?=\{"(?:[^"\\]|\\.)*":)/g, "\n");
