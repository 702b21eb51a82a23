import { clock, offset } from "../../extension/core/text/format.ts";
import { drawText, fit, textWidth, vertical, type Paint, type Pen } from "./paint.ts";
import { decimalsFor, ticks, tickStep, type Scale } from "../state/time-scale.ts";

/** Local time zone at `t`, so that ticks fall on round local times. */
const zoneAt = (t: number): number => -new Date(t).getTimezoneOffset() * 60_000;

export interface AxisTicks {
  readonly times: readonly number[];
  readonly step: number;
}

export function axisTicks(scale: Scale, narrow: boolean): AxisTicks {
  const step = tickStep(scale, narrow ? 84 : 118);
  return { step, times: ticks(scale, step, zoneAt(scale.from)) };
}

/** Ticks with clock time, and time since the beginning of the recording. */
export function drawAxis(
  pen: Pen,
  height: number,
  axis: AxisTicks,
  scale: Scale,
  begin: number,
  paint: Paint,
): void {
  const { colours, narrow } = paint;
  for (const t of axis.times) {
    const x = scale.x(t);
    vertical(pen, x, 0, 5, colours["line-2"]);
    vertical(pen, x, height - 1, height, colours.line);
    const words = clock(t, decimalsFor(axis.step));
    const width = textWidth(pen, paint, words);
    if (x + 4 + width > scale.width - 4) continue;
    drawText(pen, paint, x + 4, 11, words, colours["fg-2"]);
    if (narrow) continue;
    const after = fit(
      pen,
      paint,
      scale.width - x - width - 14,
      [axis.step >= 1000 ? offset(t - begin) : ""],
      400,
    );
    drawText(pen, paint, x + 10 + width, 11, after, colours["fg-3"]);
  }
}

/** Grid lines through one lane. */
export function drawGrid(pen: Pen, y: number, h: number, axis: AxisTicks, scale: Scale, paint: Paint): void {
  for (const t of axis.times) vertical(pen, scale.x(t), y, y + h, paint.colours.grid);
}
