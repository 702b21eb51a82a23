import browser from "webextension-polyfill";
import type { RecordedEvent } from "../core/events/events.ts";
import type { BackgroundToDevtools } from "../messages/extension.ts";

/** Sends a message to our DevTools pages. Mostly there is none. */
export function notifyDevtools(message: BackgroundToDevtools): void {
  browser.runtime.sendMessage(message).catch(() => undefined);
}

/** Tells the DevTools page of each connection of a worker that the page's hook has recorded by its name only. */
export function tellOfWorkers(
  events: readonly RecordedEvent[],
  place: Pick<Extract<BackgroundToDevtools, { type: "worker" }>, "tabId" | "recording" | "origin">,
): void {
  for (const event of events)
    if (event.kind === "worker-connection")
      notifyDevtools({ to: "devtools", type: "worker", ...place, url: event.url, at: event.t });
}
