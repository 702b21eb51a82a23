/**
 * What an app does after it has connected, until its traffic is steady: for 2 s it calls and receives no more than was usual before
 * the loss, and all calls that it has made since then are answered. Where nothing is known of before, it makes no call for 2 s.
 *
 * A send() has no answer, and a stream may go on for ever: they are not waited for.
 */
import { firstIndex } from "../../first-index.ts";
import { endOf } from "../../model/page-end.ts";
import type { CallModel, HubConnectionModel, MessageRows, PageModel } from "../../model/types.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../../units.ts";
import { INVOCATION } from "../../protocol/terms.ts";
import { isCall, isData, SPAN, type Usual } from "./usual-traffic.ts";

/** The calls of one hub method. */
export interface MethodCalls {
  readonly target: string;
  count: number;
  sent: Bytes;
  /** Of the answers, with the items of streams. */
  answered: Bytes;
}

/** Without pings. */
export interface Work {
  /** The most frequent first. */
  readonly methods: readonly MethodCalls[];
  readonly calls: number;
  /** How many of the calls have no answer, as they were made with send(). */
  readonly sends: number;
  readonly in: { messages: number; bytes: Bytes };
  readonly out: { messages: number; bytes: Bytes };
}

export type SteadyAt =
  | { readonly kind: "steady"; readonly t: EpochMilliseconds }
  /** It wasn't within a minute. `open`: a call that had no answer yet. */
  | { readonly kind: "never"; readonly t: EpochMilliseconds; readonly open: string | null }
  /** Not known, as its messages are known only until `t`. */
  | { readonly kind: "unknown"; readonly why: EndReason; readonly t: EpochMilliseconds };

export type EndReason = "lost-again" | "stopped" | "page-ended" | "recording-ended" | "counted" | "removed";

export interface Settled {
  readonly steady: SteadyAt;
  /** Until then. */
  readonly work: Work;
}

const LONGEST: Milliseconds = 60_000;

export interface Beginning {
  readonly hub: HubConnectionModel;
  readonly page: PageModel;
  /** When it was connected. */
  readonly since: EpochMilliseconds;
  /** Older messages were removed from the recording. */
  readonly knownFrom: EpochMilliseconds;
}

/** @param lasting methods whose calls take long by nature: one was open at the loss */
export function settle(
  { hub, page, since, knownFrom }: Beginning,
  usual: Usual | null,
  lasting: ReadonlySet<string>,
): Settled {
  const { messages } = hub;
  const first = messages.firstFrom(since);
  const until = (steady: SteadyAt, end: number): Settled => ({ steady, work: workOf(messages, first, end) });
  if (knownFrom > since) return until({ kind: "unknown", why: "removed", t: since }, first);
  const end = endAfter(hub, page, since);
  const isUsual = createWindow(messages, first, usual);
  /** When all calls so far were answered. */
  let answeredAt = since;
  let open: CallModel | null = null;
  for (let i = first; ; i++) {
    const t = Math.max(i === first ? since : messages.timeAt(i - 1), answeredAt);
    const next = i < messages.length ? messages.timeAt(i) : Infinity;
    if (t < next && t <= Math.min(end.t, since + LONGEST) && isUsual(i, t)) {
      if (t + SPAN <= end.t) return until({ kind: "steady", t }, i);
      return until({ kind: "unknown", ...end }, countUntil(messages, end.t));
    }
    if (next > Math.min(end.t, since + LONGEST)) {
      if (end.t < since + LONGEST) return until({ kind: "unknown", ...end }, countUntil(messages, end.t));
      const target = answeredAt > since + LONGEST ? (open?.target ?? null) : null;
      return until(
        { kind: "never", t: since + LONGEST, open: target },
        countUntil(messages, since + LONGEST),
      );
    }
    const call = awaited(messages, i, lasting);
    const at = call?.endedAt ?? Infinity;
    if (call && at > answeredAt) [answeredAt, open] = [at, call];
  }
}

