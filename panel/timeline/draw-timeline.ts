/** Draws the whole timeline, in this order: background, shading, selection, grid, marks, faults, selection edges. Pure. */
import type { Trouble } from "../../extension/core/diagnosis/hang.ts";
import { endOfRun } from "../../extension/core/model/doctor-run-end.ts";
import type { FaultSpan, HubConnectionModel, PageModel } from "../../extension/core/model/types.ts";
import { axisTicks, drawAxis, drawGrid, type AxisTicks } from "./draw-axis.ts";
import { drawAttempts } from "./draw-attempts.ts";
import { drawFlags } from "./draw-flags.ts";
import { drawFault, drawFaultTag, placeTags, type Injected } from "./draw-faults.ts";
import { drawMessages } from "./draw-messages.ts";
import { drawPage, drawShade, isLow } from "./draw-page.ts";
import { drawPings } from "./draw-pings.ts";
import { drawSockets } from "./draw-sockets.ts";
import { drawStates } from "./draw-state.ts";
import type { Flag } from "../state/flagged.ts";
import type { HubIndex } from "./hub-index.ts";
import type { GroupRows, LaneRow, Layout } from "./layout.ts";
import { vertical, type Paint, type Pen } from "./paint.ts";
import type { Scale } from "../state/time-scale.ts";

export interface Scene {
  readonly layout: Layout;
  readonly scale: Scale;
  readonly paint: Paint;
  /** The page that the page lane shows. */
  readonly page: PageModel | null;
  readonly pages: readonly PageModel[];
  readonly begin: number;
  /** The end of spans that are still open. */
  readonly now: number;
  readonly live: boolean;
  readonly selected: Trouble | null;
  readonly scrollTop: number;
  /** Height of the whole drawing. */
  readonly height: number;
  /** Moments of findings, in order of time. */
  flags(hub: HubConnectionModel): readonly Flag[];
  index(hub: HubConnectionModel): HubIndex;
}

export function drawTimeline(pen: Pen, scene: Scene): void {
  const { layout, scale, paint, height } = scene;
  const { colours } = paint;
  pen.fillStyle = colours.bg;
  pen.fillRect(0, 0, scale.width, height);
  const axis = axisTicks(scale, layout.narrow);

  pen.save();
  pen.beginPath();
  pen.rect(0, layout.headHeight, scale.width, height - layout.headHeight);
  pen.clip();
  const top = layout.headHeight - scene.scrollTop;
  const seen = layout.groups.filter(
    (group) => group.bottom + top > layout.headHeight && group.y + top < height,
  );
  for (const group of seen) drawGroup(pen, shifted(group, top), scene, axis);
  if (scene.live && scale.to >= scene.now - 1)
    vertical(pen, scale.width - 1, layout.headHeight, height, colours["connected-edge"], 2);
  pen.restore();

  drawHead(pen, scene, axis);
}

function shifted(group: GroupRows, by: number): GroupRows {
  return {
    ...group,
    y: group.y + by,
    bottom: group.bottom + by,
    lanes: group.lanes.map((lane) => ({ ...lane, y: lane.y + by })),
  };
}

/** Faults of this hub connection, or of its whole page. */
const faultsOn = (scene: Scene, hub: HubConnectionModel): FaultSpan[] =>
  (scene.pages.find((page) => page.id === hub.page)?.faults ?? []).filter(
    (fault) => fault.hubKey === hub.key || fault.hubKey === null,
  );

function drawGroup(pen: Pen, group: GroupRows, scene: Scene, axis: AxisTicks): void {
  const { scale, paint, selected, now } = scene;
  const { colours } = paint;
  const { hub } = group;
  const page = scene.pages.find((one) => one.id === hub.page) ?? null;
  const first = group.y + group.headHeight;
  if (group.headHeight > 0) {
    pen.fillStyle = colours["bg-sub"];
    pen.fillRect(0, group.y, scale.width, group.headHeight);
  }
  pen.fillStyle = colours.line;
  pen.fillRect(0, group.y, scale.width, 1);
  if (page) drawShade(pen, first, group.bottom - first, page, scale, now, paint);
  if (selected) drawTint(pen, group.y, group.bottom, selected, scene);
  for (const lane of group.lanes) {
    drawGrid(pen, lane.y, lane.h, axis, scale, paint);
    pen.fillStyle = colours.grid;
    pen.fillRect(0, lane.y + lane.h - 1, scale.width, 1);
  }
  for (const lane of group.lanes) drawLane(pen, lane, hub, page, scene);
  const faults = faultsOn(scene, hub);
  for (const fault of faults) drawFault(pen, first, group.bottom, fault, scale, now, paint);
  if (selected) drawEdges(pen, first, group.bottom, selected, scene, selected.hubKey === hub.key);
  const states = group.lanes.find((lane) => lane.kind === "state");
  if (states) drawFlags(pen, states.y + 2, scene.flags(hub), scale, paint);
  const tagLane = group.lanes.find((lane) => lane.kind === "attempts");
  if (tagLane)
    for (const tag of placeTags(
      pen,
      faults.filter((fault) => fault.hubKey !== null),
      scale,
      now,
      paint,
    ))
      drawFaultTag(pen, tagLane.y + Math.max(0, Math.min(4, tagLane.h - 15)), tag, paint);
}

