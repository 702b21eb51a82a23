/** Exports and imports files, with progress and error messages. */
import type { ReadonlySignal } from "@preact/signals";
import type { PageId } from "../../extension/core/ids.ts";
import type { Notices } from "./notices.ts";
import type { Recording } from "./recordings.ts";
import type { ExportKind } from "./export-formats.ts";
import type { ExportOptions, PanelSource } from "./source.ts";

export interface Transfer {
  export(kind: ExportKind, options?: ExportOptions): Promise<void>;
  import(files: Iterable<File>): Promise<void>;
}

export function createTransfer(
  source: PanelSource,
  notices: Notices,
  shown: ReadonlySignal<Recording | null>,
  show: (recording: PageId) => void,
  readPages: () => Promise<void>,
): Transfer {
  /** Error notices of the previous import: the next one removes them. */
  let failures: number[] = [];
  return {
    async export(kind, options = { payloads: true }) {
      const recording = shown.peek();
      if (!recording) return;
      const notice = notices.show({ tone: "note", text: "Writing the file…", progress: 0 });
      try {
        const { name, blob } = await source.export(recording.id, kind, options, (progress) => {
          notices.update(notice, { progress });
        });
        download(name, blob);
      } catch (error) {
        notices.failed("The file can't be written", error);
      } finally {
        notices.dismiss(notice);
      }
    },
    async import(files) {
      for (const failure of failures) notices.dismiss(failure);
      failures = [];
      for (const file of files) {
        const notice = notices.show({ tone: "note", text: `Reading ${file.name}…`, progress: 0 });
        try {
          const { recording, warnings } = await source.importFile(file, (progress) => {
            notices.update(notice, { progress });
          });
          await readPages();
          show(recording);
          for (const text of warnings)
            notices.show({ tone: "warn", text: `${file.name}: ${text}`, about: recording });
        } catch (error) {
          failures.push(notices.failed(`${file.name} can't be opened`, error));
        } finally {
          notices.dismiss(notice);
        }
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
