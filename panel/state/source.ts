/**
 * Where the panel's data comes from and where its commands go. Two implementations: the extension's store and
 * background, and an in-memory one for the panel as a plain page and for tests.
 */
import type { ExportKind } from "../../extension/export/export-formats.ts";
import type { Inventory } from "../../extension/export/inventory.ts";
import type { ExportContents } from "../../extension/export/write-export.ts";
import type { EventBlock } from "../../extension/core/columns/event-block.ts";
import type { DoctorOrder } from "../../extension/core/events/doctor-events.ts";
import type { FaultId, PageId } from "../../extension/core/ids.ts";
import type { FaultCommand } from "../../extension/core/faults/vocabulary.ts";
import type { Settings } from "../../extension/core/settings.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";
import type { FoundPayloads } from "../../extension/store/segments.ts";
import type { UserDataName, StoredPage } from "../../extension/store/stored-page.ts";
import type { TabSite } from "../../extension/messages/extension.ts";
import type { FaultAnswer } from "../../extension/messages/hook-relay.ts";

export interface ExportedFile {
  readonly name: string;
  readonly blob: Blob;
}

export interface ImportOutcome {
  readonly recording: PageId;
  /** What could not be read, if the rest of the file was imported. */
  readonly warnings: readonly string[];
}

/** A share from 0 to 1; called often. */
export type OnProgress = (share: number) => void;

export interface PayloadsSearched {
  /** All payloads up to this seq have been searched. */
  readonly upTo: number;
  /** For each text the seqs of the messages that contain it, in order; new ones only. */
  readonly found: readonly (readonly number[])[];
}

export interface TransferOptions {
  readonly onProgress: OnProgress;
  /** Cancels it: nothing of the file stays. */
  readonly signal: AbortSignal;
}

export interface ImportOptions extends TransferOptions {
  /** The recording can be shown, and grows while the file is read. */
  readonly onBegun: (recording: PageId) => void;
}

export type SourceChange =
  | {
      readonly type: "stored";
      readonly recording: PageId;
      readonly page: PageId;
      readonly tabId: number;
      readonly upTo: number;
    }
  | { readonly type: "recordings-changed" }
  /** Nothing more can be stored. */
  | { readonly type: "full" }
  /** The panel's tab was closed or discarded, or its page can't be reached, while the panel stays. The last two may come back. */
  | { readonly type: "tab-gone"; readonly why: TabGone }
  /** The panel's tab has loaded a page. */
  | { readonly type: "tab-loaded" };

export type TabGone = "tab-closed" | "discarded" | "unreachable";

export interface PanelSource {
  /** Where the panel is: in DevTools, in a window of its own, or a plain page that shows a recording in memory. */
  readonly place: "devtools" | "window" | "page";
  /** Whether that is, or was, the id of the panel's tab in this browser session. */
  isTab(tabId: number): boolean;
  /** Version of Hubscope. */
  readonly hubscope: string;
  /** Why commands have no effect on a page; null: they have. */
  readonly pretends: string | null;
  /** The current time on the clock of the events, as far as the panel knows it. */
  now(): EpochMilliseconds;
  /** All stored pages, newest first. */
  pages(): Promise<readonly StoredPage[]>;
  /** The number of this browser session: tab ids are only valid within it. */
  browserSession(): Promise<number>;
  /** Events of one page after `afterSeq`, in order of seq, without payloads. The first block may begin with earlier ones. */
  readBlocks(page: PageId, afterSeq: number): AsyncIterable<EventBlock>;
  /** The payloads around these messages: around the first one, and around the next ones as far as it isn't too much at once. */
  payloadsOf(page: PageId, seqs: readonly number[]): Promise<readonly FoundPayloads[]>;
  /** Searches the payloads of messages after `afterSeq`, as far as they are stored now. `texts` are in lower case. */
  searchPayloads(
    page: PageId,
    afterSeq: number,
    texts: readonly string[],
    signal: AbortSignal,
  ): AsyncIterable<PayloadsSearched>;
  /** @returns ends the subscription */
  subscribe(listener: (change: SourceChange) => void): () => void;
  /**
   * Notifies the background that the panel is open: payloads are recorded, and faults may last.
   * @returns notifies it that the panel is closed
   */
  hold(): () => void;
  inject(page: PageId, command: FaultCommand): Promise<FaultAnswer>;
  endFault(page: PageId, fault: FaultId | "all"): Promise<void>;
  /** Answered when the connection doctor has begun, or can't. What it finds is recorded. */
  doctor(page: PageId, order: DoctorOrder): Promise<FaultAnswer>;
  /** Cancels its run in that page. */
  endDoctor(page: PageId): Promise<void>;
  reload(): Promise<void>;
  /** Opens the panel of this tab in a window of its own. */
  openWindow(): Promise<void>;
  /** Whether Hubscope runs in the inspected tab; null: it isn't known. */
  tabSite(): Promise<TabSite | null>;
  settings(): Promise<Settings>;
  /**
   * In one transaction: the toolbar button or another panel may change them, too.
   * @returns the new settings
   */
  changeSettings(change: (now: Settings) => Settings): Promise<Settings>;
  /** Stored user data, unchecked. */
  userData(what: UserDataName): Promise<unknown>;
  /**
   * In one transaction: another panel may change it, too.
   * @returns the new value
   */
  changeUserData(what: UserDataName, change: (old: unknown) => unknown): Promise<unknown>;
  setPinned(recording: PageId, pinned: boolean): Promise<void>;
  removeRecording(recording: PageId): Promise<void>;
  /** Deletes all recordings except pinned ones. */
  clear(): Promise<void>;
  /** @returns null: the recording was deleted while it was read */
  importFile(file: File, options: ImportOptions): Promise<ImportOutcome | null>;
  /** What an export with these contents would have in it. */
  inspect(recording: PageId, contents: ExportContents, options: TransferOptions): Promise<Inventory>;
  export(
    recording: PageId,
    kind: ExportKind,
    contents: ExportContents,
    options: TransferOptions,
  ): Promise<ExportedFile>;
}
