/** Shows a notice about what was removed from the shown recording because of the size limit. */
import { effect, type ReadonlySignal } from "@preact/signals";
import { counted } from "../../extension/core/text/format.ts";
import type { Notices } from "./notices.ts";
import type { Recording } from "./recordings.ts";

/** @returns stops it */
export function watchTrimmed(shown: ReadonlySignal<Recording | null>, notices: Notices): () => void {
  let notice: number | undefined;
  let told = "";
  return effect(() => {
    const recording = shown.value;
    const text = recording ? textOf(recording) : "";
    const key = `${recording?.id ?? ""} ${text}`;
    if (key === told) return;
    told = key;
    if (notice !== undefined) notices.dismiss(notice);
    notice = recording && text ? notices.show({ tone: "warn", text, about: recording.id }) : undefined;
  });
}

/** The text; empty if nothing was removed. */
function textOf({ pages }: Recording): string {
  const sum = (what: "payloads" | "events"): number =>
    pages.reduce((total, { letGo }) => total + (letGo?.[what] ?? 0), 0);
  const gone = [
    ...(sum("payloads") > 0 ? [`the payloads of ${counted(sum("payloads"), "message")}`] : []),
    ...(sum("events") > 0 ? [counted(sum("events"), "message")] : []),
  ];
  return gone.length === 0
    ? ""
    : `This recording is larger than the limit: ${gone.join(" and ")} were removed from it, oldest first. Raise the limit in the settings to keep more.`;
}
