/**
 * The judge is the engine without its texts, and the monitor keeps only the newest messages. Over all kept recordings of real breaks it
 * must find the same causes, with the same confidence, as the extension.
 */
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { createJudge } from "../../../content-script/monitor/judge/main.ts";
import {
  createMessageNotes,
  type MessageNotes,
} from "../../../content-script/monitor/observer/noted-messages.ts";
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { SocketId } from "../../../extension/core/ids.ts";
import { downtimesOf } from "../../../extension/core/model/downtimes-of.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { CLOSE } from "../../../extension/core/protocol/terms.ts";
import { readRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { buildMonitor } from "../../../scripts/monitor-build.ts";
import { projectRoot } from "../../../scripts/paths.ts";

interface Kept {
  readonly name: string;
  readonly events: readonly RecordedEvent[];
}

/** What only the extension can see. */
const NETWORK: readonly RecordedEvent["kind"][] = [
  "request-seen",
  "upgrade",
  "negotiate-timing",
  "worker-connection",
  "network-type",
  "clock-jump",
  "app-mistake",
  "call-site",
  "reconnect-ui",
  "circuit-left",
];

let folder = "";
let makeJudge: typeof createJudge;
const kept: Kept[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-monitor-"));
  await buildMonitor({ outDir: folder });
  const url = pathToFileURL(path.join(folder, "monitor-judge.js")).href;
  // eslint-disable-next-line no-unsanitized/method -- what was built a moment ago
  ({ createJudge: makeJudge } = (await import(/* @vite-ignore */ url)) as {
    createJudge: typeof createJudge;
  });
  for (const kind of ["causes", "cases"]) {
    const all = path.join(projectRoot, "test/fixtures", kind);
    for (const file of (await readdir(all)).filter(
      (one) => one.includes(".chromium.") || one.includes(".firefox."),
    )) {
      const content = JSON.parse(await readFile(path.join(all, file), "utf8")) as { recording?: object };
      const read = readRecordingFile(JSON.stringify(content.recording ?? content));
      if (!read.ok) throw new Error(read.problem);
      for (const { events } of read.file.pages)
        // Nobody injects faults into the pages of real users.
        if (!events.some((event) => event.kind === "fault")) kept.push({ name: file, events });
    }
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Found = readonly (readonly [key: string, cause: string, confidence: string, obstacle: string | null])[];

function byEngine(events: readonly RecordedEvent[]): Found {
  const reducer = createReducer();
  reducer.apply("page", events);
  return reducer.model.hubs.flatMap(downtimesOf).map((one) => {
    const { cause, confidence, obstacle } = verdictOf(one);
    return [one.key, cause, confidence, obstacle?.name ?? null] as const;
  });
}

function byJudge(events: readonly RecordedEvent[], noted: ReadonlyMap<SocketId, MessageNotes>): Found {
  const judge = makeJudge(noted);
  judge.apply(events);
  const found = judge.troubles().map(({ judged }) => judged());
  return [...found].map(
    ({ key, verdict }) =>
      [key, verdict?.cause ?? "", verdict?.confidence ?? "", verdict?.obstacle ?? null] as const,
  );
}

/** As the observer does it: of messages only the newest are events, and only once their connection ends. */
function asObserved(events: readonly RecordedEvent[]) {
  const noted = new Map<SocketId, MessageNotes>();
  const seen: RecordedEvent[] = [];
  const add = (event: RecordedEvent): void => {
    seen.push({ ...event, seq: seen.length });
  };
  const notesOf = (socket: SocketId): MessageNotes => {
    const notes = noted.get(socket) ?? createMessageNotes();
    noted.set(socket, notes);
    return notes;
  };
  const write = (socket: SocketId): void => {
    notesOf(socket).takeNewest((direction, t, type, size) => {
      add({ kind: "message", seq: 0, t, socket, direction, type, size });
    });
  };
  for (const event of events) {
    if (event.kind === "message" && event.type < CLOSE) {
      notesOf(event.socket).note(event.direction, event.t, event.type, event.size);
      continue;
    }
    if (event.kind === "message" || event.kind === "socket-closing" || event.kind === "socket-closed")
      write(event.socket);
    add(event);
  }
  return { seen, noted };
}

const sorted = (found: Found): Found => [...found].sort((a, b) => a[0].localeCompare(b[0]));

describe("over all kept recordings", () => {
  it("the judge says what the engine says", () => {
    expect(kept.length).toBeGreaterThan(200);
    for (const { name, events } of kept)
      expect([name, sorted(byJudge(events, new Map()))]).toEqual([name, sorted(byEngine(events))]);
  });

  it("it says the same of what a monitor keeps", () => {
    const others: unknown[] = [];
    for (const { name, events } of kept) {
      const own = events.filter(({ kind }) => !NETWORK.includes(kind));
      const { seen, noted } = asObserved(own);
      const [found, wanted] = [sorted(byJudge(seen, noted)), sorted(byEngine(own))];
      if (JSON.stringify(found) !== JSON.stringify(wanted)) others.push({ name, found, wanted });
    }
    expect(others).toEqual([]);
  });
});
