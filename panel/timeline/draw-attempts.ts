import { downtimesOf } from "../../extension/core/model/downtimes-of.ts";
import type { SocketId } from "../../extension/core/ids.ts";
import type { AttemptModel, HubConnectionModel, TransportModel } from "../../extension/core/model/types.ts";
import { attemptShort, attemptTone, fellBack } from "../../extension/wording/words.ts";
import type { HubIndex } from "./hub-index.ts";
import { dashed, drawText, textWidth, type Paint, type Pen } from "./paint.ts";
import type { ColourName } from "./palette.ts";
import type { Scale } from "../state/time-scale.ts";
import { KIND_WORD } from "../../extension/wording/transport-name.ts";

export interface Ladder {
  readonly from: number;
  readonly attempts: readonly AttemptModel[];
}

type BySocket = ReadonlyMap<SocketId, TransportModel>;

/** Indexed by number, as a flapping connection has thousands. */
interface Tried {
  readonly hub: HubConnectionModel;
  readonly bySocket: BySocket;
}

/** When an attempt ends: at `now` while it is waiting or running. */
export function attemptEnds(
  { startedAt, endedAt }: AttemptModel,
  now: number,
): { readonly begun: number; readonly ended: number } {
  const begun = startedAt ?? endedAt ?? now;
  return { begun, ended: endedAt ?? now };
}

/**
 * Attempts that belong together, drawn as a staircase: one per interruption or series of failed starts. A successful first
 * start has none, unless there was a transport fallback.
 */
function ladders(hub: HubConnectionModel): Ladder[] {
  const own = downtimesOf(hub)
    .filter(({ attempts }) => attempts.length > 0)
    .map(({ from, attempts }): Ladder => ({ from, attempts }));
  const retried = new Set(own.flatMap((ladder) => ladder.attempts));
  const starts = hub.attempts.filter(
    (attempt) => !retried.has(attempt) && (attempt.outcome.kind !== "connected" || fellBack(attempt)),
  );
  return [...own, ...starts.map((attempt): Ladder => ({ from: attempt.from, attempts: [attempt] }))].sort(
    (a, b) => a.from - b.from,
  );
}

interface Ladders {
  readonly all: readonly Ladder[];
  readonly bySocket: BySocket;
}

const drawnBefore = new WeakMap<HubIndex, Ladders & { readonly version: number }>();

/** Made once for all drawings between two events. */
function laddersOf(hub: HubConnectionModel, index: HubIndex | undefined): Ladders {
  const known = index && drawnBefore.get(index);
  if (known && known.version === index.version) return known;
  const all = ladders(hub);
  const bySocket = new Map(hub.transports.map((transport) => [transport.socket, transport]));
  if (index) drawnBefore.set(index, { all, bySocket, version: index.version });
  return { all, bySocket };
}

export function attemptColour(attempt: AttemptModel): ColourName {
  const { outcome, origin } = attempt;
  if (outcome.kind === "connected") return origin === "resume" ? "resumed-edge" : "connected-edge";
  switch (attemptTone(outcome)) {
    case "warn":
      return "reconnecting-edge";
    case "bad":
      return "disconnected-edge";
    case "good":
    case "none":
      return outcome.kind === "abandoned" ? "stopped-edge" : "connecting-edge";
  }
}

/** Maximum number of steps; of more only the last ones are drawn separately. */
const RUNGS = 8;

