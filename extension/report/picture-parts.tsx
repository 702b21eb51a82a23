/** Parts that all lanes of the report's timeline share. */
import { FAULTS } from "../core/faults/outlines.ts";
import type { FaultSpan, Span } from "../core/model/types.ts";
import { duration } from "../core/text/format.ts";
import type { EpochMilliseconds } from "../core/units.ts";

/** Width of the whole picture, in SVG units. */
export const WIDTH = 1_120;
/** Width of the column left of the lanes, which holds their names. */
export const GUTTER = 150;
/** Height of one line of fault labels. */
export const LABEL_LINE = 13;

const MAX_LABEL_LINES = 4;
/** Estimated width of a letter in a label, rather too wide than too narrow: text can't be measured here. */
const LETTER = 5.6;

/** The x coordinate of a time. */
export type Scale = (t: EpochMilliseconds) => number;

/** Without those that would be drawn where an equal one is already: thousands of short ones share a picture's points. */
export function distinct<S extends Span & { readonly state?: string }>(
  spans: readonly S[],
  x: Scale,
  to: EpochMilliseconds,
): S[] {
  const drawn = new Set<string>();
  return spans.filter((span) => {
    const place = `${span.state ?? ""} ${Math.round(x(span.from))} ${Math.round(x(span.until ?? to))}`;
    if (drawn.has(place)) return false;
    drawn.add(place);
    return true;
  });
}

interface BarProps {
  readonly span: Span;
  readonly x: Scale;
  readonly y: number;
  readonly height: number;
  readonly to: EpochMilliseconds;
  /** CSS class names. */
  readonly look: string;
  /** The tooltip. */
  readonly title: string;
}

/** A bar for a span of time. It has a minimum width, so that a very short span can be seen, too. */
export function Bar({ span, x, y, height, to, look, title }: BarProps) {
  const left = x(span.from);
  const until = span.until ?? to;
  return (
    <rect x={left} y={y} width={Math.max(1, x(until) - left)} height={height} class={look}>
      <title>{`${title}, ${duration(until - span.from)}`}</title>
    </rect>
  );
}

export interface FaultLabel {
  readonly fault: FaultSpan;
  readonly title: string;
  readonly at: number;
  /** Which line the label is on, counted from the top; -1 if there is no room for it. */
  readonly line: number;
}

/** Labels of faults that follow each other closely are placed on different lines. */
export function placeLabels(faults: readonly FaultSpan[], x: Scale): FaultLabel[] {
  const ends: number[] = [];
  return [...faults]
    .sort((a, b) => a.from - b.from)
    .map((fault): FaultLabel => {
      const { title } = FAULTS[fault.command.name];
      const width = title.length * LETTER;
      const at = Math.min(x(fault.from) + 4, WIDTH - width);
      let line = ends.findIndex((end) => end <= at);
      if (line < 0) line = ends.length < MAX_LABEL_LINES ? ends.length : -1;
      if (line >= 0) ends[line] = at + width + 6;
      return { fault, title, at, line };
    });
}
