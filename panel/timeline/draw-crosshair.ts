import { clock } from "../../extension/core/text/format.ts";
import { drawText, textWidth, type Paint, type Pen } from "./paint.ts";
import { decimalsFor, tickStep, type Scale } from "../state/time-scale.ts";

export interface Crosshair {
  readonly t: number;
  /** Vertical ranges of the line, as it doesn't cross group headers. */
  readonly rows: readonly (readonly [y0: number, y1: number])[];
  readonly axisHeight: number;
}

/** The line at the cursor, and its time as a label on the axis. */
export function drawCrosshair(
  pen: Pen,
  { t, rows, axisHeight }: Crosshair,
  scale: Scale,
  paint: Paint,
): void {
  if (t < scale.from || t > scale.to) return;
  const { colours } = paint;
  const x = Math.round(scale.x(t));
  pen.save();
  pen.setLineDash([3, 2]);
  pen.strokeStyle = colours["fg-2"];
  pen.lineWidth = 1;
  pen.beginPath();
  for (const [y0, y1] of [[16, axisHeight] as const, ...rows]) {
    pen.moveTo(x + 0.5, y0);
    pen.lineTo(x + 0.5, y1);
  }
  pen.stroke();
  pen.restore();
  const decimals = Math.max(3, decimalsFor(tickStep(scale, 100))) as 3;
  const words = clock(t, decimals);
  const width = textWidth(pen, paint, words, 500) + 12;
  const left = Math.max(1, Math.min(scale.width - width - 1, x - width / 2));
  pen.fillStyle = colours.bg;
  pen.fillRect(left - 6, 0, width + 12, 16);
  pen.fillStyle = colours.fg;
  pen.beginPath();
  pen.roundRect(left, 1, width, 15, 3);
  pen.fill();
  drawText(pen, paint, left + width / 2, 12, words, colours.bg, 500, "center");
}
