/**
 * Where the panel's data comes from and where its commands go. Two implementations: the extension's store and
 * background, and an in-memory one for the panel as a plain page and for tests.
 */
import type { ExportKind } from "./export-formats.ts";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import type { FaultId, PageId } from "../../extension/core/ids.ts";
import type { FaultCommand } from "../../extension/core/faults/vocabulary.ts";
import type { Settings } from "../../extension/core/settings.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";
import type { UserDataName, StoredPage } from "../../extension/store/stored-page.ts";
import type { FaultAnswer } from "../../extension/messages/hook-relay.ts";

export interface ExportOptions {
  readonly payloads: boolean;
}

export interface ExportedFile {
  readonly name: string;
  readonly blob: Blob;
}

export interface ImportOutcome {
  readonly recording: PageId;
  /** What could not be read, when part of the file was kept all the same. */
  readonly warnings: readonly string[];
}

/** A share from 0 to 1; called often. */
export type OnProgress = (share: number) => void;

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
  | { readonly type: "full" };

export interface PanelSource {
  /** The tab that the panel inspects; null when there is none (a plain page that shows files). */
  readonly tabId: number | null;
  /** Version of Hubscope. */
  readonly hubscope: string;
  /** Why what is done here does nothing to a page; null: it does. */
  readonly pretends: string | null;
  /** The clock that events are stamped with, as far as the panel can tell. */
  now(): EpochMilliseconds;
  /** All stored pages, newest first. */
  pages(): Promise<readonly StoredPage[]>;
  /** The number of this run of the browser: tab ids mean nothing across it. */
  browserSession(): Promise<number>;
  /** Events of one page after `afterSeq`, in order of seq. */
  readEvents(page: PageId, afterSeq: number): AsyncIterable<readonly RecordedEvent[]>;
  /** @returns what ends the subscription */
  subscribe(listener: (change: SourceChange) => void): () => void;
  /** Tells the background that the panel is open: payloads on, faults may last. @returns what says it is closed */
  hold(): () => void;
  inject(page: PageId, command: FaultCommand): Promise<FaultAnswer>;
  endFault(page: PageId, fault: FaultId | "all"): Promise<void>;
  reload(): Promise<void>;
  settings(): Promise<Settings>;
  /** All at once: the toolbar button or another panel may change them, too. @returns what they are now */
  changeSettings(change: (now: Settings) => Settings): Promise<Settings>;
  /** What is kept for the user, unchecked. */
  userData(what: UserDataName): Promise<unknown>;
  /** All at once: another panel may change it, too. @returns what is kept now */
  changeUserData(what: UserDataName, change: (old: unknown) => unknown): Promise<unknown>;
  setPinned(recording: PageId, pinned: boolean): Promise<void>;
  removeRecording(recording: PageId): Promise<void>;
  /** Removes all recordings but the pinned. */
  clear(): Promise<void>;
  importFile(file: File, onProgress: OnProgress): Promise<ImportOutcome>;
  export(
    recording: PageId,
    kind: ExportKind,
    options: ExportOptions,
    onProgress: OnProgress,
  ): Promise<ExportedFile>;
}
