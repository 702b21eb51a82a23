/** Types of `hubscope/core`. They are published, so they mention none of the inside. */
import type { Scorecard } from "../../content-script/page-build/api.ts";

/**
 * A recording's text, its bytes (also compressed with gzip), or what `recording()` gives. For a large file, a function that opens it as
 * a stream: it is called each time the file is read, so that its content needn't be in memory.
 */
export type RecordingInput = string | Uint8Array | Blob | object | (() => AsyncIterable<string | Uint8Array>);

export interface RecordedPage {
  readonly page: string;
  /** Id of the recording's top page. */
  readonly recording: string;
  readonly url: string;
}

/** docs/recording-format.md describes the fields of each kind. */
export interface RecordedEvent {
  readonly kind: string;
  /** Its number in its page. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly t: number;
}

export interface Recording {
  readonly pages: readonly RecordedPage[];
  /** How many there are. */
  readonly events: number;
  /** Version of Hubscope that wrote it, and when: as the file says. */
  readonly hubscope: string;
  readonly exportedAt: string;
  /** What could not be read. Empty: everything was. */
  readonly warnings: readonly string[];
  /** Of a file of another tool: what such files don't tell. Empty: it is a recording of Hubscope. */
  readonly notes: readonly string[];
  /** Of scenarios that were run in it. */
  readonly scorecard: Scorecard | null;
  /** Page after page, each in order of seq, in pieces. */
  readEvents(): AsyncIterable<{ readonly page: string; readonly events: readonly RecordedEvent[] }>;
}

export interface ExportFormat {
  readonly kind: string;
  readonly title: string;
  readonly mediaType: string;
}

export interface ExportOptions {
  /** Whether with the contents of messages, where the format has any. True when absent. */
  readonly payloads?: boolean;
  /** Only what was recorded from then on, as if recording had begun there: milliseconds since 1970. From the beginning when absent. */
  readonly from?: number | undefined;
  /** Only what was recorded until then: milliseconds since 1970. To the end when absent. */
  readonly to?: number | undefined;
  /** What is replaced, with the same placeholder for the same text. Secrets are removed in any case. */
  readonly replace?: readonly ("hosts" | "connection-ids" | "emails" | "numbers")[];
  /** JSONPath expressions (RFC 9535): what they find in the contents of a message is replaced. */
  readonly replaceFields?: readonly string[];
}
