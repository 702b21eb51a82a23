/** The recording that `bench:panel` opens. */
import { expect, test } from "vitest";
import { readEvent } from "../../../extension/core/events/guards.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { readRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { piecesOf } from "../../bench/panel/recording-file.ts";
import { panelRecording } from "../../bench/panel/recording.ts";
import { createTotals } from "../../bench/panel/totals.ts";

const LENGTH = 12_000;
const events = [...panelRecording(LENGTH)];
const { totals, add } = createTotals();
const pieces = [...piecesOf(events, add)];

test("has exactly as many events as wanted, and opens and leaves its page", () => {
  for (const length of [1_000, 1_001, LENGTH]) expect([...panelRecording(length)]).toHaveLength(length);
  expect(events[0]?.kind).toBe("page");
  expect(events.at(-1)).toMatchObject({ kind: "lifecycle", phase: "pagehide" });
});

test("is the same for the same seed, and another for another seed", () => {
  expect([...panelRecording(2_000, 7)]).toEqual([...panelRecording(2_000, 7)]);
  expect([...panelRecording(2_000, 7)]).not.toEqual([...panelRecording(2_000, 8)]);
});

test("has only valid events, numbered without gaps and in order of time", () => {
  for (const event of events) expect(readEvent(event)).toEqual(event);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  expect(events.every(({ t }, i) => t >= (events[i - 1]?.t ?? 0))).toBe(true);
});

test("is about 200 bytes an event as a file, in which nothing is left out or changed", () => {
  const text = pieces.join("");
  expect(text.length / LENGTH).toBeGreaterThan(180);
  expect(text.length / LENGTH).toBeLessThan(220);
  expect(pieces.length).toBeGreaterThan(2);
  const result = readRecordingFile(text);
  expect(result).toMatchObject({ ok: true, leftOut: 0 });
  if (result.ok) expect(result.file.pages[0]?.events).toEqual(events);
});

test("has what an app's recording has", () => {
  const reducer = createReducer();
  reducer.apply("page", events);
  const { hubs, messages } = reducer.model;
  expect(hubs).toHaveLength(4);
  expect(messages).toBe(totals.messages);
  expect(hubs.flatMap(({ interruptions }) => interruptions)).toHaveLength(totals.interruptions);
  expect(totals.interruptions).toBeGreaterThanOrEqual(5);
  expect(new Set(events.map(({ kind }) => kind))).toEqual(
    new Set([
      ..."page hub hub-state negotiate negotiate-ended socket socket-opened socket-closed".split(" "),
      ..."handshake message counts hub-lost retry lifecycle visibility online long-task".split(" "),
    ]),
  );
  const types = events.flatMap((event) => (event.kind === "message" ? [event.type] : []));
  expect(new Set(types)).toEqual(new Set([1, 2, 3, 4, 6, 7]));
});

test("the searched text is only in payloads", () => {
  const withNeedle = events.filter((event) => JSON.stringify(event).toLowerCase().includes("abc"));
  expect(withNeedle).toHaveLength(totals.withNeedle);
  expect(totals.withNeedle).toBeGreaterThan(100);
  expect(totals.ofTarget).toBeGreaterThan(1_000);
});