/** The client's call that this message opens, if its answer matters. */
function awaited(messages: MessageRows, i: number, lasting: ReadonlySet<string>): CallModel | null {
  const { direction, type, counted, swallowed } = messages.headAt(i);
  if (counted || swallowed || direction !== "out" || type !== INVOCATION) return null;
  const call = messages.callAt(i);
  return call && !lasting.has(call.target) ? call : null;
}

const countUntil = (messages: MessageRows, t: EpochMilliseconds): number =>
  firstIndex(messages.length, (i) => messages.timeAt(i) <= t);

interface End {
  readonly why: EndReason;
  readonly t: EpochMilliseconds;
}

/** Until when the messages of this connection are known one by one. */
function endAfter(hub: HubConnectionModel, page: PageModel, since: EpochMilliseconds): End {
  const { states, interruptions, counts } = hub;
  const later = firstIndex(states.length, (i) => (states[i]?.from ?? 0) <= since);
  // The client may report that it is connected a moment later.
  const over = [states[later], states[later + 1]].find((span) => span && span.state !== "connected");
  const next = interruptions[firstIndex(interruptions.length, (i) => (interruptions[i]?.from ?? 0) <= since)];
  const counted = counts[firstIndex(counts.length, (i) => (counts[i]?.until ?? 0) <= since)];
  const left = endOf(page);
  const ends: End[] = [
    { why: "recording-ended", t: page.lastSeen },
    ...(left === null
      ? []
      : [{ why: page.endedAt === null ? "recording-ended" : "page-ended", t: left } as const]),
    ...(over ? [{ why: "stopped", t: over.from } as const] : []),
    ...(counted ? [{ why: "counted", t: Math.max(since, counted.t) } as const] : []),
    ...(next ? [{ why: "lost-again", t: next.from } as const] : []),
  ];
  return ends.reduce((a, b) => (b.t <= a.t ? b : a));
}

/**
 * The messages of the 2 s after a moment, moved on from message to message.
 * @returns whether they are no more than usual: those from this index on, none of which is before `t`
 */
function createWindow(
  messages: MessageRows,
  first: number,
  usual: Usual | null,
): (from: number, t: EpochMilliseconds) => boolean {
  let [begin, end] = [first, first];
  let [calls, messagesIn, bytesIn] = [0, 0, 0];
  const add = (i: number, sign: 1 | -1): void => {
    const { direction, type, counted, swallowed } = messages.headAt(i);
    if (counted || swallowed) return;
    if (isCall(direction, type)) calls += sign;
    if (direction !== "in" || !isData(type)) return;
    messagesIn += sign;
    bytesIn += sign * messages.sizeAt(i);
  };
  return (from, t) => {
    for (; end < messages.length && messages.timeAt(end) <= t + SPAN; end++) add(end, 1);
    for (; begin < Math.min(from, end); begin++) add(begin, -1);
    return usual === null
      ? calls === 0
      : calls <= usual.calls && messagesIn <= usual.messagesIn && bytesIn <= usual.bytesIn;
  };
}

function workOf(messages: MessageRows, first: number, end: number): Work {
  const methods = new Map<string, MethodCalls>();
  const mine = new Set<CallModel>();
  const totals = { in: { messages: 0, bytes: 0 }, out: { messages: 0, bytes: 0 } };
  let [calls, sends] = [0, 0];
  for (let i = first; i < end; i++) {
    const { direction, type, counted, swallowed, target = "" } = messages.headAt(i);
    if (counted || swallowed || !isData(type)) continue;
    const size = messages.sizeAt(i);
    const call = messages.callAt(i);
    totals[direction].messages++;
    totals[direction].bytes += size;
    if (isCall(direction, type)) {
      calls++;
      if (call) mine.add(call);
      else sends++;
      const method = methods.get(target) ?? { target, count: 0, sent: 0, answered: 0 };
      methods.set(target, method);
      method.count++;
      method.sent += size;
    } else if (direction === "in" && call && mine.has(call)) {
      const method = methods.get(call.target);
      if (method) method.answered += size;
    }
  }
  const byCount = [...methods.values()].sort((a, b) => b.count - a.count);
  return { methods: byCount, calls, sends, ...totals };
}
