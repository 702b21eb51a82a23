import type { HubConnectionModel, PageModel, TransportModel } from "../../extension/core/model/types.ts";
import { endShort, isSameId, transportName } from "../../extension/wording/transport-name.ts";
import { dashed, drawText, fit, textWidth, type Paint, type Pen } from "./paint.ts";
import type { Scale } from "../state/time-scale.ts";

/** Shorter silences get no mark. */
const IDLE = 10_000;

/** Minimum width for its label. */
const GHOST_ROOM = 160;

/** When the page was frozen: its socket stayed open, but no messages were received. */
function idleOf(transport: TransportModel, page: PageModel | null): { from: number; until: number } | null {
  if (!transport.closed) return null;
  const from = transport.lastIn ?? transport.from;
  const until = transport.closed.t;
  if (until - from < IDLE || transport.closed.wasClean) return null;
  const frozen = page?.visibility.findLast(
    (span) => span.state === "frozen" && span.from < until && (span.until ?? until) >= until - 1000,
  );
  return { from: Math.max(from, frozen?.from ?? from), until };
}

/** Minimum height of a row with labels. */
const WORDS_FROM = 12;

const labelsOf = (transports: readonly TransportModel[], index: number): string[] => {
  const own = transports[index];
  const name = transportName(transports, index);
  if (!own || (own.openedAt === null && own.closed)) return [];
  if (own.ghost) return [`${name} · unused`, name, "orphaned"];
  return isSameId(transports, index) ? [`${name} · same id`, name] : [name];
};

/**
 * Negotiates as blocks, transports as grey bars. A red end means that it wasn't closed cleanly; a transport that never opened
 * is all red. An orphaned socket is an outline below the others, as it carries no messages of the app.
 */
export function drawSockets(
  pen: Pen,
  row: { readonly y: number; readonly h: number },
  hub: HubConnectionModel,
  page: PageModel | null,
  scale: Scale,
  now: number,
  paint: Paint,
): void {
  const { colours } = paint;
  const ghosts: number[] = [];
  const ends: BadEnd[] = [];
  const failures: [x0: number, width: number][] = [];
  for (const [i, transport] of hub.transports.entries()) {
    const until = transport.until ?? now;
    if (transport.from > scale.to || until < scale.from) continue;
    const x0 = scale.clamped(transport.from);
    const x1 = Math.max(x0 + 3, scale.clamped(until));
    if (transport.ghost) {
      ghosts.push(i);
      continue;
    }
    const failed = transport.openedAt === null && transport.closed !== null;
    if (failed) {
      failures.push([x0, x1 - x0]);
      continue;
    }
    pen.fillStyle = colours["socket-fill"];
    pen.fillRect(x0, row.y + 2, x1 - x0, row.h - 4);
    const idle = idleOf(transport, page);
    let labelRoom = x1;
    if (idle) {
      const i0 = scale.clamped(idle.from);
      labelRoom = i0;
      if (x1 - i0 > 8) {
        pen.fillStyle = colours.bg;
        pen.fillRect(i0, row.y + 2, x1 - i0, row.h - 4);
        dashed(pen, [2, 3], colours["socket-edge"], () => {
          pen.rect(i0 + 0.5, row.y + 2.5, x1 - i0 - 1, row.h - 5);
        });
      }
    }
    const left = Math.max(0, x0) + 8;
    const texts = row.h < WORDS_FROM ? [] : labelsOf(hub.transports, i);
    const words = fit(pen, paint, labelRoom - left - 10, texts, 400);
    drawText(pen, paint, left, row.y + row.h / 2 + 3.5, words, colours["fg-2"]);
    if (transport.closed && !transport.closed.wasClean && scale.x(until) < scale.width + 2)
      ends.push({
        code: endShort(transport),
        x1,
        used: words === "" ? left : left + textWidth(pen, paint, words),
        idle: idle !== null,
      });
  }
  // Drawn last: zoomed out, the next transport begins on the same pixel and would hide the failure.
  for (const end of ends) drawEnd(pen, row, end, paint);
  for (const i of ghosts) drawGhost(pen, row, hub, i, scale, now, paint);
  drawRequests(pen, row, hub, scale, now, paint);
  pen.fillStyle = colours["disconnected-edge"];
  for (const [x0, width] of failures) pen.fillRect(x0, row.y + 2, width, row.h - 4);
}

/** Over the bar of the open connection, in the lower half. */
function drawGhost(
  pen: Pen,
  row: { readonly y: number; readonly h: number },
  { transports }: HubConnectionModel,
  index: number,
  scale: Scale,
  now: number,
  paint: Paint,
): void {
  const ghost = transports[index];
  if (!ghost) return;
  const x0 = scale.clamped(ghost.from);
  const x1 = Math.max(x0 + 3, scale.clamped(ghost.until ?? now));
  const y = row.y + row.h - 5;
  if (x1 - x0 > GHOST_ROOM && row.h >= WORDS_FROM)
    drawText(pen, paint, (x0 + x1) / 2, row.y + row.h / 2 + 2, "ghost", paint.colours["fg-3"], 400, "center");
  dashed(pen, [3, 2], paint.colours["socket-edge"], () => {
    pen.rect(x0 + 0.5, y + 0.5, x1 - x0 - 1, 3);
  });
}

/** The end of a transport that wasn't closed cleanly, with the space for its label. */
interface BadEnd {
  readonly code: string;
  readonly x1: number;
  readonly used: number;
  readonly idle: boolean;
}

function drawEnd(
  pen: Pen,
  row: { readonly y: number; readonly h: number },
  { code, x1, used, idle }: BadEnd,
  paint: Paint,
): void {
  pen.fillStyle = paint.colours["disconnected-edge"];
  pen.fillRect(x1 - 2, row.y + 1, 2, row.h - 2);
  const width = textWidth(pen, paint, code);
  if (x1 - width - 12 < used || row.h < WORDS_FROM) return;
  pen.fillStyle = idle ? paint.colours.bg : paint.colours["socket-fill"];
  pen.fillRect(x1 - width - 10, row.y + 1, width + 8, row.h - 2);
  drawText(pen, paint, x1 - 6, row.y + row.h / 2 + 3.5, code, paint.colours.bad, 400, "right");
}

function drawRequests(
  pen: Pen,
  row: { readonly y: number; readonly h: number },
  hub: HubConnectionModel,
  scale: Scale,
  now: number,
  paint: Paint,
): void {
  // Failures are drawn last, so that they stay visible.
  for (const failures of [false, true])
    for (const { started, ended } of hub.requests) {
      const until = ended?.t ?? now;
      if (started.t > scale.to || until < scale.from) continue;
      const failed = ended !== null && ended.connectionId === undefined && ended.redirectUrl === undefined;
      if (failed !== failures) continue;
      pen.fillStyle = paint.colours[failed ? "disconnected-edge" : "socket-edge"];
      const x0 = scale.clamped(started.t);
      pen.fillRect(x0, row.y + 2, Math.max(3, scale.clamped(until) - x0), row.h - 4);
    }
}
