/**
 * Follows stateful reconnect: both sides count their messages of types 1 to 5 (the numbers aren't sent), acknowledge received
 * ones, and after a loss send unacknowledged ones again, after a Sequence message with the first number ("Stateful Reconnect"
 * in https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md; the implementations differ from this
 * text, and are followed here).
 */
import type { Row } from "../columns/event-table.ts";
import type { TableMessage } from "../columns/event-heads.ts";
import type { MessageCounts } from "../events/events.ts";
import { ACK, SEQUENCE, type Direction } from "../protocol/terms.ts";
import type { EpochMilliseconds } from "../units.ts";
import { windowOf } from "./hosting.ts";
import type { Lane, SequenceState, TransportState } from "./state.ts";
import type { ResumeModel } from "./types.ts";

const opposite = { in: "out", out: "in" } as const;

export const newSequence = (): SequenceState => ({
  last: 0,
  acked: 0,
  unackedBytes: 0,
  peakBytes: 0,
  acks: 0,
  waiting: [],
});

/** A negotiate asked for it, or was answered. */
export function negotiatedStateful(lane: Lane, asked: boolean, granted: boolean | null): void {
  const { model, sequences } = lane;
  if (!asked && !model.stateful) return;
  model.stateful ??= {
    asked,
    granted,
    get window() {
      return windowOf(model.hosting);
    },
    in: sequences.in,
    out: sequences.out,
    resumes: [],
  };
  model.stateful.granted = granted;
}

/** A handshake begins a new logical connection: both sides count from 1. */
export function beginSequences(transport: TransportState): void {
  const { lane, cursor } = transport;
  if (!lane.model.stateful) return;
  for (const direction of ["in", "out"] as const) {
    cursor[direction] = 1;
    Object.assign(lane.sequences[direction], newSequence());
  }
}

/** Gives a message its sequence number, if it has one. Follows Ack and Sequence. */
export function numberMessage(transport: TransportState, message: TableMessage, row: Row): void {
  const { lane, cursor } = transport;
  if (lane.model.stateful?.granted !== true || transport.ghost) return;
  const { head, size } = message;
  const { direction, type, sequenceId, swallowed, counted } = head;
  if (counted) return;
  if (type === SEQUENCE && sequenceId !== undefined) cursor[direction] = sequenceId;
  if (type === ACK && sequenceId !== undefined && !swallowed)
    acknowledge(lane.sequences[opposite[direction]], sequenceId);
  // The client counts everything that it sends, even swallowed messages, but only those that it receives.
  if (type < 1 || type > 5 || cursor[direction] === 0 || (swallowed && direction === "in")) return;
  const sequence = cursor[direction]++;
  const replay = countNew(lane.sequences[direction], sequence, size) > 0;
  lane.page.notes.setSequence(row, sequence, replay);
  if (replay) countReplay(lane, transport, direction);
}

/** The same for messages that were only counted. */
export function numberCounts(transport: TransportState, event: MessageCounts): void {
  const { lane, cursor } = transport;
  if (lane.model.stateful?.granted !== true) return;
  // How far a counted Ack goes isn't known: at least what came before may have been acknowledged.
  for (const { direction, type } of event.counts) {
    const sequence = lane.sequences[opposite[direction]];
    if (type === ACK) acknowledge(sequence, sequence.last);
  }
  for (const { direction, type, count, bytes } of event.counts) {
    if (type < 1 || type > 5 || cursor[direction] === 0 || count === 0) continue;
    const replayed = countNew(lane.sequences[direction], cursor[direction], bytes / count, count);
    cursor[direction] += count;
    if (replayed > 0) countReplay(lane, transport, direction, replayed);
  }
}

/**
 * `count` messages of one size, numbered from `first`. A file may contain any count, so this doesn't loop over messages.
 * @returns how many of them had been sent before
 */
function countNew(state: SequenceState, first: number, size: number, count = 1): number {
  const last = first + count - 1;
  const added = Math.max(0, Math.min(count, last - state.last));
  if (added === 0) return count;
  state.last = last;
  const newest = state.waiting.at(-1);
  if (newest?.size === size) newest.count += added;
  else state.waiting.push({ count: added, size });
  state.unackedBytes += size * added;
  state.peakBytes = Math.max(state.peakBytes, state.unackedBytes);
  return count - added;
}

function countReplay(lane: Lane, transport: TransportState, direction: Direction, count = 1): void {
  const resume = lane.model.stateful?.resumes.findLast(({ socket }) => socket === transport.socket);
  if (resume) resume.replayed[direction] += count;
}

function acknowledge(state: SequenceState, upTo: number): void {
  state.acks++;
  const known = Math.min(upTo, state.last);
  if (known <= state.acked) return;
  let left = known - state.acked;
  let whole = 0;
  for (const run of state.waiting) {
    const taken = Math.min(left, run.count);
    state.unackedBytes -= taken * run.size;
    run.count -= taken;
    left -= taken;
    if (run.count > 0) break;
    whole++;
  }
  state.waiting.splice(0, whole);
  state.acked = known;
  if (state.waiting.length === 0) state.unackedBytes = 0;
}

export function beginResumeOf(
  lane: Lane,
  socket: number,
  lostAt: EpochMilliseconds,
  t: EpochMilliseconds,
): void {
  const { in: inbound, out: outbound } = lane.sequences;
  resumesOf(lane)?.push({
    lostAt,
    startedAt: t,
    socket,
    outcome: "running",
    endedAt: null,
    replayed: { in: 0, out: 0 },
    unacked: { in: inbound.last - inbound.acked, out: outbound.last - outbound.acked },
  });
}

export function endResume(
  lane: Lane,
  socket: number,
  outcome: ResumeModel["outcome"],
  t: EpochMilliseconds,
): void {
  const resume = lane.model.stateful?.resumes.findLast((other) => other.socket === socket);
  if (resume?.outcome !== "running") return;
  resume.outcome = outcome;
  resume.endedAt = t;
}

const resumesOf = (lane: Lane): ResumeModel[] | undefined =>
  lane.model.stateful?.resumes as ResumeModel[] | undefined;
