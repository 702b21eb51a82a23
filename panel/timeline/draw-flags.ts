/** Flags of findings: a pennant on the state lane where a moment shows one. */
import type { Severity } from "../../extension/core/diagnosis/findings/finding.ts";
import type { Flag } from "../state/flagged.ts";
import type { Scale } from "../state/time-scale.ts";
import type { Paint, Pen } from "./paint.ts";

const COLOUR = { high: "bad", medium: "warn-mark", low: "accent" } as const satisfies Record<
  Severity,
  string
>;
/** Flags that are closer to the one before aren't drawn: they would only thicken it. */
const APART = 6;

/** @param flags of one hub connection, in order of time */
export function drawFlags(pen: Pen, y: number, flags: readonly Flag[], scale: Scale, paint: Paint): void {
  let free = -Infinity;
  for (const { t, severity } of flags) {
    const x = Math.round(scale.x(t));
    if (x < free || x > scale.width || t < scale.from) continue;
    free = x + APART;
    pen.fillStyle = paint.colours[COLOUR[severity]];
    pen.fillRect(x, y, 1, 12);
    pen.beginPath();
    // To the left: on the right is the word of the state that begins here.
    pen.moveTo(x, y);
    pen.lineTo(x - 7, y + 3);
    pen.lineTo(x, y + 6);
    pen.fill();
  }
}
