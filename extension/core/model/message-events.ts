/** Hub messages, one by one or counted by the second. */
import type { HubMessage, MessageCounts } from "../events.ts";
import { finishAttempt } from "./attempts.ts";
import { followCall } from "./calls.ts";
import { closeInterruption } from "./interruptions.ts";
import { setState } from "./lanes.ts";
import type { Lane, PageState, TransportState } from "./state.ts";
import { endResume, numberCounts, numberMessage } from "./stateful.ts";
import type { MessageRow } from "./types.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";

const PING = 6;
const CLOSE = 7;
const SEQUENCE = 9;

/** @returns 1 when the message counts for the recording's total */
export function onMessage(page: PageState, event: HubMessage): number {
  const transport = page.transports.get(event.socket);
  if (!transport) return 0;
  const { lane } = transport;
  const call = event.counted ? null : followCall(lane, event);
  const row = { message: event, call, sequence: null, replay: false };
  insertByTime(lane.model.messages, row);
  numberMessage(transport, row);
  if (event.type === CLOSE) {
    if (event.direction === "in") transport.closeIn = event;
    else transport.closeOut = event;
  }
  if (!event.swallowed) heard(transport, event);
  if (event.type === SEQUENCE && event.direction === "in") resumed(lane, transport, event.t);
  if (event.counted) return 0;
  if (event.swallowed) {
    lane.model.totals[event.direction].swallowed++;
    return 1;
  }
  addTo(lane, event.direction, event.type, 1, event.size);
  return 1;
}

const isData = (type: number): boolean => type >= 1 && type <= 5;

/** Nearly always at the end; a ring that is written out belongs before what came since. */
function insertByTime(rows: MessageRow[], row: MessageRow): void {
  let at = rows.length;
  while (at > 0 && (rows[at - 1]?.message.t ?? 0) > row.message.t) at--;
  if (at === rows.length) rows.push(row);
  else rows.splice(at, 0, row);
}

function heard(transport: TransportState, event: HubMessage): void {
  if (event.direction === "in") {
    transport.lastIn = Math.max(transport.lastIn ?? 0, event.t);
    transport.lastInBroken = event.type === 0;
    if (isData(event.type)) transport.heardData = true;
  } else {
    notePause(transport, event.t);
    transport.lastOut = Math.max(transport.lastOut ?? 0, event.t);
    if (event.type !== PING && event.type !== CLOSE) transport.lastOutMessage = event;
  }
}

/** A pause is of interest for so long: a client that couldn't send makes up for it before it hears of its loss. */
export const PAUSE_REMEMBERED: Milliseconds = 2_000;

function notePause(transport: TransportState, t: EpochMilliseconds): void {
  const { lastOut, pauseOut } = transport;
  if (lastOut === null) return;
  const length = t - lastOut;
  if (!pauseOut || length >= pauseOut.length || t - pauseOut.t > PAUSE_REMEMBERED)
    transport.pauseOut = { t, length };
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
  for (const { direction, type, count, bytes } of event.counts) {
    addTo(transport.lane, direction, type, count, bytes);
    sum += count;
    if (direction === "in") {
      transport.lastIn = Math.max(transport.lastIn ?? 0, event.until);
      if (isData(type)) transport.heardData = true;
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
