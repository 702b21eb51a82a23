import type { PageModel, VisibilitySpan } from "../../extension/core/model/types.ts";
import { RECORDING_END_TITLE } from "../../extension/wording/recording-end.ts";
import { duration } from "../../extension/core/text/format.ts";
import type { FaultTag } from "./draw-faults.ts";
import { firstSeen, marksOf } from "./bins.ts";
import { drawText, fillPattern, fit, textWidth, vertical, type Paint, type Pen } from "./paint.ts";
import type { Scale } from "../state/time-scale.ts";

const WORD = { visible: "Visible", hidden: "Hidden", frozen: "Frozen" } as const;
const RANK = { visible: 0, hidden: 1, frozen: 2 } as const;

/** Whether there is room for only one row, with states above and events below. */
export const isLow = (height: number): boolean => height < 30;

/**
 * The page lane: visible, hidden, frozen, offline, long tasks, left and restored.
 * @param tags labels that will cover the second row
 */
export function drawPage(
  pen: Pen,
  row: { readonly y: number; readonly h: number },
  page: PageModel,
  scale: Scale,
  now: number,
  paint: Paint,
  tags: readonly FaultTag[] = [],
): void {
  const { colours } = paint;
  const low = isLow(row.h);
  const band = row.y + (low ? 3 : 4);
  for (const { x0, x1, what } of marksOf(page.visibility, scale, now, 3, (span) => RANK[span.state]))
    drawVisibility(pen, band, x0, x1, what, now, paint);
  const second = row.y + (low ? row.h - 5 : 20);
  for (const { x0, x1, what } of marksOf(page.offline, scale, now, 5, () => 0)) {
    pen.fillStyle = colours["offline-fill"];
    pen.fillRect(x0, second, x1 - x0, low ? 5 : 12);
    if (low) continue;
    // Labels of faults are drawn over it.
    const left = tags.reduce(
      (at, tag) => (tag.x < x1 && tag.x + tag.width > at ? tag.x + tag.width : at),
      Math.max(0, x0),
    );
    const words = fit(pen, paint, x1 - left - 10, [
      `Offline ${duration((what.until ?? now) - what.from)}`,
      "Offline",
    ]);
    drawText(pen, paint, left + 6, second + 9, words, colours["offline-text"], 500);
  }
  drawLongTasks(pen, low ? second + 1 : second + 3, low ? 4 : 7, page, scale, paint);
  for (const { t, phase, persisted } of page.moves) {
    if (t < scale.from || t > scale.to) continue;
    const x = Math.round(scale.x(t));
    for (let y = row.y + 2; y < row.y + row.h; y += 4) vertical(pen, x, y, y + 2, colours["fg-3"]);
    pen.fillStyle = colours["fg-3"];
    pen.beginPath();
    pen.moveTo(x, row.y + 6);
    pen.lineTo(x + 5, row.y + 6);
    pen.lineTo(x + 8, row.y + 10);
    pen.lineTo(x + 5, row.y + 14);
    pen.lineTo(x, row.y + 14);
    pen.fill();
    const words =
      phase === "recording-ended"
        ? page.unrecordedBecause === null
          ? "Recording ended"
          : RECORDING_END_TITLE[page.unrecordedBecause]
        : phase === "pageshow"
          ? "Page restored"
          : persisted
            ? "Into the back/forward cache"
            : "Page unloaded";
    if (!paint.narrow) drawText(pen, paint, x + 12, row.y + 14.5, words, colours["fg-2"]);
  }
}

function drawVisibility(
  pen: Pen,
  y: number,
  x0: number,
  x1: number,
  span: VisibilitySpan,
  now: number,
  paint: Paint,
): void {
  const { colours } = paint;
  const { state } = span;
  pen.fillStyle = colours[`${state}-fill`];
  pen.fillRect(x0, y, Math.max(1, x1 - x0 - 1), 14);
  if (state === "frozen") fillPattern(pen, paint, "frozen", x0, y, x1 - x0 - 1, 14);
  const left = Math.max(0, x0);
  const long = `${WORD[state]} ${duration((span.until ?? now) - span.from)}`;
  const texts = state === "visible" ? [WORD[state]] : [long, WORD[state]];
  const words = fit(pen, paint, x1 - left - 12, texts);
  if (words === "") return;
  if (state === "frozen") {
    pen.fillStyle = colours["frozen-fill"];
    pen.fillRect(left + 2, y, textWidth(pen, paint, words, 500) + 10, 14);
  }
  const ink = { visible: colours["fg-3"], hidden: colours["fg-2"], frozen: colours["frozen-text"] }[state];
  drawText(pen, paint, left + 6, y + 10.5, words, ink, state === "visible" ? 400 : 500);
}

/** At most one mark per three pixels, however many there were. */
function drawLongTasks(pen: Pen, y: number, h: number, page: PageModel, scale: Scale, paint: Paint): void {
  pen.fillStyle = paint.colours.longtask;
  let free = -Infinity;
  const tasks = page.longTasks;
  for (let i = firstSeen(tasks as never, scale.from); i < tasks.length; i++) {
    const task = tasks[i];
    if (!task || task.from > scale.to) break;
    const x = scale.x(task.from);
    if (x < free || x < -3) continue;
    const width = Math.max(3, scale.x(task.from + task.duration) - x);
    pen.fillRect(x, y, width, h);
    free = x + width;
  }
}

/** Shades every lane below while the page is frozen or offline. */
export function drawShade(
  pen: Pen,
  y: number,
  h: number,
  page: PageModel,
  scale: Scale,
  now: number,
  paint: Paint,
): void {
  const shade = (
    spans: readonly { from: number; until: number | null }[],
    colour: string,
    alpha: number,
  ): void => {
    pen.fillStyle = colour;
    pen.globalAlpha = alpha;
    for (let i = firstSeen(spans, scale.from); i < spans.length; i++) {
      const span = spans[i];
      if (!span || span.from > scale.to) break;
      const x0 = scale.clamped(span.from);
      const x1 = scale.clamped(span.until ?? now);
      if (x1 > x0) pen.fillRect(x0, y, x1 - x0, h);
    }
    pen.globalAlpha = 1;
  };
  shade(
    page.visibility.filter((span) => span.state === "frozen"),
    paint.colours["frozen-fill"],
    0.16,
  );
  shade(page.offline, paint.colours["offline-fill"], 0.07);
}
