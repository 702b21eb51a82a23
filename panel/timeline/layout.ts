/** Where the rows of the timeline are. Pure. */
import type { HubConnectionModel } from "../../extension/core/model/types.ts";

export type LaneKind = "state" | "attempts" | "socket" | "messages" | "pings";

const LANES: readonly LaneKind[] = ["state", "attempts", "socket", "messages", "pings"];

export const LANE_WORDS: Readonly<Record<LaneKind, readonly [long: string, short: string]>> = {
  state: ["State", "State"],
  attempts: ["Attempts", "Tries"],
  socket: ["Transports", "Transp."],
  messages: ["Messages", "Msgs"],
  pings: ["Pings", "Pings"],
};

export interface LaneRow {
  readonly kind: LaneKind;
  readonly y: number;
  readonly h: number;
}

export interface GroupRows {
  readonly hub: HubConnectionModel;
  /** Top of the header. */
  readonly y: number;
  readonly headHeight: number;
  readonly folded: boolean;
  readonly lanes: readonly LaneRow[];
  readonly bottom: number;
}

export interface Layout {
  readonly narrow: boolean;
  readonly gutter: number;
  readonly axisHeight: number;
  readonly pageHeight: number;
  /** Axis and page lane: they stay while groups scroll. */
  readonly headHeight: number;
  /** Groups, from 0 at the top of the scrolled part. */
  readonly groups: readonly GroupRows[];
  readonly groupsHeight: number;
}

const AXIS_HEIGHT = 24;
export const NARROW = 640;

export const gutterFor = (width: number): number => (width <= NARROW ? 60 : 132);

const COMPACT: Readonly<Record<LaneKind, number>> = {
  state: 18,
  attempts: 24,
  socket: 14,
  messages: 30,
  pings: 18,
};
const ROOMY: Readonly<Record<LaneKind, number>> = {
  state: 22,
  attempts: 32,
  socket: 18,
  messages: 52,
  pings: 28,
};

export function createLayout(
  hubs: readonly HubConnectionModel[],
  options: {
    readonly width: number;
    readonly roomy: boolean;
    isFolded(hub: HubConnectionModel, index: number): boolean;
  },
): Layout {
  const narrow = options.width <= NARROW;
  const heights = options.roomy && !narrow ? ROOMY : COMPACT;
  const pageHeight = narrow ? 34 : 38;
  const headHeight = 22;
  let y = 0;
  const groups = hubs.map((hub, index): GroupRows => {
    const folded = options.isFolded(hub, index);
    const top = y;
    y += headHeight;
    const lanes = (folded ? (["state"] as const) : LANES).map((kind): LaneRow => {
      const row = { kind, y, h: heights[kind] };
      y += row.h;
      return row;
    });
    return { hub, y: top, headHeight, folded, lanes, bottom: y };
  });
  return {
    narrow,
    gutter: gutterFor(options.width),
    axisHeight: AXIS_HEIGHT,
    pageHeight,
    headHeight: AXIS_HEIGHT + pageHeight,
    groups,
    groupsHeight: y,
  };
}

/** The lane at a height within the scrolled part. */
export function laneAt(layout: Layout, y: number): { group: GroupRows; lane: LaneRow | null } | null {
  const group = layout.groups.find((one) => y >= one.y && y < one.bottom);
  if (!group) return null;
  return { group, lane: group.lanes.find((lane) => y >= lane.y && y < lane.y + lane.h) ?? null };
}
