/** The events of one worker, as those of a page. */
import { omitUndefined } from "../omit-undefined.ts";
import { shortened } from "../text/shortened.ts";
import type { EpochMilliseconds } from "../units.ts";
import { createEventRecord, type EventRecord } from "./event-record.ts";

const LONGEST_URL = 2_000;

export interface WorkerRecord extends EventRecord {
  readonly url: string;
  /** Those that were seen in it, and the hubs that it has connected to. */
  readonly scripts: Set<string>;
  readonly hubs: Set<string>;
}

/**
 * @param userAgent of the browser, if known
 * @param from when the recording began, if the worker may have been there before
 */
export function createWorkerRecord(
  url: string,
  userAgent: string,
  from: EpochMilliseconds | undefined,
): WorkerRecord {
  const record = createEventRecord(
    (t) => ({
      kind: "page",
      t,
      // A worker made of a text has a long address, or one that says nothing.
      url: shortened(url, LONGEST_URL),
      userAgent,
      openedAt: t,
      top: false,
      visible: true,
      online: true,
      wasDiscarded: false,
      navigation: "unknown",
      probe: false,
      worker: "dedicated",
      fromDevtools: true,
      ...omitUndefined({ midway: from === undefined ? undefined : true }),
    }),
    from,
  );
  // `begun` is a getter.
  return Object.assign(record, { url, scripts: new Set<string>(), hubs: new Set<string>() });
}
