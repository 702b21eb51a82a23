/**
 * Reads the connections of dedicated workers from DevTools' network log (Chromium), without a script in any worker: nothing of it
 * can be seen by the page. The log is asked for only while there is something to read: from the moment at which the page's hook
 * has recorded a negotiate as a worker's, until no connection is open.
 */
import browser from "webextension-polyfill";
import {
  createHarReader,
  type HarOptions,
  type HarReader,
  type WorkerEvents,
} from "../core/har/har-reader.ts";
import { isObject } from "../core/is-object.ts";
import type { PageId } from "../core/ids.ts";
import { omitUndefined } from "../core/omit-undefined.ts";
import { hubUrlOf } from "../core/protocol/addresses.ts";
import type { EpochMilliseconds, Milliseconds } from "../core/units.ts";
import { isToDevtools } from "../messages/addressed-to.ts";
import type { BackgroundToDevtools, RelayToBackground, AppendAnswer } from "../messages/extension.ts";
import type { RecordMode } from "../messages/hook-relay.ts";
import { createLateParts } from "./late-parts.ts";
import { networkLog } from "./network-log.ts";
import { createWorkerDelivery, type WorkerDelivery } from "./worker-delivery.ts";

/** How often the log is read while a worker's connection is open; less often if that takes long, or for nobody. */
const EVERY: Milliseconds = 1_000;
const EVERY_UNWATCHED: Milliseconds = 5_000;
const TIMES_AS_LONG = 20;
/** How long a connection may take from its negotiate to its socket. */
const BEGINS_WITHIN: Milliseconds = 10_000;
/** How long after a request the hook may say that it was a worker's. */
const TOLD_WITHIN: Milliseconds = 15_000;
const MAX_TOLD = 200;
/** For the last events of a page. */
const MAX_TRIES = 5;

interface Told {
  readonly hub: string;
  readonly at: EpochMilliseconds;
}

/** The workers of one page. */
interface Reading {
  readonly reader: HarReader;
  /** undefined: it began when recording was switched on again. */
  readonly recording: PageId | undefined;
  readonly origin: string;
  readonly deliveries: Map<number, WorkerDelivery>;
  /** Requests before it are another page's, if the log is preserved. */
  from: EpochMilliseconds | undefined;
  /** Until when it is read, even if nothing is open. */
  until: EpochMilliseconds;
}

