/** Positions of the rows of the timeline. Pure. */
import type { HubConnectionModel } from "../../extension/core/model/types.ts";

export type LaneKind = "state" | "attempts" | "socket" | "messages" | "pings";

const LANES: readonly LaneKind[] = ["state", "attempts", "socket", "messages", "pings"];

export const LANE_WORDS: Readonly<Record<LaneKind, readonly [long: string, short: string]>> = {
  state: ["State", "State"],
  attempts: ["Attempts", "Attempts"],
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
  /** Height of the header above the lanes; 0 for a collapsed group, whose header shares the line with the state lane. */
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
  /** Height of axis and page lane, which don't scroll. */
  readonly headHeight: number;
  /** Groups; 0 is the top of the scrolled part. */
  readonly groups: readonly GroupRows[];
  readonly groupsHeight: number;
}

export const NARROW = 640;

export const gutterFor = (width: number): number => (width <= NARROW ? 60 : 132);

interface Density {
  readonly axis: number;
  readonly page: number;
  /** Height of a group's header, and of a collapsed group. */
  readonly line: number;
  readonly lanes: Readonly<Record<LaneKind, number>>;
}

const COMPACT: Density = {
  axis: 24,
  page: 38,
  line: 22,
  lanes: { state: 18, attempts: 24, socket: 14, messages: 30, pings: 18 },
};
const ROOMY: Density = {
  ...COMPACT,
  lanes: { state: 22, attempts: 32, socket: 18, messages: 52, pings: 28 },
};
/** For a low panel, such as DevTools docked below a page: labels that don't fit are omitted. */
const DENSE: Density = {
  axis: 20,
  page: 20,
  line: 20,
  lanes: { state: 16, attempts: 14, socket: 8, messages: 16, pings: 10 },
};

/** Further groups are collapsed, unless the user expands them. */
const MAX_OPEN = 4;

export interface LayoutWishes {
  readonly width: number;
  /** Height that the timeline may take. */
  readonly room: number;
  /** Tall lanes are used if their total height stays below this. */
  readonly roomyBelow: number;
  /** What the user collapsed (true) or expanded (false), by key. */
  readonly folds: ReadonlyMap<string, boolean>;
  /** The connection to expand first. */
  readonly first: string | null;
}

/** With little room lanes shrink, then groups are collapsed; only then scrolling is needed. */
export function createLayout(hubs: readonly HubConnectionModel[], wishes: LayoutWishes): Layout {
  const { width, room, roomyBelow, first } = wishes;
  const narrow = width <= NARROW;
  const byImportance = hubs.filter(({ key }) => !wishes.folds.has(key)).map(({ key }) => key);
  byImportance.sort((a, b) => Number(b === first) - Number(a === first));
  const maxOpen = Math.min(byImportance.length, narrow ? 1 : MAX_OPEN);
  const arrange = (density: Density, open: number): Layout => {
    const opened = new Set(byImportance.slice(0, open));
    return place(hubs, density, width, (key) => wishes.folds.get(key) ?? !opened.has(key));
  };
  const roomy = arrange(ROOMY, maxOpen);
  if (!narrow && heightOf(roomy) <= roomyBelow) return stretched(roomy, roomyBelow - heightOf(roomy));
  const density = room < MIN_COMPACT ? DENSE : COMPACT;
  for (let open = maxOpen; open > 1; open--) {
    const layout = arrange(density, open);
    if (heightOf(layout) <= room) return layout;
  }
  return arrange(density, Math.min(1, maxOpen));
}

export const heightOf = ({ headHeight, groupsHeight }: Layout): number => headHeight + groupsHeight;

const lanesHeight = ({ lanes }: Density): number => Object.values(lanes).reduce((sum, h) => sum + h, 0);

/** Minimum height of one expanded group. */
const MIN_COMPACT = COMPACT.axis + COMPACT.page + COMPACT.line + lanesHeight(COMPACT);

function place(
  hubs: readonly HubConnectionModel[],
  { axis, page, line, lanes: heights }: Density,
  width: number,
  isFolded: (key: string) => boolean,
): Layout {
  const narrow = width <= NARROW;
  const pageHeight = narrow ? Math.min(34, page) : page;
  let y = 0;
  const groups = hubs.map((hub): GroupRows => {
    const top = y;
    if (isFolded(hub.key)) {
      y += line;
      const lanes = [{ kind: "state", y: top, h: line }] as const;
      return { hub, y: top, headHeight: 0, folded: true, lanes, bottom: y };
    }
    y += line;
    const lanes = LANES.map((kind): LaneRow => {
      const row = { kind, y, h: heights[kind] };
      y += row.h;
      return row;
    });
    return { hub, y: top, headHeight: line, folded: false, lanes, bottom: y };
  });
  return {
    narrow,
    gutter: gutterFor(width),
    axisHeight: axis,
    pageHeight,
    headHeight: axis + pageHeight,
    groups,
    groupsHeight: y,
  };
}

/** Limits how much the lanes of a group grow. */
const MAX_STRETCH = 120;

/** Distributes the remaining height to lanes that benefit from it. */
function stretched(layout: Layout, left: number): Layout {
  const open = layout.groups.filter((group) => !group.folded).length;
  const extra = Math.min(MAX_STRETCH, Math.floor(left / Math.max(1, open)));
  if (!Number.isFinite(left) || extra < 6) return layout;
  let by = 0;
  const groups = layout.groups.map((group): GroupRows => {
    const y = group.y + by;
    const lanes = group.lanes.map((lane): LaneRow => {
      const more = group.folded
        ? 0
        : lane.kind === "messages"
          ? Math.floor((extra * 2) / 3)
          : lane.kind === "pings"
            ? Math.floor(extra / 3)
            : 0;
      const row = { ...lane, y: lane.y + by, h: lane.h + more };
      by += more;
      return row;
    });
    return { ...group, y, lanes, bottom: group.bottom + by };
  });
  return { ...layout, groups, groupsHeight: layout.groupsHeight + by };
}

/**
 * The scroll position that brings the group into view with the least movement; its top is more important than its bottom.
 * @param height of the part that scrolls
 */
export function scrollFor(
  { y, bottom }: Pick<GroupRows, "y" | "bottom">,
  scrollTop: number,
  height: number,
): number {
  if (y < scrollTop || bottom - y > height) return y;
  return Math.max(scrollTop, bottom - height);
}

/** The lane at a height within the scrolled part. */
export function laneAt(layout: Layout, y: number): { group: GroupRows; lane: LaneRow | null } | null {
  const group = layout.groups.find((one) => y >= one.y && y < one.bottom);
  if (!group) return null;
  return { group, lane: group.lanes.find((lane) => y >= lane.y && y < lane.y + lane.h) ?? null };
}
