import { about, counted } from "../../extension/core/text/format.ts";
import { binCounts, type Bin } from "./bins.ts";
import type { HubIndex, Missed } from "./hub-index.ts";
import { dashed, drawText, fit, textWidth, type Paint, type Pen } from "./paint.ts";
import type { Scale } from "../state/time-scale.ts";

const COLUMN = 3;
/** Messages that fill the height of a column, in and out; more if most columns have more. */
const FULL = { in: 7, out: 3 } as const;

function fullFor(bins: readonly Bin[], min: number): number {
  const counts = bins.map((bin) => bin.count).sort((a, b) => a - b);
  return Math.max(min, (counts[Math.floor(counts.length * 0.9)] ?? 0) * 1.3);
}
const EXPONENT = 0.65;

/** Where the centre line of the lane is: in above, out below. */
const centreOf = (row: { readonly y: number; readonly h: number }): number =>
  Math.round(row.y + row.h * 0.62);

/** Messages above (in) and below (out) a centre line: columns if there are many, ticks if there are few. */
export function drawMessages(
  pen: Pen,
  row: { readonly y: number; readonly h: number },
  index: HubIndex,
  scale: Scale,
  paint: Paint,
): void {
  const { colours } = paint;
  const middle = centreOf(row);
  pen.fillStyle = colours.line;
  pen.fillRect(0, middle, scale.width, 1);
  const up = middle - row.y - 3;
  const down = row.y + row.h - middle - 3;

  const inbound = binCounts(scale, COLUMN, index.in, index.countsIn);
  const full = fullFor(inbound, FULL.in);
  for (const { x, count } of inbound) {
    const h = Math.max(3, Math.min(1, count / full) ** EXPONENT * up);
    const w = count <= 1 ? 1.5 : COLUMN - 0.5;
    pen.fillStyle = colours["msg-in"];
    pen.fillRect(x, middle - h, w, h);
    if (count > full) {
      pen.fillStyle = colours.fg;
      pen.globalAlpha = 0.75;
      pen.fillRect(x, middle - h, w, 1.5);
      pen.globalAlpha = 1;
    }
  }
  pen.fillStyle = colours["msg-out"];
  const outbound = binCounts(scale, COLUMN, index.out, index.countsOut);
  const fullOut = fullFor(outbound, FULL.out);
  for (const { x, count } of outbound) {
    const h = Math.max(3, Math.min(1, count / fullOut) ** EXPONENT * down);
    pen.fillRect(x, middle + 1, count <= 1 ? 1.5 : COLUMN - 0.5, h);
  }
  pen.strokeStyle = colours["injected-edge"];
  pen.lineWidth = 1;
  for (const { x } of binCounts(scale, COLUMN, index.swallowed))
    pen.strokeRect(Math.round(x) + 0.5, middle - 9.5, 2, 9);
  drawLost(pen, middle, index, scale, paint);
  for (const missed of index.missed) drawMissed(pen, middle, missed, scale, paint);
}

/** A cross for each call that was lost. */
function drawLost(pen: Pen, middle: number, index: HubIndex, scale: Scale, paint: Paint): void {
  const crosses = binCounts(scale, 5, index.lost);
  if (crosses.length === 0) return;
  pen.strokeStyle = paint.colours.bad;
  pen.lineWidth = 1.25;
  pen.beginPath();
  for (const { x } of crosses) {
    pen.moveTo(x - 2, middle + 3);
    pen.lineTo(x + 2, middle + 7);
    pen.moveTo(x + 2, middle + 3);
    pen.lineTo(x - 2, middle + 7);
  }
  pen.stroke();
}

export function missedWords({ messages, calls }: Missed): string[] {
  const lost = calls > 0 ? `${counted(calls, "call")} lost` : "";
  if (messages === null) return [lost];
  const n = about(messages).toLocaleString("en-US");
  const long = `about ${counted(about(messages), "message")} missed`;
  return [...(lost ? [`${long}, ${lost}`] : []), long, `about ${n} missed`, `≈ ${n} missed`, `≈ ${n}`];
}

/** The estimate, drawn over the time in which nothing could be received. */
function drawMissed(pen: Pen, middle: number, missed: Missed, scale: Scale, paint: Paint): void {
  if (missed.from > scale.to || missed.until < scale.from) return;
  const x0 = scale.clamped(missed.from) + 4;
  const x1 = scale.clamped(missed.until) - 4;
  if (x1 - x0 < 24) return;
  const words = fit(pen, paint, x1 - x0 - 40, missedWords(missed), 400);
  const half = words === "" ? 0 : textWidth(pen, paint, words) / 2 + 6;
  const centre = (Math.max(0, x0) + Math.min(scale.width, x1)) / 2;
  dashed(pen, [2, 3], paint.colours["warn-mark"], () => {
    for (const x of [x0, x1]) {
      pen.moveTo(x, middle - 5);
      pen.lineTo(x, middle + 6);
    }
    pen.moveTo(x0, middle + 0.5);
    pen.lineTo(centre - half, middle + 0.5);
    pen.moveTo(centre + half, middle + 0.5);
    pen.lineTo(x1, middle + 0.5);
  });
  if (words === "") return;
  // A background for the text.
  pen.fillStyle = paint.colours.bg;
  pen.fillRect(centre - half + 2, middle - 5, half * 2 - 4, 11);
  drawText(pen, paint, centre, middle + 4, words, paint.colours.warn, 400, "center");
}
