/** Exports and imports files, with progress and error messages. */
import type { ReadonlySignal, Signal } from "@preact/signals";
import type { PageId } from "../../extension/core/ids.ts";
import type { LoadedRecording } from "./loaded-recording.ts";
import type { Notices } from "./notices.ts";
import type { Recording } from "./recordings.ts";
import type { ExportKind } from "../../extension/export/export-formats.ts";
import type { Inventory } from "../../extension/export/inventory.ts";
import type { ExportContents } from "../../extension/export/write-export.ts";
import type { ExportedFile, PanelSource, TransferOptions } from "./source.ts";

export interface Transfer {
  /** Saves it as a file. */
  export(kind: ExportKind, contents: ExportContents): Promise<void>;
  /** @returns its text; null: it was cancelled, or failed, which the user has been told */
  text(kind: ExportKind, contents: ExportContents): Promise<string | null>;
  /** @returns what would be in it; null: it was cancelled, or failed, which the user has been told */
  inspect(contents: ExportContents): Promise<Inventory | null>;
  import(files: Iterable<File>): Promise<void>;
}

interface TransferState {
  readonly shown: ReadonlySignal<Recording | null>;
  readonly loaded: ReadonlySignal<Pick<LoadedRecording, "id" | "load"> | null>;
  readonly isLive: ReadonlySignal<boolean>;
  /** The recording whose file is being read. */
  readonly incoming: Signal<PageId | null>;
  readonly show: (recording: PageId | null) => void;
  readonly readPages: () => Promise<void>;
}

export function createTransfer(
  source: PanelSource,
  notices: Notices,
  { shown, loaded, isLive, incoming, show, readPages }: TransferState,
): Transfer {
  /** Error notices of the previous import: the next one removes them. */
  let failures: number[] = [];

  /**
   * Shows the progress of `work`, with a button to cancel it.
   * @returns the notice about its failure, if it failed
   */
  const run = async (
    text: string,
    failed: string,
    work: (options: TransferOptions) => Promise<void>,
  ): Promise<number | null> => {
    const cancel = new AbortController();
    const notice = notices.show({
      tone: "note",
      text,
      progress: 0,
      action: {
        label: "Cancel",
        run: () => {
          cancel.abort();
        },
      },
    });
    try {
      const onProgress = (progress: number): void => {
        notices.update(notice, { progress });
      };
      await work({ onProgress, signal: cancel.signal });
    } catch (error) {
      return cancel.signal.aborted ? null : notices.failed(failed, error);
    } finally {
      notices.dismiss(notice);
    }
    return null;
  };

  /** @returns null: it was cancelled, or failed */
  const result = async <T>(
    text: string,
    failed: string,
    work: (recording: PageId, options: TransferOptions) => Promise<T>,
  ): Promise<T | null> => {
    const recording = shown.peek();
    if (!recording) return null;
    const made: T[] = [];
    await run(text, failed, async (options) => {
      made.push(await work(recording.id, options));
    });
    return made[0] ?? null;
  };
  const write = (kind: ExportKind, contents: ExportContents): Promise<ExportedFile | null> =>
    result("Writing the file…", "The file can't be written", (recording, options) =>
      source.export(recording, kind, { ...contents, isOpen: isLive.peek() }, options),
    );

  const importOne = async (file: File, options: TransferOptions): Promise<void> => {
    /** The recording that is shown while it is read, once there is one. */
    const begun: PageId[] = [];
    let showing: Promise<void> = Promise.resolve();
    const onBegun = (recording: PageId): void => {
      begun.push(recording);
      incoming.value = recording;
      showing = readPages().then(() => {
        show(recording);
      });
    };
    /** The user hasn't gone to another recording. Its own may have been removed by now. */
    const isThere = (): boolean => begun.length === 0 || begun.includes(shown.peek()?.id ?? begun[0] ?? "");
    try {
      const outcome = await source.importFile(file, { ...options, onBegun });
      await showing;
      await readPages();
      if (isThere()) {
        show(outcome?.recording ?? null);
        // It may just have been deleted: then the tab's own recording is shown, and followed, again.
        if (shown.peek()?.id !== outcome?.recording) show(null);
      }
      if (!outcome) return;
      const { recording, warnings } = outcome;
      // All is stored, and the last of it not yet shown.
      if (loaded.peek()?.id === recording) await loaded.peek()?.load(shown.peek()?.pages ?? []);
      for (const text of warnings)
        notices.show({ tone: "warn", text: `${file.name}: ${text}`, about: recording });
    } catch (error) {
      await showing;
      if (begun.length > 0 && isThere()) show(null);
      throw error;
    } finally {
      incoming.value = null;
    }
  };

  return {
    async export(kind, contents) {
      const file = await write(kind, contents);
      if (file) download(file.name, file.blob);
    },
    async text(kind, contents) {
      return (await (await write(kind, contents))?.blob.text()) ?? null;
    },
    inspect: (contents) =>
      result("Looking through the recording…", "It can't be looked through", (recording, options) =>
        source.inspect(recording, contents, options),
      ),
    async import(files) {
      for (const failure of failures) notices.dismiss(failure);
      failures = [];
      for (const file of files) {
        const failure = await run(`Reading ${file.name}…`, `${file.name} can't be opened`, (options) =>
          importOne(file, options),
        );
        if (failure !== null) failures.push(failure);
      }
    },
  };
}

/** Saves through a link: the only way that works in DevTools panels of both browsers without a permission. */
export function download(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}
