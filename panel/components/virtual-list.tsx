import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useSize } from "./use-size.ts";
import {
  afterScroll,
  boxHeight,
  furthest,
  isScaled,
  toBar,
  topFor,
  visibleRows,
  type ListSize,
} from "./scroll-window.ts";

/** The scroll position: the first visible row, and how many of its pixels are hidden above the edge. */
export interface ListPlace {
  readonly first: number;
  readonly hidden: number;
  readonly viewport: number;
  readonly atEnd: boolean;
  /** The user scrolled, not the list itself. */
  readonly byUser: boolean;
}

/** Asks the list to scroll a row into view, once for each new value of `turn`. */
export interface ListMove {
  readonly row: number;
  readonly where: "nearest" | "centre" | { readonly offset: number };
  readonly turn: unknown;
}

interface Props {
  readonly rows: number;
  readonly rowHeight: number;
  readonly move: ListMove | null;
  /** While the end is in view, keep it in view as new rows are added. */
  readonly stick: boolean;
  /** When this number changes, the list scrolls to its end. */
  readonly toEnd?: number;
  readonly onPlace?: (place: ListPlace) => void;
  readonly children: (first: number, last: number, y: (row: number) => number) => ComponentChildren;
  readonly overlay?: (first: number, last: number, y: (row: number) => number) => ComponentChildren;
}

/** A list of any length that renders only its visible rows. */
export function VirtualList(props: Props) {
  const { rows, rowHeight, move, stick, toEnd = 0, onPlace, children, overlay } = props;
  const box = useRef<HTMLDivElement>(null);
  const { height: viewport } = useSize(box);
  const [top, setTop] = useState(0);
  const bar = useRef(0);
  const atEnd = useRef(true);
  const byUser = useRef(false);
  const asked = useRef(toEnd);
  const size: ListSize = { rows, rowHeight, viewport };
  const end = furthest(size);

  const setPlace = (next: number): void => {
    atEnd.current = next >= end - rowHeight;
    setTop(next);
  };
  const moveTo = (next: number): void => {
    const element = box.current;
    if (!element) return;
    const scroll = toBar(size, next);
    element.scrollTop = scroll;
    // The browser may round the position, so read it back.
    bar.current = element.scrollTop;
    setPlace(next);
  };

  useLayoutEffect(() => {
    if (viewport === 0 || !move) return;
    const { row, where } = move;
    if (typeof where === "string") moveTo(topFor(size, top, row, where));
    else moveTo(Math.max(0, Math.min(end, row * rowHeight - where.offset)));
  }, [move?.turn, viewport === 0]);

  useLayoutEffect(() => {
    if (viewport === 0) return;
    if (asked.current !== toEnd) {
      asked.current = toEnd;
      moveTo(end);
    } else if (stick && atEnd.current) {
      if (top !== end) moveTo(end);
    } else if (top > end) moveTo(end);
    else if (rows > 0) atEnd.current = top >= end - rowHeight;
  }, [rows, viewport, stick, toEnd]);

  useLayoutEffect(() => {
    if (viewport === 0) return;
    const first = Math.floor(top / rowHeight);
    onPlace?.({
      first,
      hidden: top - first * rowHeight,
      viewport,
      atEnd: atEnd.current,
      byUser: byUser.current,
    });
    byUser.current = false;
  });

  const { first, last } = visibleRows(size, top);
  const y = (row: number): number => row * rowHeight - top;
  return (
    <div
      class="vlist"
      ref={box}
      role="rowgroup"
      tabIndex={0}
      onScroll={(event) => {
        const now = event.currentTarget.scrollTop;
        if (now === bar.current) return;
        const next = afterScroll(size, top, bar.current, now);
        bar.current = now;
        byUser.current = true;
        setPlace(next);
      }}
      onWheel={(event) => {
        if (!isScaled(size) || event.deltaY === 0 || event.ctrlKey) return;
        // The box is scaled down: the wheel moves the list itself, not the scaled box.
        event.preventDefault();
        const unit = event.deltaMode === 1 ? rowHeight : event.deltaMode === 2 ? viewport : 1;
        byUser.current = true;
        moveTo(Math.max(0, Math.min(end, top + event.deltaY * unit)));
      }}
    >
      <div style={{ height: `${boxHeight(size)}px` }}>
        <div class="vwindow" style={{ height: `${viewport}px` }}>
          {children(first, last, y)}
          {overlay?.(first, last, y)}
        </div>
      </div>
    </div>
  );
}
