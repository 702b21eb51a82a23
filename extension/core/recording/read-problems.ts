/** The sentences about files that can't be opened, or not completely. */
import { counted } from "../text/format.ts";
import { RECORDING_VERSION } from "../events/events.ts";
import { MAX_PAGES, RECORDING_FORMAT } from "./file-format.ts";

export const EMPTY = "The file is empty.";
export const NOT_JSON =
  "This is not a Hubscope recording: a recording is JSON in UTF-8, also compressed with gzip.";
export const NO_OBJECT = "This is not a Hubscope recording: it is not a JSON object.";
export const NO_VERSION = "The recording is damaged: it has no version.";
export const NO_PAGES = "The recording is damaged: it has no pages.";
export const EMPTY_PAGES = "The recording has no events: nothing of SignalR happened while it was recorded.";
export const NO_EVENTS = "The recording is damaged: none of its events can be read.";

export const newerVersion = (version: number): string =>
  `The recording has format version ${version}; this Hubscope reads up to ${RECORDING_VERSION}. Update Hubscope to open it.`;

export const TOO_MANY_PAGES = `The recording has more than ${MAX_PAGES} pages; Hubscope opens up to ${MAX_PAGES}.`;

export const brokenPage = (page: number, pages: number): string =>
  `The recording is damaged: page ${page} of ${pages} has no id, address or events.`;

/** Of JSON files that other tools write. */
export type Foreign = "har" | "trace" | null;

export function foreign(kind: Foreign): string {
  if (kind === "har") return "This is a HAR file of a network panel, but it is incomplete or damaged.";
  if (kind === "trace") return "This is a performance trace, not a Hubscope recording.";
  return `This is JSON, but not a Hubscope recording: its "format" is not "${RECORDING_FORMAT}".`;
}

/** The rest of a file can't be read. */
export interface Damage {
  /** Second half of a sentence: "it is …". */
  readonly what: string;
  /** The text ends too early. */
  readonly isCut: boolean;
}

export const CUT: Damage = { what: "it is incomplete", isCut: true };

/** For a file of which nothing is kept. */
export const damaged = ({ what, isCut }: Damage): string =>
  `The recording is damaged: ${what}.${isCut ? " Was the download interrupted?" : ""}`;

/** For a file whose beginning was read. */
export function restIsMissing({ what, isCut }: Damage, events: number): string {
  const read = `${counted(events, "event")} ${events === 1 ? "was" : "were"} read, the rest is missing.`;
  return isCut ? `The file ends early: ${read}` : `The file is damaged, ${what}: ${read}`;
}

export const leftOutWarning = (count: number): string =>
  `${counted(count, "event")} could not be read and ${count === 1 ? "is" : "are"} left out; everything else was kept.`;
