import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseArcs } from "../../../panel/views/messages/arcs.ts";
import { byteAt, bytesPerLine, hexLine, hexText } from "../../../panel/views/messages/hex.ts";
import { preview } from "../../../panel/views/messages/preview.ts";
import {
  afterScroll,
  boxHeight,
  furthest,
  HIGHEST_BOX,
  isScaled,
  toBar,
  toList,
  topFor,
  visibleRows,
  type ListSize,
} from "../../../panel/components/scroll-window.ts";
import { jsonNodes } from "../../../panel/views/messages/tree-nodes.ts";
import { parentOf, treeRows } from "../../../panel/views/messages/tree-rows.ts";
import { packEvents } from "../../../extension/core/columns/event-block.ts";
import { EventTable } from "../../../extension/core/columns/event-table.ts";
import { EventLog, RowsByTime } from "../../../panel/state/event-log.ts";

const size = (rows: number): ListSize => ({ rows, rowHeight: 20, viewport: 500 });

describe("scroll window", () => {
  it("never makes a box that is too high for a browser", () => {
    expect(boxHeight(size(1_000_000))).toBe(HIGHEST_BOX);
    expect(isScaled(size(1_000))).toBe(false);
  });

  it("reaches every row of a million, and both ends exactly", () => {
    const big = size(1_000_000);
    expect(toList(big, 0)).toBe(0);
    expect(toList(big, boxHeight(big) - big.viewport)).toBe(furthest(big));
    expect(visibleRows(big, furthest(big)).last).toBe(1_000_000);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: furthest(big) }), (top) => {
        expect(Math.abs(toList(big, toBar(big, top)) - top)).toBeLessThan(0.01);
      }),
    );
  });

  it("moves pixel by pixel in small steps and in proportion in large ones", () => {
    const big = size(1_000_000);
    expect(afterScroll(big, 1_000_000, 400_000, 400_100)).toBe(1_000_100);
    expect(afterScroll(big, 1_000_000, 400_000, 4_000_000)).toBe(toList(big, 4_000_000));
    expect(afterScroll(big, 1_000_000, 400, 0)).toBe(0);
    expect(afterScroll(size(100), 100, 100, 160)).toBe(160);
  });

  it("scrolls to a row with the smallest movement", () => {
    const list = size(1000);
    expect(topFor(list, 0, 5)).toBe(0);
    expect(topFor(list, 0, 30)).toBe(120);
    expect(topFor(list, 2000, 10)).toBe(200);
    expect(topFor(list, 0, 500, "centre")).toBe(9760);
    expect(topFor(list, 0, 999, "centre")).toBe(furthest(list));
  });
});

describe("rows by time", () => {
  const tableOf = (times: readonly number[]): EventTable => {
    const table = new EventTable();
    const events = times.map((t, i) => ({ kind: "socket-opened", seq: i + 1, t, socket: 1 }) as const);
    table.add("p", packEvents(events).block);
    return table;
  };
  const timesIn = (rows: RowsByTime, table: EventTable): number[] =>
    Array.from({ length: rows.length }, (_, index) => table.timeOf(rows.at(index)));

  it("are in order of time and of arrival, no matter in which order they are added", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 40 }), { maxLength: 8 }),
        fc.func(fc.nat()),
        (batches, chance) => {
          const table = tableOf(batches.flat());
          const rows = new RowsByTime(table);
          let row = 0;
          for (const batch of batches) rows.add(batch.map(() => row++).sort((a, b) => chance(a) - chance(b)));
          const wanted = batches
            .flat()
            .map((t, one) => ({ t, one }))
            .sort((a, b) => a.t - b.t || a.one - b.one);
          expect(Array.from({ length: rows.length }, (_, index) => rows.at(index))).toEqual(
            wanted.map(({ one }) => one),
          );
          for (const [index, { one }] of wanted.entries()) expect(rows.placeOf(one)).toBe(index);
        },
      ),
    );
  });

  it("merge a second page that arrives late", () => {
    const table = tableOf(Array.from({ length: 2000 }, (_, i) => (i < 1000 ? i * 2 : (i - 1000) * 2 + 1)));
    const log = new EventLog(table);
    log.update();
    const rows = new RowsByTime(table);
    rows.add(Array.from({ length: 1000 }, (_, i) => i));
    rows.add(Array.from({ length: 1000 }, (_, i) => 1000 + i));
    expect(timesIn(rows, table)).toEqual(Array.from({ length: 2000 }, (_, i) => i));
    expect(log.indexFrom(500)).toBe(500);
    expect(log.indexFrom(5000)).toBe(2000);
    expect(log.entry(log.rowAt(501)).event.t).toBe(501);
  });
});

