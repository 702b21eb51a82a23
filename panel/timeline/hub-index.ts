/**
 * The data from which the lanes of a hub connection are drawn: sorted times per kind of message, updated as messages arrive.
 */
import { PING } from "../../extension/core/protocol/terms.ts";
import type { CallModel, HubConnectionModel, InterruptionModel } from "../../extension/core/model/types.ts";
import type { EpochMilliseconds, Milliseconds } from "../../extension/core/units.ts";
import { HeaderTotals } from "./header-totals.ts";
import { Peaks } from "./peaks.ts";
import { Series, Totals } from "./series.ts";

/** An estimate of what was missed, drawn where the loss was. */
export interface Missed {
  readonly from: EpochMilliseconds;
  readonly until: EpochMilliseconds;
  readonly messages: number | null;
  readonly calls: number;
}

export class HubIndex {
  readonly in = new Series();
  readonly out = new Series();
  readonly pingsIn = new Series();
  readonly pingsOut = new Series();
  readonly swallowed = new Series();
  readonly lost = new Series();
  /** Everything that the client received, pings and handshakes included. */
  readonly received = new Series();
  readonly peaks = new Peaks(this.received);
  readonly countsIn = new Totals();
  readonly countsOut = new Totals();
  missed: readonly Missed[] = [];
  readonly totals = new HeaderTotals();
  /** What is derived from the hub connection for drawing can be used again while this stays the same. */
  version = 0;

  #lateRows = 0;
  #messages = 0;
  #counts = 0;
  #handshakes = new Set<number>();
  #settled = 0;
  #calls = 0;
  #latencies: { readonly sentAt: EpochMilliseconds; readonly took: Milliseconds }[] = [];
  #open: CallModel[] = [];
  readonly #estimates = new Map<InterruptionModel, Missed>();

  /** Late rows were inserted before others, so indices have changed: everything has to be read again. */
  isOutdated(hub: HubConnectionModel): boolean {
    return hub.lateRows !== this.#lateRows && (this.#messages > 0 || this.#handshakes.size > 0);
  }

  update(hub: HubConnectionModel): void {
    this.version++;
    this.#lateRows = hub.lateRows;
    for (; this.#messages < hub.messages.length; this.#messages++) this.#add(hub, this.#messages);
    for (; this.#counts < hub.counts.length; this.#counts++) this.#addCounts(hub, this.#counts);
    for (const { socket, handshakeAt } of hub.transports)
      if (handshakeAt !== null && !this.#handshakes.has(socket)) {
        this.#handshakes.add(socket);
        this.received.push(handshakeAt);
      }
    this.peaks.update();
    this.#followCalls(hub);
    this.#followLosses(hub);
  }

  #add(hub: HubConnectionModel, index: number): void {
    const t = hub.messages.timeAt(index);
    const { direction, type, swallowed, counted } = hub.messages.headAt(index);
    if (swallowed) this.swallowed.push(t);
    else if (type === PING) (direction === "in" ? this.pingsIn : this.pingsOut).push(t);
    else if (!counted) (direction === "in" ? this.in : this.out).push(t);
    if (direction === "in" && !swallowed) this.received.push(t);
  }

  #addCounts(hub: HubConnectionModel, index: number): void {
    const event = hub.counts[index];
    if (!event) return;
    const sum = { in: 0, out: 0 };
    let countIn = 0;
    for (const { direction, type, count } of event.counts) {
      if (type !== PING) sum[direction] += count;
      if (direction === "in") countIn += count;
    }
    if (sum.in > 0) this.countsIn.push(event.t, event.until, sum.in);
    if (sum.out > 0) this.countsOut.push(event.t, event.until, sum.out);
    if (countIn > 0) {
      this.received.push(event.t);
      this.received.push(event.until);
    }
  }

  /** Median of the last few hundred answered calls. */
  #followCalls(hub: HubConnectionModel): void {
    for (; this.#calls < hub.calls.length; this.#calls++) {
      const call = hub.calls[this.#calls];
      if (call && call.direction === "out" && !call.stream) this.#open.push(call);
    }
    const before = this.#latencies.length;
    this.#open = this.#open.filter((call) => {
      if (call.fate === "completed" && call.endedAt !== null)
        this.#latencies.push({ sentAt: call.sentAt, took: call.endedAt - call.sentAt });
      return call.fate === "pending";
    });
    if (this.#latencies.length > before) this.#latencies = this.#latencies.slice(-400);
  }

  /** Median latency of the calls since then. */
  p50Since(at: EpochMilliseconds): Milliseconds | null {
    const sorted = this.#latencies.flatMap(({ sentAt, took }) => (sentAt >= at ? [took] : []));
    sorted.sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
  }

  /** A finished interruption doesn't change, so its estimate, which is expensive, is computed once. */
  #followLosses(hub: HubConnectionModel): void {
    const known = this.#estimates.size;
    for (let i = this.#settled; i < hub.interruptions.length; i++) {
      const interruption = hub.interruptions[i];
      if (!interruption || this.#estimates.has(interruption)) continue;
      if (interruption.until === null) continue;
      if (i === this.#settled) this.#settled++;
      const lost = interruption.pending.filter((call) => call.fate === "lost");
      for (const call of lost) this.lost.push(call.sentAt);
      const lastReceived = this.received.lastUntil(interruption.from);
      const messages = interruption.missedEstimate;
      this.#estimates.set(interruption, {
        from: Number.isNaN(lastReceived) ? interruption.from : lastReceived,
        until: interruption.until,
        messages,
        calls: lost.length,
      });
    }
    if (this.#estimates.size > known)
      this.missed = [...this.#estimates.values()].filter((loss) => loss.messages !== null || loss.calls > 0);
  }
}

/** Indices by hub connection, while a recording is shown. */
export class Indices {
  readonly #byKey = new Map<string, HubIndex>();

  of(hub: HubConnectionModel): HubIndex {
    let index = this.#byKey.get(hub.key);
    if (!index) {
      index = new HubIndex();
      this.#byKey.set(hub.key, index);
    }
    return index;
  }

  /** Adds what is new; an index that has to be read again as a whole is left as it is, until it is needed. */
  follow(hubs: readonly HubConnectionModel[]): void {
    for (const hub of hubs) if (!this.of(hub).isOutdated(hub)) this.of(hub).update(hub);
  }

  update(hubs: readonly HubConnectionModel[]): void {
    for (const hub of hubs) {
      if (this.of(hub).isOutdated(hub)) this.#byKey.delete(hub.key);
      this.of(hub).update(hub);
    }
  }
}
