/** Reads a file of another tool as a recording, for tests. */
import { expect } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import { readOther } from "../../../extension/core/other-tools/read-other.ts";
import { readRecordingFile } from "../../../extension/core/recording/recording-file.ts";

interface Read {
  readonly pages: readonly { readonly url: string; readonly events: readonly RecordedEvent[] }[];
  readonly events: readonly RecordedEvent[];
  readonly notes: readonly string[];
  readonly text: string;
}

export function read(text: string): Read {
  const other = readOther(text);
  if (!other?.ok) throw new Error(other?.problem ?? "not known");
  const result = readRecordingFile(other.text);
  if (!result.ok) throw new Error(result.problem);
  expect(result.leftOut).toBe(0);
  const { pages } = result.file;
  return { pages, events: pages.flatMap(({ events }) => events), notes: other.notes, text: other.text };
}

export function modelOf(pages: readonly { readonly events: readonly RecordedEvent[] }[]): RecordingModel {
  const reducer = createReducer();
  for (const [i, { events }] of pages.entries()) reducer.apply(`p${i}`, events);
  return reducer.model;
}
