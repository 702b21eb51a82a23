/** Hub messages, one by one or counted by the second. */
import type { TableMessage } from "../columns/event-heads.ts";
import type { MessageCounts } from "../events/events.ts";
import { CLOSE, COMPLETION, PING, SEQUENCE, type Direction } from "../protocol/terms.ts";
import { finishAttempt } from "./attempts.ts";
import { countAnswers, followCall } from "./calls.ts";
import { closeInterruption } from "./interruptions.ts";
import { setState } from "./lanes.ts";
import type { Row } from "../columns/event-table.ts";
import type { Lane, PageState, Pause, TransportState } from "./state.ts";
import { endResume, numberCounts, numberMessage } from "./stateful.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";

const STREAM_ITEM = 2;

/**
 * @param row the message's row in the table
 * @returns 1 when the message counts for the recording's total
 */
export function onMessage(page: PageState, message: TableMessage, row: Row): number {
  const { head, t } = message;
  const transport = page.transports.get(head.socket);
  if (!transport) return 0;
  const { lane } = transport;
  const call = head.counted && opensCall(head.type) ? null : followCall(lane, message);
  if (call) page.notes.setCall(row, call);
  if (lane.model.messages.insert(row)) lane.model.lateRows++;
  numberMessage(transport, message, row);
  if (head.type === CLOSE) {
    if (head.direction === "in") transport.closeIn = { ...head, t };
    else transport.closeOut = { ...head, t };
  }
  if (!head.swallowed) noteReceived(transport, message);
  if (head.type === SEQUENCE && head.direction === "in") resumed(lane, transport, t);
  if (head.counted) return 0;
  if (head.swallowed) {
    lane.model.totals[head.direction].swallowed++;
    return 1;
  }
  addTo(lane, head.direction, head.type, 1, message.size);
  return 1;
}

const isData = (type: number): boolean => type >= 1 && type <= 5;

/** Of a call that was only counted, no more is known. */
const opensCall = (type: number): boolean => type === 1 || type === 4;

/** A ping right after another message says nothing about the ping interval. */
const MIN_KEEP_ALIVE: Milliseconds = 400;

/** Messages of the flight recorder arrive late: so "newest" is decided by a message's time, not by the order of events. */
function noteReceived(transport: TransportState, message: TableMessage): void {
  const { head, t } = message;
  const { direction, type, counted } = head;
  if (!counted) {
    const silence = t - (transport.lastIn ?? t);
    if (direction === "in" && type === PING && silence >= MIN_KEEP_ALIVE)
      transport.pingEvery = Math.min(transport.pingEvery ?? Infinity, silence);
    notePauses(transport, direction, t);
  }
  if (direction === "in") {
    transport.lastIn = Math.max(transport.lastIn ?? 0, t);
    if (t >= transport.lastInMessageAt) {
      transport.lastInMessageAt = t;
      transport.lastInBroken = type === 0;
    }
    noteHeard(transport, type);
  } else {
    transport.lastOut = Math.max(transport.lastOut ?? 0, t);
    if (type !== PING && type !== CLOSE && t >= (transport.lastOutMessage?.t ?? 0))
      transport.lastOutMessage = message;
  }
}

function noteHeard(transport: TransportState, type: number): void {
  if (isData(type)) transport.heardData = true;
  if (type === STREAM_ITEM || type === COMPLETION) transport.heardAnswer = true;
}

/** How long a pause stays relevant: a client that couldn't send sends overdue messages before it notices a loss. */
export const PAUSE_REMEMBERED: Milliseconds = 2_000;

function notePauses(transport: TransportState, direction: Direction, t: EpochMilliseconds): void {
  const { lastIn, lastOut } = transport;
  if (direction === "in") transport.pauseIn = longer(transport.pauseIn, lastIn, t);
  else transport.pauseOut = longer(transport.pauseOut, lastOut, t);
  if (direction === "in" && lastIn !== null)
    transport.longestSilence = Math.max(transport.longestSilence, t - lastIn);
  const before = Math.max(lastIn ?? 0, lastOut ?? 0);
  if (before > 0) transport.longestQuiet = Math.max(transport.longestQuiet, t - before);
}

function longer(known: Pause | null, before: EpochMilliseconds | null, t: EpochMilliseconds): Pause | null {
  if (before === null) return known;
  const length = t - before;
  return !known || length >= known.length || t - known.t > PAUSE_REMEMBERED ? { t, length } : known;
}

/** The server's Sequence message ends the gap of a stateful reconnect. */
function resumed(lane: Lane, transport: TransportState, t: number): void {
  if (transport.attempt?.origin !== "resume" || transport.resumedBySequence) return;
  transport.resumedBySequence = true;
  endResume(lane, transport.socket, "resumed", t);
  transport.handshakeAt = t;
  lane.current = transport;
  finishAttempt(lane, { kind: "connected", connectionId: transport.connectionId }, t);
  setState(lane, "connected", t, lane.hub === null ? "wire" : "client");
  closeInterruption(lane, "resumed", t);
}

/** @returns how many messages it counts */
export function onCounts(page: PageState, event: MessageCounts): number {
  const transport = page.transports.get(event.socket);
  if (!transport) return 0;
  transport.lane.model.counts.push(event);
  numberCounts(transport, event);
  let sum = 0;
  for (const direction of ["in", "out"] as const)
    if (event.counts.some((part) => part.direction === direction)) notePauses(transport, direction, event.t);
  for (const part of event.counts) {
    const { direction, type, count, bytes } = part;
    addTo(transport.lane, direction, type, count, bytes);
    countAnswers(transport.lane, part, event.until);
    sum += count;
    if (direction === "in") {
      transport.lastIn = Math.max(transport.lastIn ?? 0, event.until);
      noteHeard(transport, type);
    } else transport.lastOut = Math.max(transport.lastOut ?? 0, event.until);
  }
  return sum;
}

function addTo(lane: Lane, direction: "in" | "out", type: number, count: number, bytes: number): void {
  const total = lane.model.totals[direction];
  total.messages += count;
  total.bytes += bytes;
  if (type === PING) total.pings += count;
}
