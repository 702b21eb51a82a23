import browser from "webextension-polyfill";
import type { RecordedEvent } from "../core/events/events.ts";
import type { PageId } from "../core/ids.ts";
import type { BackgroundToDevtools } from "../messages/extension.ts";
import type { Store } from "../store/store.ts";

/** Sends a message to our DevTools pages. Mostly there is none. */
export function notifyDevtools(message: BackgroundToDevtools): void {
  browser.runtime.sendMessage(message).catch(() => undefined);
}

/** Tells the DevTools page of each connection of a worker that the page's hook has recorded by its name only. */
export async function tellOfWorkers(
  store: Store,
  page: PageId,
  events: readonly RecordedEvent[],
  place: Pick<Extract<BackgroundToDevtools, { type: "worker" }>, "tabId" | "recording" | "origin">,
): Promise<void> {
  const told = events.filter((event) => event.kind === "worker-connection");
  if (told.length === 0) return;
  const first = await firstOf(store, page);
  const midway = first?.kind === "page" && first.midway ? { from: first.t } : {};
  for (const { url, t } of told)
    notifyDevtools({ to: "devtools", type: "worker", ...place, ...midway, url, at: t });
}

/** undefined: it has just been removed. */
async function firstOf(store: Store, page: PageId): Promise<RecordedEvent | undefined> {
  try {
    for await (const [first] of store.readEvents(page, 0)) return first;
  } catch {
    // the browser has closed the database
  }
  return undefined;
}
