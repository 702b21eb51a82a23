import { SERVER_TIMEOUT } from "../../extension/core/protocol/defaults.ts";
import type { HubConnectionModel } from "../../extension/core/model/types.ts";
import { duration } from "../../extension/core/text/format.ts";
import { binCounts, firstSeen } from "./bins.ts";
import type { HubIndex } from "./hub-index.ts";
import { dashed, drawText, fit, type Paint, type Pen } from "./paint.ts";
import type { Scale } from "../state/time-scale.ts";

const COLUMN = 2;

interface Heard {
  readonly index: HubIndex;
  readonly timeout: number;
}

/** The line rises with the time since the last received frame; full height is the server timeout, amber above it. */
export function drawPings(
  pen: Pen,
  row: { readonly y: number; readonly h: number },
  hub: HubConnectionModel,
  index: HubIndex,
  scale: Scale,
  now: number,
  paint: Paint,
): void {
  const { colours } = paint;
  const timeout = hub.serverTimeout ?? SERVER_TIMEOUT;
  const base = row.y + row.h - 2.5;
  const top = row.y + 3.5;
  dashed(pen, [1, 3], colours["line-2"], () => {
    pen.moveTo(0, top);
    pen.lineTo(scale.width, top);
  });
  for (let i = firstSeen(hub.transports, scale.from); i < hub.transports.length; i++) {
    const transport = hub.transports[i];
    if (!transport || transport.from > scale.to) break;
    const from = transport.handshakeAt;
    const until = transport.until ?? now;
    if (from === null || until < scale.from) continue;
    drawSilence(pen, { from, until, base, top }, { index, timeout }, scale, paint);
  }
  pen.fillStyle = colours["msg-in"];
  for (const { x } of binCounts(scale, COLUMN, index.pingsIn)) pen.fillRect(x - 0.75, base - 6, 1.5, 6);
  pen.fillStyle = colours["msg-out"];
  for (const { x } of binCounts(scale, COLUMN, index.pingsOut)) pen.fillRect(x - 0.75, base - 0.5, 1.5, 3);
}

interface Place {
  readonly from: number;
  readonly until: number;
  readonly base: number;
  readonly top: number;
}

function drawSilence(
  pen: Pen,
  { from, until, base, top }: Place,
  { index, timeout }: Heard,
  scale: Scale,
  paint: Paint,
): void {
  const { received, peaks } = index;
  const height = (gap: number): number => base - Math.min(1, gap / timeout) * (base - top);
  const path = new Sketch();
  const overs: [number, number][] = [];
  /** From a frame received at `t` until the next at `end`. */
  const rise = (t: number, end: number): void => {
    const reached = Math.min(end, t + timeout);
    path.to(scale.clamped(t), base);
    path.to(scale.clamped(reached), height(reached - t));
    if (end > reached) {
      path.to(scale.clamped(end), top);
      overs.push([scale.clamped(reached), scale.clamped(end)]);
    }
    path.to(scale.clamped(end), base);
  };
  const lastReceived = received.lastUntil(Math.max(from, scale.from));
  let last = lastReceived > from ? lastReceived : from;
  let i = received.before(last);
  while (i < received.length && received.at(i) <= last) i++;
  const end = Math.min(until, scale.to);
  const step = ((scale.to - scale.from) / scale.width) * COLUMN;
  while (i < received.length && received.at(i) <= end) {
    const t = received.at(i);
    rise(last, t);
    last = t;
    const next = received.before(t + step);
    if (next - i > 3) {
      // In a column with many frames only the highest point is visible.
      path.to(scale.clamped(t), height(peaks.longest(i + 1, next)));
      last = received.at(next - 1);
      path.to(scale.clamped(last), base);
      i = next;
    } else i++;
  }
  rise(last, i < received.length && received.at(i) <= until ? received.at(i) : until);
  path.paint(pen, base, paint);
  for (const [x0, x1] of overs) drawOver(pen, { top, base }, x0, x1, timeout, paint);
}

function drawOver(
  pen: Pen,
  { top, base }: Pick<Place, "top" | "base">,
  x0: number,
  x1: number,
  timeout: number,
  paint: Paint,
): void {
  pen.fillStyle = paint.colours["warn-mark"];
  pen.fillRect(x0, top - 1, x1 - x0, 2);
  if (base - top < 11) return;
  const left = Math.max(0, x0) + 8;
  const limit = duration(timeout);
  const words = fit(pen, paint, x1 - left - 8, [`past the ${limit} server timeout`, `past ${limit}`], 400);
  drawText(pen, paint, left, top + 11.5, words, paint.colours.warn);
}

/** Points of a line, drawn twice: as an area and as a line. */
class Sketch {
  readonly #points: number[] = [];

  to(x: number, y: number): void {
    this.#points.push(x, y);
  }

  #trace(pen: Pen): void {
    const p = this.#points;
    pen.beginPath();
    pen.moveTo(p[0] as number, p[1] as number);
    for (let i = 2; i < p.length; i += 2) pen.lineTo(p[i] as number, p[i + 1] as number);
  }

  paint(pen: Pen, base: number, paint: Paint): void {
    if (this.#points.length < 4) return;
    pen.fillStyle = pen.strokeStyle = paint.colours["msg-in"];
    pen.lineJoin = "round";
    pen.lineWidth = 1;
    this.#trace(pen);
    pen.lineTo(this.#points.at(-2) as number, base);
    pen.globalAlpha = 0.1;
    pen.fill();
    this.#trace(pen);
    pen.globalAlpha = 0.75;
    pen.stroke();
    pen.globalAlpha = 1;
  }
}
