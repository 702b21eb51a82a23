/**
 * Hubs whose clients skip the negotiate: no token in the address tells their sockets from those of other protocols. So each
 * such hub that was recorded has a listener of its own, for the rest of the browser session.
 */
import browser from "webextension-polyfill";
import type { RecordedEvent } from "../core/events/events.ts";
import { hasToken, listenForUpgrades } from "./network.ts";

const MAX_HUBS = 20;
const KEY = "unnegotiatedHubs";

/** What ends the listener of each address pattern, oldest first. */
const listeners = new Map<string, () => void>();
let remembering: Promise<void> | undefined;

/**
 * Call when the background starts. An upgrade for which the browser has started it is reported to no listener that is added
 * this late: neither browser keeps it back.
 */
export function watchKnownHubs(): Promise<void> {
  return (remembering ??= remember());
}

async function remember(): Promise<void> {
  const { [KEY]: known } = await browser.storage.session.get(KEY);
  if (!Array.isArray(known)) return;
  for (const pattern of known) if (typeof pattern === "string") listen(pattern);
}

/** Learns hubs from stored events. */
export async function watchHubsOf(events: readonly RecordedEvent[]): Promise<void> {
  const patterns = events.flatMap((event) =>
    event.kind === "socket" && event.transport === "WebSockets" ? (patternOf(event.url) ?? []) : [],
  );
  if (patterns.length === 0) return;
  await watchKnownHubs();
  if (patterns.filter(listen).length > 0) await browser.storage.session.set({ [KEY]: [...listeners.keys()] });
}

/**
 * Without the port, which Firefox allows in no pattern, and with any query. The address comes from the page: its host must not
 * be a pattern itself.
 */
function patternOf(url: string): string | undefined {
  if (hasToken(url) || !URL.canParse(url)) return undefined;
  const { protocol, hostname, pathname } = new URL(url);
  if (!/^wss?:$/.test(protocol) || !/^[\w.:[\]-]+$/.test(hostname)) return undefined;
  return `${protocol}//${hostname}${pathname}*`;
}

/** @returns whether it is new */
function listen(pattern: string): boolean {
  if (listeners.has(pattern)) return false;
  try {
    listeners.set(
      pattern,
      listenForUpgrades([pattern], (url) => !hasToken(url)),
    );
  } catch {
    return false; // a pattern that this browser rejects
  }
  const [oldest, end] = [...listeners][0] ?? [];
  if (listeners.size > MAX_HUBS && oldest !== undefined) {
    listeners.delete(oldest);
    end?.();
  }
  return true;
}
