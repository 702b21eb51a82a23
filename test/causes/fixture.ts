/** Recordings of real breaks for the unit tests: what was done, the expected verdict, and the recording. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { writeRecordingFile } from "../../extension/core/recording/recording-file.ts";
import { projectRoot } from "../../scripts/paths.ts";
import type { BrowserName } from "../harness/browser/index.ts";
import { expectedOf, type Described, type Expected } from "./provocation.ts";

export interface CauseFixture {
  readonly name: string;
  readonly how: string;
  readonly browser: BrowserName;
  /** The expected verdicts with the client probe, and without it. */
  readonly expected: { readonly probe: Expected; readonly wire: Expected };
  /** The content of a recording file. */
  readonly recording: object;
}

export const fixtureFolder = path.join(projectRoot, "test", "fixtures", "causes");

export async function writeFixture(
  provocation: Described,
  browser: BrowserName,
  events: readonly RecordedEvent[],
): Promise<void> {
  await mkdir(fixtureFolder, { recursive: true });
  const recording = JSON.parse(
    writeRecordingFile([{ page: "page", recording: "page", url: "", events: events.map(withoutMachine) }], {
      exportedAt: new Date(events[0]?.t ?? 0).toISOString(),
      hubscope: "fixture",
    }),
  ) as object;
  const { how } = provocation;
  const expected = expectedOf(provocation, browser);
  const fixture: CauseFixture = { name: provocation.name, how, browser, expected, recording };
  await writeFile(
    path.join(fixtureFolder, `${fileName(provocation.name)}.${browser}.json`),
    `${JSON.stringify(fixture, null, 1)}\n`,
  );
}

export const fileName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** Removes details of the machine: they are private, and no verdict depends on them. */
const withoutMachine = (event: RecordedEvent): RecordedEvent =>
  event.kind === "page" ? { ...event, userAgent: "", url: "http://127.0.0.1/" } : event;
