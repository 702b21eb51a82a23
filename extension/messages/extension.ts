/**
 * All messages between relay, background, panel and popup. They are single messages, without ports: so a stopped worker, a
 * frozen page or one in the back/forward cache doesn't need to reconnect, and each delivery is acknowledged by its reply.
 * Messages between hook and relay are in `hook-relay.ts`.
 */
import type { RecordedEvent, WorkerKind } from "../core/events/events.ts";
import type { DoctorOrder } from "../core/events/doctor-events.ts";
import type { FaultCommand } from "../core/faults/vocabulary.ts";
import type { FaultAnswer, NetworkNote, RecordMode, Tool } from "./hook-relay.ts";
import type { PageId } from "../core/ids.ts";
import type { FrameIdentity } from "./sentinel-wake.ts";
import type { SiteState } from "../core/sites.ts";
import type { EpochMilliseconds, Milliseconds } from "../core/units.ts";

/* ---------- relay → background (runtime.sendMessage) ---------- */

/** Answered with `AppendAnswer` after the transaction is complete. Without events: only to learn the mode. */
export interface RelayToBackground {
  readonly to: "background";
  readonly type: "append";
  readonly page: PageId;
  readonly top: boolean;
  /** Not redacted: it is redacted when it is stored for the list of recordings. */
  readonly url: string;
  readonly origin: string;
  /** SignalR connections that are open now, for the toolbar button. */
  readonly connections: number;
  readonly events: readonly RecordedEvent[];
  /**
   * For pieces that are sent without waiting for the answer to the previous one: that one ended with this `seq`. If that isn't
   * stored, the previous piece was lost.
   */
  readonly after?: number;
  /** Of a worker that was read from DevTools: what a relay's sender says. Taken only from our own DevTools page. */
  readonly worker?: {
    readonly tabId: number;
    /** undefined: that of the tab's page, as it is now. */
    readonly recording?: PageId;
  };
}

/** Injects relay and hook into the sender's frame: the sentinel has seen a sign of SignalR. Answered with whether that was possible. */
export interface LoadHook {
  readonly to: "background";
  readonly type: "load-hook";
}

/** Injects that script into the sender's frame. Answered with whether that was possible. */
export interface LoadTool {
  readonly to: "background";
  readonly type: "load-tool";
  readonly tool: Tool;
}

export interface AppendAnswer {
  /** Highest stored seq. */
  readonly upTo: number;
  readonly mode: RecordMode;
  /** The disk or the browser's quota is full. */
  readonly full?: true;
}

/* ---------- background → relay (tabs.sendMessage) ---------- */

export type BackgroundToRelay =
  /** Each frame then requests its mode, as that depends on its origin. */
  | { readonly to: "relay"; readonly type: "mode-changed" }
  /** The tab's recording has reached its maximum size: another one begins in every frame. */
  | { readonly to: "relay"; readonly type: "start-over" }
  | { readonly to: "relay"; readonly type: "lease"; readonly duration: Milliseconds }
  | { readonly to: "relay"; readonly type: "network"; readonly note: NetworkNote; readonly asks: boolean }
  /** Firefox: our hook is in a worker of this page, and says what it sees on the BroadcastChannel with this name. */
  | {
      readonly to: "relay";
      readonly type: "worker";
      readonly channel: string;
      readonly kind: WorkerKind;
      /** Of its script. */
      readonly url: string;
    }
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
    }
  | { readonly to: "relay"; readonly type: "doctor"; readonly page: PageId; readonly order: DoctorOrder }
  | { readonly to: "relay"; readonly type: "end-doctor"; readonly page: PageId };

/** Answers of a relay. undefined: no answer, or no relay. */
export interface RelayAnswers {
  readonly "mode-changed": undefined;
  readonly "start-over": undefined;
  readonly lease: undefined;
  readonly worker: undefined;
  /** Only if asked: whether this page sent the request. */
  readonly network: FaultAnswer;
  readonly inject: FaultAnswer;
  readonly "end-fault": FaultAnswer;
  readonly doctor: FaultAnswer;
  readonly "end-doctor": FaultAnswer;
}

export type RelayAnswer<M extends BackgroundToRelay> = RelayAnswers[M["type"]] | undefined;

/* ---------- panel, popup → background (runtime.sendMessage) ---------- */

/** One open panel: a tab may have two, one in DevTools and one in a window of its own. */
export type PanelId = string;

