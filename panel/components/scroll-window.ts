/**
 * The arithmetic of a list of any length in a box of limited height. Browsers drop boxes that are too high (Firefox
 * beyond 17.9 million pixels), so a long list is squeezed: the scroll bar moves a scaled copy. Pure.
 */

/** Maximum height of the scrolled box in pixels, well below the limit of every browser. */
export const HIGHEST_BOX = 8_000_000;

export interface ListSize {
  readonly rows: number;
  readonly rowHeight: number;
  /** Height of the visible part of the list. */
  readonly viewport: number;
}

/** Height of the box inside the scroll container. */
export const boxHeight = ({ rows, rowHeight }: ListSize): number => Math.min(HIGHEST_BOX, rows * rowHeight);

export const isScaled = (size: ListSize): boolean => size.rows * size.rowHeight > HIGHEST_BOX;

/** Maximum scroll position, in pixels of the list itself. */
export const furthest = ({ rows, rowHeight, viewport }: ListSize): number =>
  Math.max(0, rows * rowHeight - viewport);

/** Converts a position of the scroll bar to a position in the list. */
export function toList(size: ListSize, scrollTop: number): number {
  if (!isScaled(size)) return scrollTop;
  const max = boxHeight(size) - size.viewport;
  return max <= 0 ? 0 : Math.min(1, scrollTop / max) * furthest(size);
}

/** Converts a position in the list to a position of the scroll bar. */
export function toBar(size: ListSize, top: number): number {
  if (!isScaled(size)) return top;
  const max = furthest(size);
  return max <= 0 ? 0 : (top / max) * (boxHeight(size) - size.viewport);
}

/** The rows to render, with a few beyond both edges. */
export function visibleRows(
  { rows, rowHeight, viewport }: ListSize,
  top: number,
  beyond = 4,
): { first: number; last: number } {
  const first = Math.max(0, Math.floor(top / rowHeight) - beyond);
  const last = Math.min(rows, Math.ceil((top + viewport) / rowHeight) + beyond);
  return { first, last: Math.max(first, last) };
}

/** The scroll position that shows the row; unchanged when the row is visible already. */
export function topFor(
  size: ListSize,
  top: number,
  row: number,
  where: "nearest" | "centre" = "nearest",
): number {
  const y = row * size.rowHeight;
  const limit = (value: number): number => Math.max(0, Math.min(furthest(size), value));
  const seen = y >= top && y + size.rowHeight <= top + size.viewport;
  if (seen) return top;
  if (where === "centre") return limit(y - (size.viewport - size.rowHeight) / 2);
  return limit(y < top ? y : y + size.rowHeight - size.viewport);
}

/**
 * The new position in the list after the scroll bar has moved. Small moves go pixel by pixel, however much the list is
 * scaled: otherwise one notch of the wheel would skip hundreds of rows. Large ones (the bar was dragged) go in proportion.
 */
export function afterScroll(size: ListSize, top: number, barBefore: number, barNow: number): number {
  const moved = barNow - barBefore;
  if (!isScaled(size) || Math.abs(moved) > size.viewport) return toList(size, barNow);
  if (barNow <= 0) return 0;
  if (barNow >= boxHeight(size) - size.viewport - 1) return furthest(size);
  return Math.max(0, Math.min(furthest(size), top + moved));
}