describe("treeRows", () => {
  const value = {
    symbol: "EURUSD",
    bids: Array.from({ length: 6 }, (_, i) => ({ price: i })),
    empty: [],
    none: null,
  };

  it("expands the first levels and summarises collapsed parts", () => {
    const rows = treeRows(jsonNodes(value), new Map());
    expect(rows.map(({ key, kind }) => `${key} ${kind}`)).toEqual([
      "symbol leaf",
      "bids open",
      ...["0", "1", "2", "3", "4", "5"].map((key) => `${key} shut`),
      "empty leaf",
      "none leaf",
    ]);
    expect(rows[1]!.note).toBe("6 items");
    expect(rows[2]!.note).toBe("price");
  });

  it("collapses and expands by path", () => {
    expect(treeRows(jsonNodes(value), new Map([["/bids", false]]))).toHaveLength(4);
    const open = treeRows(jsonNodes(value), new Map([["/bids/1", true]]));
    expect(open.map((row) => row.key)).toContain("price");
    expect(
      parentOf(
        open,
        open.findIndex((row) => row.key === "price"),
      ),
    ).toBe(3);
    expect(parentOf(open, 0)).toBe(0);
  });

  it("shows long lists in parts", () => {
    const long = Array.from({ length: 250 }, (_, i) => i);
    const rows = treeRows(jsonNodes(long), new Map());
    expect(rows).toHaveLength(101);
    expect(rows.at(-1)).toMatchObject({ key: "100 … 249", kind: "shut", note: "150 more" });
    const more = treeRows(jsonNodes(long), new Map([["/…100", true]]));
    expect(more).toHaveLength(202);
    expect(more.at(-1)).toMatchObject({ path: "/…100/…200", key: "200 … 249", note: "50 more" });
  });

  it("gives every row a unique path", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (any) => {
        const paths = treeRows(jsonNodes(any), new Map(), 9).map((row) => row.path);
        expect(new Set(paths).size).toBe(paths.length);
      }),
    );
  });
});

describe("preview", () => {
  it("shows arguments, items and results, with long parts shortened", () => {
    expect(preview('{"type":1,"target":"Tick","arguments":["EURUSD",1.08]}')).toBe('["EURUSD",1.08]');
    expect(preview('{"type":3,"result":{"bids":[1,2,3,4,5,6]}}')).toBe('{"bids":[…6]}');
    expect(preview('{"type":6}')).toBe("");
    expect(preview(undefined)).toBe("");
    expect(preview("\u0002bytes")).toBe("\\u0002bytes");
  });

  it("is never longer than a line, and never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(preview(text).length).toBeLessThanOrEqual(161);
      }),
    );
  });
});

describe("the hex view", () => {
  const bytes = new TextEncoder().encode('{"type":3,"é":1}\u001e');
  const plain = (line: number) => hexLine(bytes, line, 16, null, null);

  it("shows bytes and their letters", () => {
    expect(plain(0)).toEqual({
      offset: "00000000",
      parts: [
        {
          hex: "7b 22 74 79 70 65 22 3a 33 2c 22 c3 a9 22 3a 31",
          text: '{"type":3,"..":1',
          look: "plain",
        },
      ],
      missing: 0,
    });
    expect(plain(1)).toMatchObject({
      offset: "00000010",
      parts: [{ hex: "7d 1e", text: "}." }],
      missing: 42,
    });
  });

  it("marks selected bytes, also across lines, and the one where decoding stopped", () => {
    const place = { start: 14, end: 17 };
    const looks = (line: number) =>
      hexLine(bytes, line, 16, place, 17).parts.map(({ hex, look }) => `${look} ${hex}`);
    expect(looks(0)).toEqual(["plain 7b 22 74 79 70 65 22 3a 33 2c 22 c3 a9 22", "on 3a 31"]);
    expect(looks(1)).toEqual(["on 7d", "bad 1e"]);
  });

  it("fills the available width", () => {
    expect([20, 43, 59, 75, 300].map(bytesPerLine)).toEqual([4, 8, 12, 16, 16]);
  });

  it("finds the byte under a letter, in both columns", () => {
    const text = `00000000  ${plain(0).parts[0]!.hex}  ${plain(0).parts[0]!.text}`;
    expect(byteAt(text.indexOf("7b"), 0, 16, bytes.length)).toBe(0);
    expect(byteAt(text.indexOf("a9"), 0, 16, bytes.length)).toBe(12);
    expect(byteAt(text.indexOf("{"), 0, 16, bytes.length)).toBe(0);
    expect(byteAt(text.length - 1, 0, 16, bytes.length)).toBe(15);
    expect(byteAt(3, 0, 16, bytes.length)).toBeNull();
    expect(byteAt(text.indexOf("c3"), 1, 16, bytes.length)).toBeNull();
  });

  it("is copied as bytes", () => {
    expect(hexText(bytes.subarray(0, 3))).toBe("7b 22 74");
  });
});

describe("chooseArcs", () => {
  it("chooses arcs that don't cross, and always the preferred", () => {
    const candidates = fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { maxLength: 20 });
    fc.assert(
      fc.property(candidates, fc.nat(19), (pairs, preferred) => {
        const all = pairs.map(([a, b], call) => ({ call, from: Math.min(a, b), to: Math.max(a, b) }));
        const chosen = chooseArcs(all, preferred);
        if (preferred < all.length) expect(chosen.some((one) => one.call === preferred)).toBe(true);
        for (const [i, one] of chosen.entries())
          for (const other of chosen.slice(i + 1))
            expect(one.to < other.from || one.from > other.to).toBe(true);
      }),
    );
  });
});
