/** Says while it happens that a page sends and receives more than is recorded. */
import { effect, type ReadonlySignal } from "@preact/signals";
import type { EventTable, Row } from "../../extension/core/columns/event-table.ts";
import { clock } from "../../extension/core/text/format.ts";
import type { EpochMilliseconds, Milliseconds } from "../../extension/core/units.ts";
import type { LoadedRecording } from "./loaded-recording.ts";
import type { Notices } from "./notices.ts";

/** What was counted before belongs to the time without a panel, when much less is recorded. */
const FIRST: Milliseconds = 2_000;
/** The notice disappears when nothing was left out for so long. */
const OVER: Milliseconds = 3_000;

type Loss = "payloads" | "rows";

const TEXT: Readonly<Record<Loss, string>> = {
  payloads: "there are too many messages to record all payloads: some are left out.",
  rows: "there are too many messages to record each one: payloads are left out, and most messages are only counted.",
};

/** @returns stops it */
export function watchBusy(
  loaded: ReadonlySignal<LoadedRecording | null>,
  isLive: ReadonlySignal<boolean>,
  notices: Notices,
  now: () => EpochMilliseconds,
): () => void {
  const since = now() + FIRST;
  let of: LoadedRecording | null = null;
  let next: Row = 0;
  let told: { readonly loss: Loss; readonly notice: number; readonly from: EpochMilliseconds } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const end = (): void => {
    clearTimeout(timer);
    if (told) notices.dismiss(told.notice);
    told = null;
  };
  const tell = (recording: LoadedRecording, loss: Loss): void => {
    clearTimeout(timer);
    timer = setTimeout(end, OVER);
    // Payloads alone are the lesser loss.
    if (told && (told.loss === loss || loss === "payloads")) return;
    const from = told?.from ?? now();
    if (told) notices.dismiss(told.notice);
    const text = `Since ${clock(from)} ${TEXT[loss]}`;
    told = { loss, from, notice: notices.show({ tone: "warn", text, about: recording.id }) };
  };
  const stop = effect(() => {
    const recording = loaded.value;
    if (recording !== of) {
      end();
      of = recording;
      next = 0;
    }
    if (!recording || recording.version.value === 0) return;
    const { events } = recording.model;
    // While it is being read, all of it is old.
    if (recording.progress.value < 1 || !isLive.value) next = events.length;
    let loss: Loss | null = null;
    for (; next < events.length; next++) {
      if (events.timeOf(next) < since) continue;
      const own = lossOf(events, next);
      if (own && loss !== "rows") loss = own;
    }
    if (loss) tell(recording, loss);
  });
  return () => {
    stop();
    end();
  };
}

function lossOf(events: EventTable, row: Row): Loss | null {
  const head = events.headOf(row);
  if (head.kind === "counts") return "rows";
  return head.kind === "message" && head.truncated && events.payloadSizeOf(row) === 0 ? "payloads" : null;
}
