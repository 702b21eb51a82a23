import type { LaneState, StateSpan } from "../../extension/core/model/types.ts";
import { duration } from "../../extension/core/text/format.ts";
import { spanWord } from "../../extension/wording/words.ts";
import { marksOf } from "./bins.ts";
import { dashed, drawText, fillPattern, fit, textWidth, type Paint, type Pen } from "./paint.ts";
import type { Scale } from "../state/time-scale.ts";

/** Zoomed out, the worst state in a pixel is shown. */
export const STATE_RANK: Readonly<Record<LaneState, number>> = {
  connected: 0,
  resumed: 1,
  connecting: 2,
  stopped: 3,
  paused: 3,
  reconnecting: 4,
  disconnected: 5,
};

const PATTERNED = new Set<LaneState>(["reconnecting", "disconnected", "connecting", "resumed"]);

/** A paused circuit looks like a stopped connection. */
const lookOf = ({ state }: StateSpan): Exclude<LaneState, "paused"> =>
  state === "paused" ? "stopped" : state;

/** The state lane: fill, top edge, pattern, and a label. */
export function drawStates(
  pen: Pen,
  row: { readonly y: number; readonly h: number },
  spans: readonly StateSpan[],
  scale: Scale,
  now: number,
  paint: Paint,
): void {
  const y = row.y + 2;
  const h = row.h - 4;
  for (const { x0, x1, what } of marksOf(spans, scale, now, 5, (span) => STATE_RANK[span.state])) {
    const state = lookOf(what);
    const w = Math.max(1, x1 - x0 - 1);
    const colours = paint.colours;
    pen.fillStyle = colours[`${state}-fill`];
    pen.fillRect(x0, y, w, h);
    if (PATTERNED.has(state)) fillPattern(pen, paint, state as "reconnecting", x0, y, w, h);
    if (state === "stopped") {
      dashed(pen, [3, 2], colours["stopped-edge"], () => {
        pen.rect(x0 + 0.5, y + 0.5, Math.max(1, w - 1), h - 1);
      });
    } else {
      pen.fillStyle = colours[`${state}-edge`];
      pen.fillRect(x0, y, w, 2);
    }
    drawWord(pen, row, x0, x1, what, spanWord(spans, spans.indexOf(what)), now, paint);
  }
}

function drawWord(
  pen: Pen,
  row: { readonly y: number; readonly h: number },
  x0: number,
  x1: number,
  span: StateSpan,
  word: string,
  now: number,
  paint: Paint,
): void {
  const state = lookOf(span);
  const left = Math.max(0, x0) + 5;
  const time = duration((span.until ?? now) - span.from);
  const texts =
    state === "connected" ? [word] : span.until === null ? [word] : [`${word} ${time}`, word, time];
  const words = fit(pen, paint, Math.min(x1, 1e5) - left - 5, texts);
  if (words === "") return;
  if (PATTERNED.has(state)) {
    pen.fillStyle = paint.colours[`${state}-fill`];
    pen.fillRect(left - 3, row.y + 5, textWidth(pen, paint, words, 500) + 6, row.h - 8);
  }
  drawText(pen, paint, left, row.y + row.h / 2 + 4.5, words, paint.colours[`${state}-text`], 500);
}
