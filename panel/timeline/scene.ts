/** Makes the scene to draw from the panel's state. */
import { signal, type Signal } from "@preact/signals";
import type { PageModel } from "../../extension/core/model/types.ts";
import type { LoadedRecording } from "../state/loaded-recording.ts";
import type { PanelState } from "../state/panel-state.ts";
import type { Scene } from "./draw-timeline.ts";
import { Indices } from "./hub-index.ts";
import type { Layout } from "./layout.ts";
import type { Paint } from "./paint.ts";
import { createScale, type Scale } from "../state/time-scale.ts";

const indices = new WeakMap<LoadedRecording, { readonly all: Indices; version: number }>();

/** Indices of the recording's hub connections, as up to date as its model. */
export function indicesOf(recording: LoadedRecording): Indices {
  let own = indices.get(recording);
  if (!own) {
    const all = new Indices();
    own = { all, version: -1 };
    indices.set(recording, own);
    // So that little is left to do when all is drawn.
    recording.follow(() => {
      all.follow(recording.model.hubs);
    });
  }
  if (own.version !== recording.model.version) {
    own.version = recording.model.version;
    own.all.update(recording.model.hubs);
  }
  return own.all;
}

/** The page of the page lane: the top page, or else the first page. */
export const mainPage = (recording: LoadedRecording): PageModel | null =>
  recording.model.pages.find((page) => page.id === recording.id) ?? recording.model.pages[0] ?? null;

export type Folds = Signal<ReadonlyMap<string, boolean>>;
export const createFolds = (): Folds => signal<ReadonlyMap<string, boolean>>(new Map());

export function scaleOf(panel: PanelState, width: number): Scale {
  return createScale(panel.view.range.peek(), Math.max(1, width));
}

export function sceneOf(
  panel: PanelState,
  recording: LoadedRecording,
  layout: Layout,
  paint: Paint,
  size: { width: number; height: number; scrollTop: number },
): Scene {
  const all = indicesOf(recording);
  return {
    layout,
    scale: scaleOf(panel, size.width - layout.gutter),
    paint,
    page: mainPage(recording),
    pages: recording.model.pages,
    begin: panel.view.extent.peek().from,
    now: panel.view.extent.peek().to,
    live: panel.isLive.peek(),
    selected: panel.selection.downtime.peek()?.downtime ?? null,
    scrollTop: size.scrollTop,
    height: size.height,
    flags: (hub) => panel.flagged.peek().flags.get(hub.key) ?? [],
    index: (hub) => all.of(hub),
  };
}
