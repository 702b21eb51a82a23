/** Storing what a relay sends. */
import browser from "webextension-polyfill";
import type { PageId } from "../core/model/types.ts";
import { redactUrl } from "../core/redact.ts";
import { checkEvents } from "../core/guards.ts";
import type {
  AppendAnswer,
  BackgroundToPanel,
  BackgroundToRelay,
  RelayIdentity,
  RelayToBackground,
} from "../messaging/protocol.ts";
import type { Store } from "../store/store.ts";
import { showConnections } from "./badge.ts";
import { modeFor } from "./mode.ts";

/** As the browser tells it; the page has no say in this. */
export interface RelaySender {
  readonly tabId: number;
  readonly frameId: number;
  readonly url: string;
}

/** Appends between two looks at the retention limits. */
const APPENDS_PER_CLEANING = 200;
let appends = 0;

export async function appendFrom(
  store: Store,
  message: RelayToBackground,
  from: RelaySender,
): Promise<AppendAnswer> {
  const { page } = message;
  const mode = await modeFor(store, from.tabId, message.origin);
  const known = await store.page(page);
  const events = mode.record ? checkEvents(message.events) : [];
  if (events.length === 0) return { upTo: known?.storedUpTo ?? 0, mode };
  const recording = known?.recording ?? (await recordingOf(page, message.top, from.tabId));
  const stored = await store.append(
    {
      page,
      recording,
      tabId: from.tabId,
      frameId: from.frameId,
      browserSession: await store.browserSession(),
      url: redactUrl(message.url),
      connections: message.connections,
    },
    events,
  );
  await tellPanels({
    to: "panel",
    type: "stored",
    recording,
    page,
    tabId: from.tabId,
    upTo: stored.storedUpTo,
  });
  if (known?.connections !== stored.connections) void showConnections(store, from.tabId, recording);
  if (appends++ % APPENDS_PER_CLEANING === 0) void clean(store);
  return { upTo: stored.storedUpTo, mode };
}

/** A frame belongs to the recording of its top page, whose relay knows its own page. */
async function recordingOf(page: PageId, top: boolean, tabId: number): Promise<PageId> {
  if (top) return page;
  const who: BackgroundToRelay = { to: "relay", type: "who" };
  try {
    const identity = await browser.tabs.sendMessage<BackgroundToRelay, RelayIdentity | undefined>(
      tabId,
      who,
      {
        frameId: 0,
      },
    );
    return identity?.page ?? page;
  } catch {
    return page; // the top page has no relay (a browser page that shows ours in a frame)
  }
}

async function clean(store: Store): Promise<void> {
  const removed = await store.enforceRetention(Date.now());
  if (removed.length > 0) await tellPanels({ to: "panel", type: "recordings-changed" });
}

/** Nobody listens when no panel is open; that is no error. */
export async function tellPanels(message: BackgroundToPanel): Promise<void> {
  try {
    await browser.runtime.sendMessage(message);
  } catch {
    // no panel is open
  }
}