export type PanelToBackground =
  /** Sent when the panel opens and every few seconds while it is open: payloads on, faults may last. */
  | {
      readonly to: "background";
      readonly type: "panel-open";
      readonly panel: PanelId;
      readonly tabId: number;
      /** Timers of a hidden page are throttled: the next message may take a minute. */
      readonly hidden: boolean;
    }
  | {
      readonly to: "background";
      readonly type: "panel-closed";
      readonly panel: PanelId;
    }
  /** Opens the panel of that tab in a window of its own, or brings that window to the front. */
  | {
      readonly to: "background";
      readonly type: "open-window";
      readonly tabId: number;
      /** With the list of recordings open. */
      readonly recordings?: boolean;
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
  | {
      readonly to: "background";
      readonly type: "doctor";
      readonly tabId: number;
      readonly page: PageId;
      readonly order: DoctorOrder;
    }
  | { readonly to: "background"; readonly type: "end-doctor"; readonly tabId: number; readonly page: PageId }
  | { readonly to: "background"; readonly type: "reload"; readonly tabId: number }
  | { readonly to: "background"; readonly type: "settings-changed" }
  | { readonly to: "background"; readonly type: "store-changed" }
  | { readonly to: "background"; readonly type: "session" }
  | { readonly to: "background"; readonly type: "tab-site"; readonly tabId: number };

/** Whether Hubscope runs in a tab. */
export interface TabSite {
  /** As in the settings; null: unknown, or a page of no site, such as a file. */
  readonly site: string | null;
  readonly state: SiteState;
  /** The page's address up to the path; null: unknown, or of no site. */
  readonly origin: string | null;
  /** Firefox: it doesn't tell the ports of a host apart. */
  readonly firefox: boolean;
  /** What is in the tab; null: no document with our scripts, as far as is known. */
  readonly document: Pick<FrameIdentity, "page" | "origin"> | null;
}

export type ToBackground = RelayToBackground | LoadHook | LoadTool | PanelToBackground;

/** Answers of the background. If it can't answer, the sender gets undefined or an error. */
export interface BackgroundAnswers {
  readonly append: AppendAnswer;
  /** Whether the scripts were injected. */
  readonly "load-hook": boolean;
  readonly "load-tool": boolean;
  /** false: no page in the tab has heard it. */
  readonly "panel-open": boolean;
  readonly "panel-closed": undefined;
  readonly "open-window": undefined;
  readonly inject: FaultAnswer;
  readonly "end-fault": FaultAnswer;
  readonly doctor: FaultAnswer;
  readonly "end-doctor": FaultAnswer;
  readonly reload: undefined;
  readonly "settings-changed": undefined;
  readonly "store-changed": undefined;
  /** The number of this browser session. */
  readonly session: number;
  readonly "tab-site": TabSite;
}

export type BackgroundAnswer<M extends ToBackground> = BackgroundAnswers[M["type"]] | undefined;

/* ---------- background → panel, popup (runtime.sendMessage, received by all open ones) ---------- */

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
  /** Events of a page can't be stored, as the disk is full. */
  | { readonly to: "panel"; readonly type: "full" };

/* ---------- background → DevTools page (runtime.sendMessage) ---------- */

export type BackgroundToDevtools =
  /** A worker of this tab has negotiated with a hub: its page's hook has recorded it so. */
  | {
      readonly to: "devtools";
      readonly type: "worker";
      readonly tabId: number;
      readonly recording: PageId;
      /** Of the page. */
      readonly origin: string;
      /** The hub's, without secrets. */
      readonly url: string;
      readonly at: EpochMilliseconds;
      /** When the recording began, if that was while the page was open. */
      readonly from?: EpochMilliseconds;
    }
  | { readonly to: "devtools"; readonly type: "mode-changed"; readonly tabId: number };

/** The DevTools page keeps a port open for each worker that it reads: when it goes, the worker is observed no more. */
export const portNameOfWorker = (page: PageId): string => `worker ${page}`;
/** Over that port: the worker's last event is stored. */
export const WORKER_ENDED = "ended";
/** undefined: another port. */
export const workerOfPort = (name: string): PageId | undefined => /^worker (.+)$/.exec(name)?.[1];

/* ---------- panel → background: a port (runtime.connect) ---------- */

/**
 * Each panel keeps a port open that carries nothing. The browser closes it when the panel goes away, however that happens:
 * Chromium fires neither `pagehide` nor `visibilitychange` when DevTools is closed. A background that is stopped loses it, and gets
 * another one with the next `panel-open`.
 */
export const portNameOf = (panel: PanelId): string => `panel ${panel}`;
/** undefined: another port. */
export const panelOfPort = (name: string): PanelId | undefined => /^panel (.+)$/.exec(name)?.[1];

/** How long a panel counts as open after its last message; then faults end. */
export const PANEL_LEASE: Milliseconds = 12_000;
/** For a hidden panel: Chromium runs its timers only once a minute. */
export const HIDDEN_PANEL_LEASE: Milliseconds = 150_000;