export function readWorkers(tabId: number): void {
  const late = createLateParts();
  let told: Told[] = [];
  let reading: Reading | undefined;
  /** Recording was switched off while workers of a page of this origin were read. */
  let paused: string | undefined;
  let mode: RecordMode | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** One step after the other. */
  let busy: Promise<void> = Promise.resolve();

  const isWorkers: HarOptions["isWorkers"] = ({ url, startedAt, endedAt }) =>
    told.some(
      ({ hub, at }) =>
        hub === hubUrlOf(url) && startedAt <= at + 1_000 && at - (endedAt ?? startedAt) < TOLD_WITHIN,
    );
  const deliver = async (
    { deliveries, reader, recording, origin }: Reading,
    workers: readonly WorkerEvents[],
    isEnd = false,
  ): Promise<void> => {
    for (const { worker, url, events } of workers) {
      const delivery = deliveries.get(worker) ?? createWorkerDelivery({ tabId, recording, origin, url });
      deliveries.set(worker, delivery);
      delivery.add(events);
    }
    for (const [worker, delivery] of deliveries)
      if (delivery.waits) mode = (await delivery.send(isEnd ? 0 : reader.openSockets(worker))) ?? mode;
  };
  /** As a relay does: without events, only to learn the mode. */
  const askMode = async ({ recording, origin }: Pick<Reading, "recording" | "origin">): Promise<void> => {
    const answer = await browser.runtime.sendMessage<RelayToBackground, AppendAnswer | undefined>({
      to: "background",
      type: "append",
      page: recording ?? "",
      top: false,
      url: "",
      origin,
      connections: 0,
      events: [],
      worker: { tabId, ...omitUndefined({ recording }) },
    });
    mode = answer?.mode;
  };
  const readLog = async (own: Reading): Promise<void> => {
    const { entries, pages } = logOf(await networkLog.read());
    own.from ??= startOf(pages.at(-1));
    const { from } = own;
    const log = entries.filter((entry) => !isObject(entry) || !(startOf(entry) < from)).map(late.added);
    if (!mode?.record) return;
    await deliver(own, own.reader.read([...log, ...late.takeFinished(log)], mode));
  };
  const begin = (place: Pick<Reading, "recording" | "origin">, from?: EpochMilliseconds): void => {
    reading = {
      ...place,
      reader: createHarReader({ userAgent: navigator.userAgent, isWorkers, from }),
      deliveries: new Map(),
      from: undefined,
      until: Date.now() + BEGINS_WITHIN,
    };
    late.watches(true);
  };
  /** If recording is on again: the worker's next record has nothing from before this moment. */
  const resume = async (origin: string): Promise<void> => {
    const place = { recording: undefined, origin };
    await askMode(place);
    if (!mode?.record || paused === undefined) return;
    paused = undefined;
    begin(place, Date.now());
  };
  const step = async (): Promise<void> => {
    if (paused !== undefined) await resume(paused);
    const own = reading;
    if (!own) return;
    const began = performance.now();
    if (!mode) await askMode(own);
    await readLog(own);
    if (own !== reading) return;
    if (!mode) {
      wake(EVERY);
      return;
    }
    if (!mode.record) {
      await stop("recording-ended");
      // It may be on again by now, unheard.
      wake(0);
      return;
    }
    const goesOn = own.reader.open > 0 || own.reader.waits || Date.now() < own.until || isWaiting(own);
    late.watches(goesOn);
    if (goesOn)
      wake(Math.max(mode.payloads ? EVERY : EVERY_UNWATCHED, (performance.now() - began) * TIMES_AS_LONG));
  };
  const inTurn = (run: () => Promise<void>): void => {
    busy = busy.then(run).catch(() => {
      // The background was stopped, or DevTools is busy: the next step sends what is left.
      if (reading || paused !== undefined) wake(EVERY);
    });
  };
  const wake = (delay: Milliseconds): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      inTurn(step);
    }, delay);
  };
  /** The page is left, or recording was switched off. */
  const stop = async (how: "left" | "recording-ended"): Promise<void> => {
    const own = reading;
    reading = undefined;
    paused = how === "left" ? undefined : own?.origin;
    if (how === "left") told = [];
    late.watches(false);
    clearTimeout(timer);
    if (!own) return;
    let last = own.reader.end(how, Date.now());
    for (let tries = 0; tries < MAX_TRIES && (last.length > 0 || isWaiting(own)); tries++) {
      if (tries > 0) await new Promise((resolve) => setTimeout(resolve, EVERY));
      try {
        await deliver(own, last, true);
      } catch {
        // The background was stopped: the next message starts it.
      }
      last = [];
    }
    for (const delivery of own.deliveries.values()) delivery.end();
  };
  const hear = (message: BackgroundToDevtools): void => {
    if (message.tabId !== tabId) return;
    if (message.type === "mode-changed") {
      mode = undefined;
      if (reading || paused !== undefined) wake(0);
      return;
    }
    const { url, at, recording, origin, from } = message;
    told = [...told, { hub: hubUrlOf(url), at }].slice(-MAX_TOLD);
    if (reading) {
      reading.until = Date.now() + BEGINS_WITHIN;
      late.watches(true);
    } else if (paused === undefined) begin({ recording, origin }, from);
    wake(0);
  };

  browser.runtime.onMessage.addListener((message: unknown) => {
    if (isToDevtools(message)) hear(message);
    return undefined;
  });
  networkLog.onFinished((request) => {
    if (late.hear(request) && reading) wake(0);
  });
  networkLog.onNavigated(() => {
    inTurn(() => stop("left"));
  });
}

const isWaiting = ({ deliveries }: Reading): boolean => [...deliveries.values()].some(({ waits }) => waits);

function logOf(log: unknown): { readonly entries: unknown[]; readonly pages: unknown[] } {
  const list = (name: string): unknown[] => {
    const value = isObject(log) ? log[name] : undefined;
    return Array.isArray(value) ? (value as unknown[]) : [];
  };
  return { entries: list("entries"), pages: list("pages") };
}

const startOf = (value: unknown): EpochMilliseconds =>
  isObject(value) && typeof value["startedDateTime"] === "string"
    ? Date.parse(value["startedDateTime"]) || 0
    : 0;
