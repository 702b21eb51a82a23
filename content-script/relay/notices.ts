/**
 * What the extension's own world notices of the page and the computer, at no cost to the page: where a negotiate's time went
 * (the page's list of resources is only read), jumps of the computer's clock, and another network.
 */
import type { BrowserEvent, NegotiateTiming } from "../../extension/core/events/browser-events.ts";
import type { RecordedEvent, Unstamped } from "../../extension/core/events/events.ts";
import type { RequestId } from "../../extension/core/ids.ts";
import { addressOf } from "../../extension/core/protocol/addresses.ts";
import type { EpochMilliseconds, Milliseconds } from "../../extension/core/units.ts";

/** Smaller jumps are corrections by the time server. */
const JUMP: Milliseconds = 2_000;
/** The hook notes the time of a request just before the browser does. */
const BEGINS_WITHIN: Milliseconds = 250;
const MAX_RUNNING = 50;

interface NetworkInformation extends EventTarget {
  readonly type?: string;
}

/** Only Chromium has it, and only on ChromeOS does it know the kind of network. */
const scope = globalThis as { readonly navigator?: { readonly connection?: NetworkInformation } };

/** The computer's clock without that of the page: it changes when the computer sleeps, or when its clock is set. */
const offset = (): Milliseconds => Date.now() - performance.now();

/** @returns call with each batch of the hook */
export function createNotices(
  tell: (event: Unstamped<BrowserEvent>) => void,
): (events: readonly RecordedEvent[]) => void {
  const running = new Map<RequestId, { readonly url: string; readonly t: EpochMilliseconds }>();
  let lastOffset = offset();
  let lastLook = now();

  const { connection } = scope.navigator ?? {};
  let type = connection?.type;
  connection?.addEventListener("change", () => {
    const from = type;
    type = connection.type;
    if (from !== undefined && type !== undefined && from !== type)
      tell({ kind: "network-type", t: now(), from, to: type });
  });

  return (events) => {
    const by = offset() - lastOffset;
    if (Math.abs(by) >= JUMP) tell({ kind: "clock-jump", t: now(), since: lastLook, by });
    lastOffset += by;
    lastLook = now();
    for (const event of events) {
      if (event.kind === "negotiate") running.set(event.request, { url: event.url, t: event.t });
      if (running.size > MAX_RUNNING) running.delete(running.keys().next().value ?? 0);
      if (event.kind !== "negotiate-ended") continue;
      const begun = running.get(event.request);
      running.delete(event.request);
      if (!begun || event.status === null || event.fault !== undefined) continue;
      const timing = timingOf(begun.url, begun.t);
      if (timing) tell({ kind: "negotiate-timing", t: event.t, request: event.request, ...timing });
    }
  };
}

const now = (): EpochMilliseconds => performance.timeOrigin + performance.now();

type Timing = Omit<NegotiateTiming, "kind" | "seq" | "t" | "request">;

/**
 * The entry of the page's resource timing for the request to `url` that began at `t`. undefined: the browser keeps it back (of
 * another origin, without Timing-Allow-Origin), or the page's list is full.
 */
function timingOf(url: string, t: EpochMilliseconds): Timing | undefined {
  const apart = ({ startTime }: PerformanceEntry): number => Math.abs(performance.timeOrigin + startTime - t);
  const entry = (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
    .filter((one) => addressOf(one.name) === addressOf(url) && apart(one) < BEGINS_WITHIN)
    .sort((a, b) => apart(a) - apart(b))[0];
  if (!entry || entry.requestStart === 0 || entry.responseStart === 0) return undefined;
  const { connectStart, connectEnd, secureConnectionStart: secure, domainLookupStart, workerStart } = entry;
  return {
    protocol: entry.nextHopProtocol,
    queued: between(entry.startTime, domainLookupStart),
    dns: between(domainLookupStart, entry.domainLookupEnd),
    connect: between(connectStart, connectEnd),
    tls: secure === 0 ? 0 : between(secure, connectEnd),
    wait: between(entry.requestStart, entry.responseStart),
    download: between(entry.responseStart, entry.responseEnd),
    ...(workerStart > 0 ? { throughServiceWorker: true } : {}),
  };
}

const between = (from: number, to: number): Milliseconds => Math.max(0, to - from);
