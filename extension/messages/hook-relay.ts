/**
 * What hook and relay say to each other over their private MessagePort. The hook lives in the page's own world: whatever
 * comes from it is checked by the relay.
 */
import type { RecordedEvent } from "../core/events/events.ts";
import type { FaultCommand } from "../core/faults/vocabulary.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../core/units.ts";

/** Text of the comment node over which the two shake hands, before any page script runs. It is out of the document at once. */
export const HANDSHAKE_NODE = "hubscope";
/** The event on that node with which the relay hands the port over. */
export const PORT_EVENT = "port";
/** And the one with which the hook delivers synchronously when the page goes away. */
export const LAST_WORDS_EVENT = "last-words";

export type HookToRelay =
  | { readonly type: "events"; readonly batch: number; readonly events: readonly RecordedEvent[] }
  | { readonly type: "reply"; readonly call: number; readonly answer: FaultAnswer };

export type RelayToHook =
  /** That batch has arrived. */
  | { readonly type: "got"; readonly batch: number }
  /** The extension has left this page: the hook lets go of it, too. */
  | { readonly type: "gone" }
  | { readonly type: "mode"; readonly mode: RecordMode }
  /** This recording is as large as one may be: another one begins. */
  | { readonly type: "start-over" }
  /** The faults' own script comes next. Answered with `ok` when it is awaited, and without when it is there already. */
  | { readonly type: "expect-faults"; readonly call: number }
  | { readonly type: "inject"; readonly call: number; readonly command: FaultCommand }
  | {
      readonly type: "end-fault";
      readonly call: number;
      readonly fault: number | "all";
      readonly why: "undone" | "panel-closed";
    }
  | { readonly type: "lease"; readonly duration: Milliseconds }
  /** With a call: only whether this page sent it, which is the answer. */
  | { readonly type: "network"; readonly note: NetworkNote; readonly call?: number };

/**
 * What the browser's network saw of a request of this page or of a worker of its. The address is as it was sent, secrets
 * included: it tells which request it was, and is redacted before anything is recorded.
 */
export interface NetworkNote {
  readonly what: "upgrade" | "negotiate";
  readonly url: string;
  /** When it was sent (a negotiate) or seen. */
  readonly at: EpochMilliseconds;
  /** null: no HTTP answer, or not told. */
  readonly status: number | null;
  readonly error?: string;
  readonly retryAfter?: string;
}

/**
 * What the hook keeps. The lifecycle always; with `payloads` every message with its text, without them messages without
 * their text, behind the flight recorder.
 */
export interface RecordMode {
  readonly record: boolean;
  readonly payloads: boolean;
  readonly payloadCap: Bytes;
  readonly probe: boolean;
  /** Messages per second of one connection above which they are only counted. */
  readonly flightRecorderRate: number;
}

export type FaultAnswer =
  { readonly ok: true; readonly fault: number } | { readonly ok: false; readonly error: string };
