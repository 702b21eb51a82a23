import type { HubConnectionModel, LaneState, PageModel } from "../../extension/core/model/types.ts";
import { binCounts, marksOf } from "./bins.ts";
import { STATE_RANK } from "./draw-state.ts";
import type { HubIndex } from "./hub-index.ts";
import { vertical, type Paint, type Pen } from "./paint.ts";
import type { ColourName } from "./palette.ts";
import type { Range, Scale } from "../state/time-scale.ts";

const COLUMN = 3;

const STRIP: Readonly<Record<LaneState, ColourName>> = {
  connected: "connected-edge",
  resumed: "resumed-edge",
  connecting: "connecting-edge",
  reconnecting: "reconnecting-edge",
  disconnected: "disconnected-edge",
  stopped: "line-2",
  paused: "line-2",
};

export interface OverviewScene {
  readonly scale: Scale;
  readonly height: number;
  readonly paint: Paint;
  readonly page: PageModel | null;
  readonly hubs: readonly HubConnectionModel[];
  readonly now: number;
  readonly window: Range;
  readonly cursor: number | null;
  readonly selected: Range | null;
  index(hub: HubConnectionModel): HubIndex;
}

/** Draws the whole recording: page, a strip per hub connection, traffic, and the visible range. */
export function drawOverview(pen: Pen, scene: OverviewScene): void {
  const { scale, height, paint, page, hubs, now } = scene;
  const { colours } = paint;
  pen.fillStyle = colours.bg;
  pen.fillRect(0, 0, scale.width, height);
  drawTraffic(pen, scene);
  if (page) {
    for (const { x0, x1, what } of marksOf(page.visibility, scale, now, 2, (span) =>
      span.state === "visible" ? 0 : 1,
    ))
      if (what.state !== "visible") block(pen, x0, 3, x1 - x0, 3, colours[`${what.state}-fill`]);
    for (const { x0, x1 } of marksOf(page.offline, scale, now, 2, () => 0))
      block(pen, x0, 3, x1 - x0, 3, colours["offline-fill"]);
  }
  // With many connections the strips get thinner, so that all fit.
  const strip = Math.min(4, 12 / Math.max(1, hubs.length));
  for (const [i, hub] of hubs.entries()) {
    const y = 7 + i * strip;
    for (const { x0, x1, what } of marksOf(hub.states, scale, now, 1.5, (span) => STATE_RANK[span.state])) {
      pen.globalAlpha = what.state === "connected" ? 0.45 : 1;
      block(pen, x0, y, x1 - x0, Math.max(1, strip - 1), colours[STRIP[what.state]]);
    }
    pen.globalAlpha = 1;
  }
  drawFaults(pen, scene, strip);
  if (scene.selected) {
    const x0 = scale.clamped(scene.selected.from);
    block(pen, x0, 0, Math.max(2, scale.clamped(scene.selected.to) - x0), 2, colours.accent);
  }
  drawWindow(pen, scene);
  if (scene.cursor !== null) vertical(pen, scale.clamped(scene.cursor), 2, height, colours["fg-2"]);
}

function block(pen: Pen, x: number, y: number, w: number, h: number, colour: string): void {
  pen.fillStyle = colour;
  pen.fillRect(x, y, w, h);
}

interface Traffic {
  /** Of which drawing it is: as long as only the window moves, it stays the same. */
  readonly of: readonly unknown[];
  readonly sums: ReadonlyMap<number, number>;
}

let drawn: Traffic = { of: [], sums: new Map() };

function trafficOf({ scale, hubs, index }: OverviewScene): Traffic["sums"] {
  const indices = hubs.map(index);
  const of = [scale.from, scale.to, scale.width, ...indices, ...indices.map(({ version }) => version)];
  if (of.length === drawn.of.length && of.every((part, i) => part === drawn.of[i])) return drawn.sums;
  const sums = new Map<number, number>();
  for (const { in: times, countsIn } of indices)
    for (const { x, count } of binCounts(scale, COLUMN, times, countsIn))
      sums.set(x, (sums.get(x) ?? 0) + count);
  drawn = { of, sums };
  return sums;
}

function drawTraffic(pen: Pen, scene: OverviewScene): void {
  const { height, paint } = scene;
  const sums = trafficOf(scene);
  // A single burst must not make everything else too small.
  const sorted = [...sums.values()].sort((a, b) => a - b);
  const highest = Math.max(4, 2 * (sorted[Math.floor(sorted.length * 0.9)] ?? 0));
  pen.fillStyle = paint.colours["msg-in"];
  pen.globalAlpha = 0.38;
  for (const [x, count] of sums) {
    const h = Math.max(1.5, Math.min(1, count / highest) ** 0.6 * (height - 20));
    pen.fillRect(x, height - 4 - h, COLUMN - 1, h);
  }
  pen.globalAlpha = 1;
}

function drawFaults(pen: Pen, { scale, paint, page, hubs, now }: OverviewScene, strip: number): void {
  pen.strokeStyle = paint.colours["injected-edge"];
  pen.lineWidth = 1;
  for (const fault of page?.faults ?? []) {
    const row = hubs.findIndex((hub) => hub.key === fault.hubKey);
    const x0 = Math.round(scale.clamped(fault.from));
    const w = Math.max(2, Math.round(scale.clamped(fault.until ?? now)) - x0);
    const y = row < 0 ? 2.5 : Math.round(7 + row * strip) - 0.5;
    pen.strokeRect(x0 + 0.5, y, w, row < 0 ? 4 : Math.max(2, Math.round(strip)));
  }
}

/** Shades everything outside of the visible range, and draws handles to drag its edges. */
function drawWindow(pen: Pen, { scale, height, paint, window }: OverviewScene): void {
  const { colours } = paint;
  const a = Math.max(0, scale.x(window.from));
  const b = Math.min(scale.width, scale.x(window.to));
  pen.globalAlpha = 0.72;
  block(pen, 0, 0, a, height, colours["bg-sunk"]);
  block(pen, b, 0, scale.width - b, height, colours["bg-sunk"]);
  pen.globalAlpha = 1;
  vertical(pen, a, 0, height, colours.accent);
  vertical(pen, Math.min(b, scale.width) - 1, 0, height, colours.accent);
  for (const x of [Math.max(a, 3), Math.min(b, scale.width - 3)]) {
    pen.fillStyle = colours.accent;
    pen.beginPath();
    pen.roundRect(x - 3, height / 2 - 7, 6, 14, 2);
    pen.fill();
    block(pen, x - 0.5, height / 2 - 3, 1, 6, colours["accent-fg"]);
  }
}
