/** Finds what is at a position on the timeline, and handles clicks on it. */
import type { LoadedRecording } from "../state/loaded-recording.ts";
import { doctorOf } from "../state/doctor/doctor-control.ts";
import { findingsOf } from "../state/findings/findings-control.ts";
import { goToMessage } from "../state/messages/go-to-message.ts";
import type { PanelState } from "../state/panel-state.ts";
import type { laneAt, Layout } from "./layout.ts";
import { readFlag, readLane, readPage, type Reading } from "./reading.ts";
import { readDoctor } from "./read-doctor.ts";
import { around, type Scale } from "../state/time-scale.ts";
import { indicesOf, mainPage } from "./scene.ts";

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly layout: Layout;
  readonly hit: ReturnType<typeof laneAt>;
  readonly scale: Scale;
}

export function readingAt(
  recording: LoadedRecording,
  panel: PanelState,
  { x, y, layout, hit, scale }: Place,
): Reading | null {
  if (y < layout.axisHeight) return null;
  const t = scale.t(x);
  const now = panel.view.extent.peek().to;
  if (t > now) return null;
  if (y < layout.headHeight) {
    const page = mainPage(recording);
    const lower = y > layout.axisHeight + layout.pageHeight / 2;
    const run = lower ? readDoctor(recording.model.pages, t, scale, now) : null;
    return run ?? (page ? readPage(page, t, scale, now, lower) : null);
  }
  if (!hit?.lane) return null;
  const { hub } = hit.group;
  const flag =
    hit.lane.kind === "state" ? readFlag(panel.flagged.peek().flags.get(hub.key) ?? [], x, scale) : null;
  if (flag) return flag;
  const page = recording.model.pages.find((one) => one.id === hub.page) ?? null;
  return readLane(hit.lane.kind, hub, page, indicesOf(recording).of(hub), t, scale, now);
}

/** A click selects the finding or interruption at that position, or shows the messages of that time. */
export function openAt(panel: PanelState, recording: LoadedRecording, place: Place): void {
  const reading = readingAt(recording, panel, place);
  if (reading?.finding !== undefined) {
    findingsOf(panel).open(reading.finding);
    return;
  }
  if (reading?.doctorRunKey !== undefined) {
    doctorOf(panel).chosen.value = reading.doctorRunKey;
    panel.tab.value = "doctor";
    return;
  }
  if (reading?.downtime) {
    panel.selection.downtimeKey.value = reading.downtime.key;
    panel.tab.value = "interruptions";
    return;
  }
  if (place.hit?.lane?.kind === "messages")
    goToMessage(panel, place.scale.t(place.x), place.hit.group.hub.key);
}

/** A double-click zooms to the item, or by a factor of two. */
export function zoomTo(panel: PanelState, reading: Reading | null, t: number): void {
  const { from, to } = panel.view.range.peek();
  if (reading?.from !== undefined && reading.until !== undefined)
    panel.view.set(around(reading.from, reading.until, 50));
  else panel.view.set({ from: t - (to - from) / 4, to: t + (to - from) / 4 });
}
