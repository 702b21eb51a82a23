/** Workers that our DevTools page reads from the browser's network log. */
import type { RecordedEvent } from "../core/events/events.ts";
import type { PageId } from "../core/ids.ts";
import type { RelayToBackground } from "../messages/extension.ts";
import type { Store } from "../store/store.ts";
import { NO_FRAME } from "./no-frame.ts";
import { appendFrom, type RelaySender } from "./append.ts";

export const ofWorker = ({ tabId }: NonNullable<RelayToBackground["worker"]>): RelaySender => ({
  tabId,
  frameId: NO_FRAME,
});

/** DevTools was closed: what the worker does from now on isn't known. */
export async function workerUnread(store: Store, page: PageId): Promise<void> {
  const known = await store.page(page);
  if (!known || known.ended) return;
  const end: RecordedEvent = {
    kind: "recording-ended",
    reason: "devtools-closed",
    seq: known.storedUpTo + 1,
    t: Math.max(Date.now(), known.lastAt),
  };
  const { url, tabId, recording } = known;
  const last = { to: "background", type: "append", page, top: false, url, origin: originOf(url) } as const;
  await appendFrom(
    store,
    { ...last, connections: 0, events: [end], worker: { tabId, recording } },
    ofWorker({ tabId, recording }),
  );
}

/** As a relay says it. */
const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : "null");