/** A staircase: outline is the planned wait, fill the attempt. The first label goes left, later ones right. */
export function drawAttempts(
  pen: Pen,
  row: { readonly y: number; readonly h: number },
  hub: HubConnectionModel,
  scale: Scale,
  now: number,
  paint: Paint,
  index?: HubIndex,
): void {
  const { all, bySocket } = laddersOf(hub, index);
  const dots: Ladder[] = [];
  /** Where the last label ends. */
  let used = 0;
  for (const [i, ladder] of all.entries()) {
    const last = ladder.attempts.at(-1);
    const end = last?.endedAt ?? now;
    if (ladder.from > scale.to || end < scale.from) continue;
    const width = scale.x(end) - scale.x(ladder.from);
    const left = i === 0 ? 0 : Math.max(used, scale.x(all[i - 1]?.attempts.at(-1)?.endedAt ?? -Infinity));
    const right = Math.min(scale.width, scale.x(all[i + 1]?.from ?? Infinity));
    // If the next staircase begins within the same few pixels, the steps would hide each other.
    const crowded = right - scale.x(ladder.from) < DOT || scale.x(ladder.from) - left < DOT;
    if (width < 6 && (ladder.attempts.length > 1 || crowded)) dots.push(ladder);
    else used = drawLadder(pen, row, ladder, { hub, bySocket }, scale, now, paint, left, right);
  }
  drawDots(pen, row, dots, scale, paint);
}

/** Colours of an attempt if there is no room for more, the worst last. */
const RANK: readonly ColourName[] = [
  "connected-edge",
  "resumed-edge",
  "connecting-edge",
  "stopped-edge",
  "reconnecting-edge",
  "disconnected-edge",
];

const worstOf = ({ attempts }: Ladder): number =>
  attempts.reduce((worst, attempt) => Math.max(worst, RANK.indexOf(attemptColour(attempt))), 0);

const DOT = 4;

/**
 * Zoomed out: a staircase that is too short for its steps becomes one mark, and marks that overlap are merged. The worst
 * outcome decides the colour, as the last of many tries nearly always succeeds.
 */
function drawDots(
  pen: Pen,
  row: { readonly y: number; readonly h: number },
  all: readonly Ladder[],
  scale: Scale,
  paint: Paint,
): void {
  let open: { readonly x: number; rank: number } | null = null;
  const flush = (): void => {
    if (!open) return;
    pen.fillStyle = paint.colours[RANK[open.rank] ?? "disconnected-edge"];
    pen.fillRect(open.x, row.y + 4, DOT, Math.max(DOT, row.h - 10));
  };
  for (const ladder of all) {
    const x = scale.clamped(ladder.from);
    if (open && x < open.x + DOT) {
      open.rank = Math.max(open.rank, worstOf(ladder));
      continue;
    }
    flush();
    open = { x, rank: worstOf(ladder) };
  }
  flush();
}

function drawLadder(
  pen: Pen,
  row: { readonly y: number; readonly h: number },
  ladder: Ladder,
  { hub, bySocket }: Tried,
  scale: Scale,
  now: number,
  paint: Paint,
  left: number,
  right: number,
): number {
  const { attempts } = ladder;
  let used = 0;
  const step = Math.min(6, (row.h - 5) / Math.max(3, Math.min(RUNGS, attempts.length)));
  const bar = Math.max(3, step - 2);
  for (const [i, attempt] of attempts.entries()) {
    const y = row.y + 3 + Math.min(i, RUNGS - 1) * step;
    const x0 = scale.x(attempt.from);
    const { begun, ended } = attemptEnds(attempt, now);
    const x1 = scale.x(begun);
    const x2 = attempt.startedAt === null ? x1 : Math.max(x1 + 4, scale.x(ended));
    if (x1 - x0 > 2) {
      pen.strokeStyle = paint.colours["reconnecting-edge"];
      pen.lineWidth = 1;
      pen.strokeRect(
        Math.max(-2, x0) + 0.5,
        Math.round(y) + 0.5,
        Math.min(x1, scale.width + 4) - Math.max(-2, x0),
        Math.round(bar) - 1,
      );
    }
    if (attempt.origin === "resume") drawWindowEnd(pen, row, attempt, hub, scale, now, paint);
    const next = attempts[i + 1];
    // Labels may overlap vertically, so one must end where the next begins.
    const nextLabel =
      next?.startedAt == null
        ? Infinity
        : Math.max(scale.x(next.startedAt) + 4, scale.x(next.endedAt ?? now)) + 1;
    const colour = paint.colours[attemptColour(attempt)];
    if (attempt.startedAt !== null) {
      pen.fillStyle = colour;
      pen.fillRect(Math.max(-4, x1), y, Math.min(scale.width + 4, x2) - Math.max(-4, x1), bar);
      if (fellBack(attempt)) drawFallback(pen, { y, bar }, attempt, bySocket, scale, paint);
    }
    used = drawLabel(
      pen,
      {
        attempt,
        texts: labelOf(attempt, bySocket, attempts.length > 3, paint.narrow),
        first: i === 0,
        only: attempts.length === 1,
      },
      { x0, x2, y: y + bar, left, right: Math.min(right, nextLabel) },
      paint,
    );
  }
  return used;
}

