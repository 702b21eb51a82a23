/**
 * Messages between hook and relay over their private MessagePort. The hook runs in the page's own world: so the relay checks
 * everything that comes from it.
 */
import type { BrowserEvent, RequestSeen } from "../core/events/browser-events.ts";
import type { RecordedEvent, Unstamped } from "../core/events/events.ts";
import type { DoctorOrder } from "../core/events/doctor-events.ts";
import type { FaultCommand } from "../core/faults/vocabulary.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../core/units.ts";

/** A script that is injected only into pages where the panel needs it. */
export type Tool = "faults" | "doctor";

export type HookToRelay =
  | { readonly type: "events"; readonly batch: number; readonly events: readonly RecordedEvent[] }
  | { readonly type: "reply"; readonly call: number; readonly answer: FaultAnswer };

export type RelayToHook =
  /** That batch has arrived. */
  | { readonly type: "got"; readonly batch: number }
  /** The extension was removed or reloaded: the hook stops, too. */
  | { readonly type: "gone" }
  | { readonly type: "mode"; readonly mode: RecordMode }
  /** This recording has reached its maximum size: another one begins. */
  | { readonly type: "start-over" }
  /**
   * That script will be injected next. Answered with `ok: true` if the hook waits for it, and `ok: false` if it is already
   * loaded.
   */
  | { readonly type: "expect"; readonly call: number; readonly tool: Tool }
  | { readonly type: "inject"; readonly call: number; readonly command: FaultCommand }
  | {
      readonly type: "end-fault";
      readonly call: number;
      readonly fault: number | "all";
      readonly why: "undone" | "panel-closed";
    }
  /** Answered when the connection doctor has begun, or can't. What it finds is recorded. */
  | { readonly type: "doctor"; readonly call: number; readonly order: DoctorOrder }
  /** Answered when it has ended. */
  | { readonly type: "end-doctor"; readonly call: number }
  | { readonly type: "lease"; readonly duration: Milliseconds }
  /** With a call: only asks whether this page sent it. */
  | { readonly type: "network"; readonly note: NetworkNote; readonly call?: number }
  /** To be recorded: what the relay itself has noticed. */
  | { readonly type: "noticed"; readonly event: Unstamped<BrowserEvent> };

/** `hello`: the first message of a hook in a worker. `alive`: its answer to each `here`. */
export interface WorkerToRelay {
  readonly type: "hello" | "alive";
}

/** To the hook in a worker. `here`: the relay hears the worker from now on, and asks whether it is still there. */
export type RelayToWorker = RelayToHook | { readonly type: "here" };

/**
 * A request of this page or of its workers, as reported by `webRequest`. The address includes secrets, so that the hook can
 * recognise the request; it is redacted before it is recorded.
 */
export interface NetworkNote {
  readonly what: "upgrade" | "negotiate" | "transport";
  readonly url: string;
  /** When it was sent (a negotiate) or seen. */
  readonly at: EpochMilliseconds;
  /** null: no HTTP answer, or not known. */
  readonly status: number | null;
  readonly error?: string;
  readonly retryAfter?: string;
  readonly headers?: readonly string[];
  /** To be recorded, if the page sent the request: absent for an upgrade, and where the page has seen everything itself. */
  readonly seen?: Omit<Unstamped<RequestSeen>, "kind" | "request" | "socket">;
}

/**
 * What the hook records. The lifecycle always; with `payloads` every message with its text; otherwise messages without their
 * text, and busy connections only as counts.
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
