import { FAULTS } from "../../extension/core/faults/outlines.ts";
import type { FaultSpan, Span } from "../../extension/core/model/types.ts";
import { duration } from "../../extension/core/text/format.ts";
import { drawText, fillPattern, fit, textWidth, vertical, type Paint, type Pen } from "./paint.ts";
import type { Scale } from "../state/time-scale.ts";

/** What Hubscope did to the page: a fault, or a run of the connection doctor. */
export type Injected = Span & Partial<Pick<FaultSpan, "command">>;

export function faultWords(fault: Injected, now: number): string[] {
  const title = fault.command ? FAULTS[fault.command.name].title : "Connection doctor";
  const length = (fault.until ?? now) - fault.from;
  if (fault.until === null) return [`${title} · running`, title];
  return length < 100 ? [title] : [`${title} · ${duration(length)}`, title];
}

/** Violet stripes over the fault's target. */
export function drawFault(
  pen: Pen,
  y0: number,
  y1: number,
  fault: Injected,
  scale: Scale,
  now: number,
  paint: Paint,
): void {
  const until = fault.until ?? now;
  if (fault.from > scale.to || until < scale.from) return;
  const x0 = scale.clamped(fault.from);
  const x1 = Math.max(x0 + 5, scale.clamped(until));
  pen.fillStyle = paint.colours["injected-fill"];
  pen.fillRect(x0, y0, x1 - x0, y1 - y0);
  fillPattern(pen, paint, "injected", x0, y0, x1 - x0, y1 - y0);
  vertical(pen, x0, y0, y1, paint.colours["injected-edge"]);
  if (fault.until !== null) vertical(pen, x1 - 1, y0, y1, paint.colours["injected-edge"]);
}

/** A label with a fault's name. */
export interface FaultTag {
  readonly x: number;
  readonly width: number;
  readonly words: string;
}

/** Places the labels: each within its fault, without overlaps. */
export function placeTags(
  pen: Pen,
  faults: readonly Injected[],
  scale: Scale,
  now: number,
  paint: Paint,
): FaultTag[] {
  const tags: FaultTag[] = [];
  let free = 0;
  for (const fault of [...faults].sort((a, b) => a.from - b.from)) {
    const until = fault.until ?? now;
    if (fault.from > scale.to || until < scale.from) continue;
    const x = Math.max(free, scale.clamped(fault.from) + 4);
    const room = Math.max(scale.clamped(fault.from) + 5, scale.clamped(until)) - x - 10;
    const words = fit(pen, paint, room, faultWords(fault, now));
    if (words === "") continue;
    const width = textWidth(pen, paint, words, 500) + 10;
    tags.push({ x, width, words });
    free = x + width + 4;
  }
  return tags;
}

/** Drawn last, so that nothing covers the text. */
export function drawFaultTag(pen: Pen, y: number, { x, width, words }: FaultTag, paint: Paint): void {
  pen.fillStyle = paint.colours["injected-soft"];
  pen.strokeStyle = paint.colours["injected-edge"];
  pen.lineWidth = 0.75;
  pen.beginPath();
  pen.roundRect(x, y, width, 14, 3);
  pen.fill();
  pen.stroke();
  drawText(pen, paint, x + 5, y + 10.5, words, paint.colours["injected-text"], 500);
}
