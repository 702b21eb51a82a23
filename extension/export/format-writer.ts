/** What a writer of an export format is. */
import type { Zone } from "../core/text/format.ts";
import type { EpochMilliseconds } from "../core/units.ts";
import type { TimeRange } from "./cut-to-range.ts";
import type { RecordingSource } from "./recording-source.ts";

/** What a file says of its origin. */
export interface AboutExport {
  /** Version of Hubscope that writes it. */
  readonly hubscope: string;
  readonly writtenAt: EpochMilliseconds;
  /** For times in reports. */
  readonly zone: Zone;
  /** The style sheet of an HTML report. */
  readonly reportStyle: string;
  /** The part of a longer recording that it is; the recording is whole when absent. */
  readonly part?: TimeRange;
  /** What of the recording could not be read. Sentences for the user. */
  readonly warnings?: readonly string[];
}

/**
 * Puts a text away that comes later in the file, so that it isn't held in memory: a browser makes it a Blob, the command line
 * writes it to a temporary file.
 */
export type PutAway<Kept> = (text: string) => Kept;

/**
 * Writes a recording in one pass: the file is what it yields, one piece after the other, each a text or one that was put away.
 * The source is redacted, in its range, and without payloads where they aren't wanted. A piece should be some 10 to 500 KB.
 */
export type FormatWriter = <Kept>(
  source: RecordingSource,
  about: AboutExport,
  putAway: PutAway<Kept>,
) => AsyncIterable<string | Kept>;