function drawLane(
  pen: Pen,
  lane: LaneRow,
  hub: HubConnectionModel,
  page: PageModel | null,
  scene: Scene,
): void {
  const { scale, paint, now } = scene;
  switch (lane.kind) {
    case "state":
      drawStates(pen, lane, hub.states, scale, now, paint);
      return;
    case "attempts":
      drawAttempts(pen, lane, hub, scale, now, paint, scene.index(hub));
      return;
    case "socket":
      drawSockets(pen, lane, hub, page, scale, now, paint);
      return;
    case "messages":
      drawMessages(pen, lane, scene.index(hub), scale, paint);
      return;
    case "pings":
      drawPings(pen, lane, hub, scene.index(hub), scale, now, paint);
      return;
  }
}

/** Faults of the whole page, and the connection doctor's runs, also in other frames. */
const injectedInto = (page: PageModel, pages: readonly PageModel[]): Injected[] => [
  ...page.faults.filter((fault) => fault.hubKey === null),
  ...pages.flatMap((one) => one.doctorRuns.map((run) => ({ from: run.from, until: endOfRun(run, one) }))),
];

/** Axis and page lane. */
function drawHead(pen: Pen, scene: Scene, axis: AxisTicks): void {
  const { layout, scale, paint, page, selected, now } = scene;
  const { axisHeight, headHeight } = layout;
  const { colours } = paint;
  if (selected) drawTint(pen, axisHeight, headHeight, selected, scene);
  drawGrid(pen, axisHeight, headHeight - axisHeight, axis, scale, paint);
  drawAxis(pen, axisHeight, axis, scale, scene.begin, paint);
  pen.fillStyle = colours.line;
  pen.fillRect(0, axisHeight, scale.width, 1);
  if (page) {
    const faults = injectedInto(page, scene.pages);
    const tags = placeTags(pen, faults, scale, now, paint);
    drawPage(pen, { y: axisHeight, h: headHeight - axisHeight }, page, scale, now, paint, tags);
    for (const fault of faults) drawFault(pen, axisHeight + 1, headHeight, fault, scale, now, paint);
    for (const tag of tags)
      drawFaultTag(pen, axisHeight + (isLow(headHeight - axisHeight) ? 3 : 20), tag, paint);
  }
  if (selected) {
    drawEdges(pen, axisHeight, headHeight, selected, scene, false);
    const [x0, x1] = selectionEdges(selected, scene);
    pen.fillStyle = colours.accent;
    pen.fillRect(x0, axisHeight - 2, x1 - x0 + 1, 2);
  }
}

function selectionEdges(selected: Trouble, { scale, now }: Scene): [number, number] {
  const x0 = Math.round(scale.clamped(selected.from)) - 1;
  return [x0, Math.max(x0 + 3, Math.round(scale.clamped(selected.until ?? now)))];
}

function drawTint(pen: Pen, y0: number, y1: number, selected: Trouble, scene: Scene): void {
  const [x0, x1] = selectionEdges(selected, scene);
  pen.fillStyle = scene.paint.colours["accent-tint"];
  pen.fillRect(x0, y0, x1 - x0 + 1, y1 - y0);
}

/** Edges through all lanes; an outline around the lanes of its own hub connection. */
function drawEdges(pen: Pen, y0: number, y1: number, selected: Trouble, scene: Scene, own: boolean): void {
  const [x0, x1] = selectionEdges(selected, scene);
  const { accent } = scene.paint.colours;
  if (own) {
    pen.strokeStyle = accent;
    pen.lineWidth = 1;
    pen.strokeRect(x0 + 0.5, y0 + 0.5, x1 - x0, y1 - y0 - 1);
    return;
  }
  pen.globalAlpha = 0.55;
  vertical(pen, x0, y0, y1, accent);
  vertical(pen, x1, y0, y1, accent);
  pen.globalAlpha = 1;
}
