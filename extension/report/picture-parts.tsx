/** What all lanes of the report's timeline are made of. */
import { FAULTS } from "../core/faults/outlines.ts";
import type { FaultSpan, Span } from "../core/model/types.ts";
import { duration } from "../core/text/format.ts";
import type { EpochMilliseconds } from "../core/units.ts";

/** Of the whole picture, in its own units. */
export const WIDTH = 1_120;
/** Left of the lanes, for their names. */
export const GUTTER = 150;
/** Height of a line of fault names. */
export const LABEL_LINE = 13;

const MAX_LABEL_LINES = 4;
/** Of a letter of the labels, generously: the picture can't measure. */
const LETTER = 5.6;

/** Where a time is. */
export type Scale = (t: EpochMilliseconds) => number;

interface BarProps {
  readonly span: Span;
  readonly x: Scale;
  readonly y: number;
  readonly height: number;
  readonly to: EpochMilliseconds;
  /** Classes of the style sheet. */
  readonly look: string;
  /** Shown where the pointer rests. */
  readonly title: string;
}

/** A span of time as a bar, wide enough to be seen. */
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
  /** Counted from the top; -1: there was no room for words. */
  readonly line: number;
}

/** Words of faults that follow closely go below each other. */
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