/** Until when the server keeps the connection, if a resume took longer or is still being tried. */
function drawWindowEnd(
  pen: Pen,
  row: { readonly y: number; readonly h: number },
  { from, endedAt }: AttemptModel,
  { stateful }: HubConnectionModel,
  scale: Scale,
  now: number,
  paint: Paint,
): void {
  if (!stateful) return;
  const end = from + stateful.window;
  if (end > (endedAt ?? now) || end < scale.from || end > scale.to) return;
  const x = Math.round(scale.x(end)) + 0.5;
  dashed(pen, [2, 2], paint.colours["resumed-edge"], () => {
    pen.moveTo(x, row.y + 1);
    pen.lineTo(x, row.y + row.h - 2);
  });
}

/** Inside the attempt's bar: the transports that didn't connect. They are not separate attempts. */
function drawFallback(
  pen: Pen,
  { y, bar }: { readonly y: number; readonly bar: number },
  { sockets, outcome }: AttemptModel,
  bySocket: BySocket,
  scale: Scale,
  paint: Paint,
): void {
  if (outcome.kind !== "connected") return;
  pen.fillStyle = paint.colours["disconnected-edge"];
  for (const socket of sockets) {
    const transport = bySocket.get(socket);
    if (!transport?.closed || transport.handshakeAt !== null) continue;
    const x0 = scale.clamped(transport.from);
    pen.fillRect(x0, y, Math.max(1, scale.clamped(transport.closed.t) - x0), bar);
  }
}

function labelOf(attempt: AttemptModel, bySocket: BySocket, many: boolean, narrow: boolean): string[] {
  const word = attemptShort(attempt.outcome);
  if (attempt.origin === "resume")
    return attempt.outcome.kind === "connected" ? ["resumed"] : [`resume ${word}`, "resume"];
  const number = String(attempt.number);
  if (attempt.outcome.kind === "connected" && fellBack(attempt)) {
    const last = attempt.socket === null ? undefined : bySocket.get(attempt.socket);
    const to = last ? ` to ${KIND_WORD[last.transport].toLowerCase()}` : "";
    const words = [`fell back${to}`, "fell back"];
    return attempt.origin === "start" ? words : words.map((text) => `${number} ${text}`).concat(number);
  }
  if (narrow) return [number];
  return attempt.outcome.kind === "connected" || !many ? [`${number} ${word}`, number] : [number];
}

function drawLabel(
  pen: Pen,
  {
    attempt,
    texts,
    first,
    only,
  }: { attempt: AttemptModel; texts: readonly string[]; first: boolean; only: boolean },
  at: { x0: number; x2: number; y: number; left: number; right: number },
  paint: Paint,
): number {
  if (attempt.startedAt === null) return at.x2;
  const colour =
    attempt.outcome.kind === "connected"
      ? paint.colours[attempt.origin === "resume" ? "resumed-edge" : "good"]
      : attempt.outcome.kind === "running" || attempt.outcome.kind === "abandoned"
        ? paint.colours["fg-2"]
        : paint.colours.bad;
  const leftRoom = at.x0 - 6 - at.left;
  if (first && !only) {
    const words = texts.find((text) => textWidth(pen, paint, text) <= leftRoom) ?? "";
    drawText(pen, paint, at.x0 - 4, at.y + 2, words, colour, 400, "right");
    return at.x2;
  }
  const start = at.x2 + 3;
  const words = texts.find((text) => start + textWidth(pen, paint, text) <= at.right) ?? "";
  drawText(pen, paint, start, at.y + 0.5, words, colour);
  return start + textWidth(pen, paint, words);
}
