import { describe, expect, it } from "vitest";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { manyRecording } from "../../../panel/fixture/many.ts";
import {
  createLayout,
  heightOf,
  scrollFor,
  type Layout,
  type LayoutWishes,
} from "../../../panel/timeline/layout.ts";
import { LINE, shareHeight } from "../../../panel/app/heights.ts";

const hubsOf = (count: number) => {
  const reducer = createReducer();
  reducer.apply("page", manyRecording(0, count));
  return reducer.model.hubs;
};

function layoutFor(count: number, wishes: Partial<LayoutWishes> = {}): Layout {
  const usual: LayoutWishes = { width: 1280, room: 360, roomyBelow: 288, folds: new Map(), first: null };
  return createLayout(hubsOf(count), { ...usual, ...wishes });
}

const openOf = ({ groups }: Layout): number[] => groups.flatMap((group, i) => (group.folded ? [] : [i + 1]));

/** Chromium's and Firefox's DevTools below a page are about this high, with a toolbar of 28. */
const DOCKED = 250 - 28;

describe("the height of a docked panel", () => {
  it("shows the timeline in 250 px, with an interruption (it used to be collapsed)", () => {
    const heights = shareHeight({ height: DOCKED, calm: false, open: null, split: null });
    expect(heights.timeline).toBe(true);
    expect(heights.overview).toBe(false);
    const layout = layoutFor(1, { room: heights.room, roomyBelow: heights.roomyBelow });
    expect(openOf(layout)).toEqual([1]);
    expect(heightOf(layout)).toBeLessThanOrEqual(heights.room);
    expect(DOCKED - 28 - heights.room).toBeGreaterThanOrEqual(44);
  });

  it("gives the timeline all height but one line while there are no interruptions", () => {
    for (const height of [DOCKED, 720 - 28]) {
      const { room, fills, overview } = shareHeight({ height, calm: true, open: null, split: null });
      expect(fills).toBe(true);
      expect(room).toBe(height - 28 - LINE - (overview ? 32 : 0));
    }
  });

  it("never exceeds the available height, and respects collapsing and dragging by the user", () => {
    for (const height of [0, 60, 120, 200, 300, 900]) {
      const { room } = shareHeight({ height, calm: false, open: null, split: 5000 });
      expect(room).toBeGreaterThanOrEqual(0);
      expect(room).toBeLessThanOrEqual(height);
    }
    expect(shareHeight({ height: 700, calm: true, open: false, split: null }).timeline).toBe(false);
    expect(shareHeight({ height: 700, calm: false, open: null, split: 200 })).toMatchObject({
      room: 200,
      fills: true,
    });
  });
});

describe("layout", () => {
  it("collapses groups to one line each until all fit, instead of hiding the third of four", () => {
    const layout = layoutFor(4);
    expect(openOf(layout)).toEqual([1, 2]);
    expect(heightOf(layout)).toBeLessThanOrEqual(360);
    expect(layout.groups[2]).toMatchObject({ folded: true, headHeight: 0 });
    expect(layout.groups[2]!.lanes).toMatchObject([{ kind: "state", h: 22 }]);
  });

  it("of twenty connections, expands that of the selected item first", () => {
    const hubs = hubsOf(20);
    expect(openOf(layoutFor(20))).toEqual([1]);
    expect(openOf(layoutFor(20, { first: hubs[16]!.key }))).toEqual([17]);
  });

  it("keeps groups that the user collapsed or expanded as they are", () => {
    const hubs = hubsOf(4);
    const folds = new Map([
      [hubs[0]!.key, true],
      [hubs[3]!.key, false],
    ]);
    const open = openOf(layoutFor(4, { folds, first: hubs[0]!.key }));
    expect(open).toContain(4);
    expect(open).not.toContain(1);
  });

  it("expands at most one group in a narrow panel", () => {
    expect(openOf(layoutFor(4, { width: 420, room: 900, roomyBelow: 900 }))).toEqual([1]);
  });

  it("gives remaining height to lanes that benefit from it, and never too much", () => {
    const usual = layoutFor(1, { room: 600, roomyBelow: 236 });
    const tall = layoutFor(1, { room: 600, roomyBelow: 600 });
    expect(heightOf(tall)).toBeGreaterThan(heightOf(usual));
    expect(heightOf(tall)).toBeLessThanOrEqual(600);
    for (const group of tall.groups)
      for (const [i, lane] of group.lanes.entries())
        expect(lane.y + lane.h).toBe(group.lanes[i + 1]?.y ?? group.bottom);
  });
});

describe("scrollFor", () => {
  it("scrolls as little as possible, and shows the beginning of a group that is too tall", () => {
    expect(scrollFor({ y: 100, bottom: 200 }, 50, 300)).toBe(50);
    expect(scrollFor({ y: 400, bottom: 500 }, 50, 300)).toBe(200);
    expect(scrollFor({ y: 20, bottom: 120 }, 50, 300)).toBe(20);
    expect(scrollFor({ y: 100, bottom: 600 }, 0, 300)).toBe(100);
  });
});
