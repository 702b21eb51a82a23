/** Connections of the page that Hubscope has noticed but can't record. */
import { hubUrlOf } from "../protocol/addresses.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { endOf } from "./page-end.ts";
import type { PageModel } from "./types.ts";

export type UnrecordedConnection =
  | { readonly kind: "worker"; readonly url: string }
  /** Of ASP.NET SignalR 2.x. */
  | { readonly kind: "legacy"; readonly url: string; readonly clientProtocol: string | null };

/** How much earlier than its negotiate a worker's connection may be told, and how much later than its answer. */
const EARLIER: Milliseconds = 1_000;
const LATER: Milliseconds = 15_000;
/** DevTools that is closed with its page goes a little before or after it. */
const TOGETHER: Milliseconds = 5_000;

/** A negotiate that was read from DevTools. Each can be that of one connection. */
interface Read {
  readonly by: PageModel;
  readonly hub: string;
  readonly from: EpochMilliseconds;
  readonly until: EpochMilliseconds;
  taken?: true;
}

export function unrecordedIn(pages: readonly PageModel[]): UnrecordedConnection[] {
  const reads = pages.some(({ workers }) => workers.length > 0) ? readIn(pages) : [];
  const named = new Set<string>();
  const name = (url: string): UnrecordedConnection[] => {
    named.add(hubUrlOf(url));
    return [{ kind: "worker", url }];
  };
  const own = pages.map((page) => [
    ...page.workers.flatMap(({ url, times }) =>
      page.started?.fromDevtools || times.every((t) => isRecorded(page, hubUrlOf(url), t, reads))
        ? []
        : name(url),
    ),
    ...page.legacy.map(({ url, clientProtocol }) => ({ kind: "legacy", url, clientProtocol }) as const),
  ]);
  // A worker's own log has them, too.
  return pages.flatMap(({ started, workers }, i) => [
    ...workers.flatMap(({ url }) => (started?.fromDevtools && !named.has(hubUrlOf(url)) ? name(url) : [])),
    ...(own[i] ?? []),
  ]);
}

function isRecorded(page: PageModel, hub: string, t: EpochMilliseconds, reads: readonly Read[]): boolean {
  const read = reads.find(
    (one) => !one.taken && one.hub === hub && one.from <= t + EARLIER && t - one.until < LATER,
  );
  if (!read) return false;
  read.taken = true;
  const { by } = read;
  const from = by.unrecordedFrom;
  if (from === null) return true;
  const end = endOf(page);
  if (end !== null && end <= from + TOGETHER) return true;
  // DevTools was opened again: another record of the same worker goes on.
  return reads.some((one) => one.by !== by && one.by.started?.url === by.started?.url && one.from >= from);
}

const readIn = (pages: readonly PageModel[]): Read[] =>
  pages
    .filter(({ started }) => started?.fromDevtools)
    .flatMap((by) =>
      by.hubs.flatMap(({ url, requests, transports }) => [
        ...requests.map(({ started, ended }) => ({
          ...{ by, hub: hubUrlOf(url), from: started.t, until: ended?.t ?? started.t },
        })),
        // Its negotiate was before the recording.
        ...transports.flatMap(({ since, from }) =>
          since === null ? [] : { by, hub: hubUrlOf(url), from: since, until: from },
        ),
      ]),
    )
    .sort((a, b) => a.from - b.from);
