/** Stores the events that a relay sends. */
import { sizeOfEvents } from "../core/events/event-size.ts";
import type { RecordedEvent } from "../core/events/events.ts";
import type { PageId } from "../core/ids.ts";
import { redactUrl } from "../core/redaction/redact.ts";
import type { StoredPage } from "../store/stored-page.ts";
import type { Bytes } from "../core/units.ts";
import type { PageOrigin } from "../store/append.ts";
import type { AppendAnswer, RelayToBackground } from "../messages/extension.ts";
import type { Store } from "../store/store.ts";
import { showConnections, showFull } from "./badge.ts";
import { identityOf } from "./identity.ts";
import { modeFor } from "./mode.ts";
import { browserSession } from "./session.ts";
import { notifyPanels } from "./notify-panels.ts";
import { notifyRelays } from "./notify-relays.ts";
import { tellOfWorkers } from "./notify-devtools.ts";
import { watchHubsOf } from "./unnegotiated-hubs.ts";

/** From the browser: a page can't forge it. */
export interface RelaySender {
  readonly tabId: number;
  readonly frameId: number;
  /** Chromium: the page is loaded in case the user goes to it, and the tab still shows another one. */
  readonly prerendering?: boolean;
}

/** Limits the address: that of a `data:` page contains the whole page. */
const LONGEST_URL = 2_000;
/** How much is freed at a time when the disk is full. */
const ROOM: Bytes = 16 * 1024 * 1024;
/** How much is stored between two checks of the retention limits. */
const CLEANED_AFTER = { appends: 200, bytes: 8 * 1024 * 1024 };

/**
 * Appends of one page run one after another: the store recognises known events by the highest `seq`, so the order must be
 * right.
 */
const queues = new Map<PageId, Promise<unknown>>();

export function appendFrom(
  store: Store,
  message: RelayToBackground,
  from: RelaySender,
): Promise<AppendAnswer> {
  const { page } = message;
  const before = queues.get(page) ?? Promise.resolve();
  const own = before.then(
    () => append(store, message, from),
    () => append(store, message, from),
  );
  queues.set(page, own);
  const forget = (): void => {
    if (queues.get(page) === own) queues.delete(page);
  };
  own.then(forget, forget);
  return own;
}

async function append(store: Store, message: RelayToBackground, from: RelaySender): Promise<AppendAnswer> {
  const { page } = message;
  const mode = await modeFor(store, from.tabId, message.origin);
  const known = await store.page(page);
  const sent = message.events;
  const events = wanted(sent, mode.record, known);
  if (events.length === 0) {
    const refused = mode.record ? (sent.at(-1)?.seq ?? 0) : 0;
    return { upTo: known?.storedUpTo ?? refused, mode };
  }
  const recording =
    known?.recording ?? message.worker?.recording ?? (await recordingOf(page, message.top, from.tabId));
  const origin: PageOrigin = {
    page,
    recording,
    tabId: from.tabId,
    frameId: from.frameId,
    browserSession: await browserSession(store),
    url: redactUrl(message.url).slice(0, LONGEST_URL),
    connections: message.connections,
    ...(from.prerendering ? { prerendering: true } : {}),
  };
  const stored = await appendInRoom(store, origin, events, message.after);
  if (!stored) {
    void showFull(from.tabId);
    notifyPanels({ to: "panel", type: "full" });
    return { upTo: known?.storedUpTo ?? 0, mode, full: true };
  }
  void watchHubsOf(events);
  void tellOfWorkers(store, page, events, { tabId: from.tabId, recording, origin: message.origin });
  // Not awaited: a blocked panel must not delay the page.
  notifyPanels({
    to: "panel",
    type: "stored",
    recording,
    page,
    tabId: from.tabId,
    upTo: stored.storedUpTo,
  });
  if (await hasGrownTooLarge(store, known, stored))
    void notifyRelays(from.tabId, { to: "relay", type: "start-over" });
  if (!from.prerendering)
    void showConnections(
      store,
      stored,
      known?.connections !== stored.connections || known.prerendering === true,
    );
  cleanNowAndThen(store, sizeOfEvents(events));
  return { upTo: stored.storedUpTo, mode };
}

/**
 * The largest share of the size limit that one recording may need. So several ended recordings of a page fit beside the current
 * one.
 */
const LARGEST_SHARE = 1 / 4;
/** Enough for the smallest size limit. */
const ALWAYS_ALLOWED: Bytes = 256 * 1024;

/**
 * Events that the model needs are never removed from a running recording. A page that opens and closes connections without end
 * makes so many of them that another recording has to begin, so that this one can be removed as a whole. True once per page.
 */
async function hasGrownTooLarge(
  store: Store,
  before: StoredPage | undefined,
  { needed = 0 }: StoredPage,
): Promise<boolean> {
  if (needed <= ALWAYS_ALLOWED) return false;
  const limit = (await store.settings()).maxTotalSize * LARGEST_SHARE;
  return (before?.needed ?? 0) <= limit && needed > limit;
}

/** While recording is off, only the end of an existing recording is stored. */
function wanted(
  events: readonly RecordedEvent[],
  record: boolean,
  known: StoredPage | undefined,
): readonly RecordedEvent[] {
  const ends = events.filter(({ kind }) => kind === "recording-ended");
  if (known) return record ? events : ends;
  return record && ends.length < events.length ? events : [];
}

/** Removing recordings didn't help: something else fills the disk. */
let isStillFull = false;

/** @returns null: there is no room, even without the oldest recordings */
async function appendInRoom(
  store: Store,
  origin: PageOrigin,
  events: readonly RecordedEvent[],
  after: number | undefined,
): Promise<StoredPage | null> {
  const isFull = (error: unknown): boolean => error instanceof Error && error.name === "QuotaExceededError";
  try {
    const stored = await store.append(origin, events, after);
    isStillFull = false;
    return stored;
  } catch (error) {
    if (!isFull(error)) throw error;
    if (isStillFull) return null;
    const removed = await store.makeRoom(ROOM + 2 * sizeOfEvents(events), origin.recording);
    if (removed.length === 0) return null;
    notifyPanels({ to: "panel", type: "recordings-changed" });
  }
  try {
    return await store.append(origin, events, after);
  } catch (error) {
    if (!isFull(error)) throw error;
    isStillFull = true;
    return null;
  }
}

/** A frame belongs to the recording of its top page, whose relay knows its page id. */
async function recordingOf(page: PageId, top: boolean, tabId: number): Promise<PageId> {
  if (top) return page;
  // Without an answer the top page has no relay (a browser page that contains the frame, or one that we may not run on).
  const about = await identityOf(tabId, 0);
  return about === undefined || about === "silent" ? page : about.page;
}

let since = CLEANED_AFTER;
let cleaning = false;

/** The first call cleans: the background may have been stopped before the last cleaning. */
function cleanNowAndThen(store: Store, bytes: Bytes): void {
  since = { appends: since.appends + 1, bytes: since.bytes + bytes };
  if (cleaning || (since.appends < CLEANED_AFTER.appends && since.bytes < CLEANED_AFTER.bytes)) return;
  since = { appends: 0, bytes: 0 };
  cleaning = true;
  void clean(store).finally(() => {
    cleaning = false;
  });
}

async function clean(store: Store): Promise<void> {
  try {
    const changed = await store.enforceRetention(Date.now());
    if (changed.length > 0) notifyPanels({ to: "panel", type: "recordings-changed" });
  } catch {
    // try again the next time
  }
}
