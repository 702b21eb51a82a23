/**
 * Everything that relay, background, panel and popup say to each other. Messages, no ports: a stopped worker, a frozen page or a
 * back/forward cache entry then needs no reconnecting, and each delivery is acknowledged by its reply. What hook and relay say is in
 * `hook-relay.ts`.
 */
import type { RecordedEvent } from "../core/events/events.ts";
import type { FaultCommand } from "../core/faults/vocabulary.ts";
import type { FaultAnswer, NetworkNote, RecordMode } from "./hook-relay.ts";
import type { PageId } from "../core/ids.ts";
import type { Milliseconds } from "../core/units.ts";

/* ---------- relay → background (runtime.sendMessage) ---------- */

/** Answered with `AppendAnswer` after the transaction is complete. Without events: only to learn the mode. */
export interface RelayToBackground {
  readonly to: "background";
  readonly type: "append";
  readonly page: PageId;
  readonly top: boolean;
  /** Redacted by the hook in its own events; this one is only for the list of recordings, and redacted there. */
  readonly url: string;
  readonly origin: string;
  /** SignalR connections that are open now, for the toolbar button. */
  readonly connections: number;
  readonly events: readonly RecordedEvent[];
  /**
   * For pieces that go out without waiting for the answer to the one before: that one ended with this number. If it is not
   * stored, it was lost on the way.
   */
  readonly after?: number;
}

/** Puts the faults' script into the frame that asks. Answered with whether that could be done. */
export interface LoadFaults {
  readonly to: "background";
  readonly type: "load-faults";
}

export interface AppendAnswer {
  /** Highest stored seq. */
  readonly upTo: number;
  readonly mode: RecordMode;
  /** There is no room for these on the disk or in the browser's quota. */
  readonly full?: true;
}

/* ---------- background → relay (tabs.sendMessage) ---------- */

export type BackgroundToRelay =
  | { readonly to: "relay"; readonly type: "who" }
  /** A frame asks for its mode itself: it depends on its origin. */
  | { readonly to: "relay"; readonly type: "mode-changed" }
  /** The recording of the tab is as large as one may be: another one begins in every frame. */
  | { readonly to: "relay"; readonly type: "start-over" }
  | { readonly to: "relay"; readonly type: "lease"; readonly duration: Milliseconds }
  | { readonly to: "relay"; readonly type: "network"; readonly note: NetworkNote; readonly asks: boolean }
  | {
      readonly to: "relay";
      readonly type: "inject";
      readonly page: PageId | null;
      readonly command: FaultCommand;
    }
  | {
      readonly to: "relay";
      readonly type: "end-fault";
      readonly page: PageId | null;
      readonly fault: number | "all";
      readonly why: "undone" | "panel-closed";
    };

/** What a relay answers. undefined: there is nothing to say, or no relay. */
export interface RelayAnswers {
  readonly who: RelayIdentity;
  readonly "mode-changed": undefined;
  readonly "start-over": undefined;
  readonly lease: undefined;
  /** Only where it was asked: whether this page sent the request. */
  readonly network: FaultAnswer;
  readonly inject: FaultAnswer;
  readonly "end-fault": FaultAnswer;
}

export type RelayAnswer<M extends BackgroundToRelay> = RelayAnswers[M["type"]] | undefined;

export interface RelayIdentity {
  readonly page: PageId;
  readonly url: string;
  readonly origin: string;
  /** Whether the hook has seen SignalR on this page. */
  readonly active: boolean;
}

/* ---------- panel, popup → background (runtime.sendMessage) ---------- */

export type PanelToBackground =
  /** Sent when the panel opens and every few seconds while it is open: payloads on, faults may last. */
  | {
      readonly to: "background";
      readonly type: "panel-open";
      readonly tabId: number;
      /** Its timers are slowed: the next word may take a minute. */
      readonly hidden: boolean;
    }
  | {
      readonly to: "background";
      readonly type: "panel-closed";
      readonly tabId: number;
    }
  | {
      readonly to: "background";
      readonly type: "inject";
      readonly tabId: number;
      readonly page: PageId;
      readonly command: FaultCommand;
    }
  | {
      readonly to: "background";
      readonly type: "end-fault";
      readonly tabId: number;
      readonly page: PageId;
      readonly fault: number | "all";
    }
  | { readonly to: "background"; readonly type: "reload"; readonly tabId: number }
  | { readonly to: "background"; readonly type: "settings-changed" }
  | { readonly to: "background"; readonly type: "store-changed" }
  | { readonly to: "background"; readonly type: "session" };

export type ToBackground = RelayToBackground | LoadFaults | PanelToBackground;

/** What the background answers. Where it can't, the sender gets undefined, or an error. */
export interface BackgroundAnswers {
  readonly append: AppendAnswer;
  /** Whether the script could be put there. */
  readonly "load-faults": boolean;
  readonly "panel-open": undefined;
  readonly "panel-closed": undefined;
  readonly inject: FaultAnswer;
  readonly "end-fault": FaultAnswer;
  readonly reload: undefined;
  readonly "settings-changed": undefined;
  readonly "store-changed": undefined;
  /** The number of this run of the browser. */
  readonly session: number;
}

export type BackgroundAnswer<M extends ToBackground> = BackgroundAnswers[M["type"]] | undefined;

/* ---------- background → panel, popup (runtime.sendMessage, heard by every open one) ---------- */

export type BackgroundToPanel =
  | {
      readonly to: "panel";
      readonly type: "stored";
      readonly recording: PageId;
      readonly page: PageId;
      readonly tabId: number;
      readonly upTo: number;
    }
  | { readonly to: "panel"; readonly type: "recordings-changed" }
  /** There is no room for what a page records. */
  | { readonly to: "panel"; readonly type: "full" };

/** What the panel's lease is renewed to; a fault ends when it runs out. */
export const PANEL_LEASE: Milliseconds = 12_000;
/** Of a panel that is hidden: Chromium wakes its timers once a minute. */
export const HIDDEN_PANEL_LEASE: Milliseconds = 150_000;
