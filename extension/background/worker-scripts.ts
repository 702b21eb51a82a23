/**
 * Firefox: puts our hook in front of the scripts of workers while they are loaded, as no content script runs in a worker. Only if
 * the user wants it (the columns of a script's first line change), and only while a panel is open on the tab. Chromium can't
 * change what it loads; there, connections in workers are read from DevTools.
 */
import browser, { type WebRequest } from "webextension-polyfill";
import type { WorkerKind } from "../core/events/events.ts";
import { runsAt } from "../core/sites.ts";
import type { Settings } from "../core/settings.ts";
import type { BackgroundToRelay, RelayAnswer } from "../messages/extension.ts";
import { newPageId } from "../messages/page-id.ts";
import { WORKER_PERMISSION } from "../messages/worker-permissions.ts";
import type { Store } from "../store/store.ts";
import { loadHookWithoutSign, type Place } from "./load-hook.ts";
import { placeOf } from "./network.ts";
import { openTabs } from "./mode.ts";
import { inFirefox } from "./suspend-in-cache.ts";
import { isStrict } from "./script-directive.ts";

type Request = WebRequest.OnBeforeSendHeadersDetailsType & { readonly documentId?: string };

const PERMISSIONS = { permissions: [WORKER_PERMISSION] };

/** What the requests of workers' scripts say of themselves, to secure addresses and to this computer. */
const KINDS: Readonly<Record<string, WorkerKind>> = { worker: "dedicated", sharedworker: "shared" };

let tabs: readonly number[] = [];
let sites: Settings["sites"];
let code: Promise<string> | undefined;

/** Call when a panel was opened or closed, and when the settings have changed. */
export async function watchWorkerScripts(store: Pick<Store, "settings" | "panels">): Promise<void> {
  if (!inFirefox()) return;
  const settings = await store.settings();
  ({ sites } = settings);
  const wanted = settings.workers && settings.recording && (await browser.permissions.contains(PERMISSIONS));
  tabs = wanted ? openTabs(await store.panels()) : [];
  const { onBeforeSendHeaders } = browser.webRequest;
  const isListening = onBeforeSendHeaders.hasListener(requested);
  if (tabs.length === 0 && isListening) onBeforeSendHeaders.removeListener(requested);
  if (tabs.length > 0 && !isListening)
    onBeforeSendHeaders.addListener(requested, { urls: ["<all_urls>"], types: ["script"] }, [
      "blocking",
      "requestHeaders",
    ]);
}

function requested(request: Request): undefined {
  const header = request.requestHeaders?.find(({ name }) => name.toLowerCase() === "sec-fetch-dest");
  const kind = KINDS[header?.value ?? ""];
  if (kind !== undefined && runsAt(sites, request.documentUrl ?? "")) void hookIn(request, kind);
  return undefined;
}

async function hookIn(request: Request, kind: WorkerKind): Promise<void> {
  const { tabId, url } = request;
  if (tabId >= 0 && !tabs.includes(tabId)) return;
  const channel = newPageId();
  // At once: later the answer may already be there.
  const loaded = putInFront(request.requestId, async () => `${await theCode()}("${channel}","${kind}");`);
  const place = tabId >= 0 ? placeOf(request) : await tabOf(request);
  if (!place || !(await loaded)) return;
  await loadHookWithoutSign(place);
  const message: WorkerMessage = { to: "relay", type: "worker", channel, kind, url };
  try {
    await browser.tabs.sendMessage<WorkerMessage, RelayAnswer<WorkerMessage>>(
      place.tabId,
      message,
      place.target,
    );
  } catch {
    // a page without our scripts, or one that is gone
  }
}

type WorkerMessage = Extract<BackgroundToRelay, { type: "worker" }>;

/** A shared worker belongs to no tab: that of a page that asked for it. */
async function tabOf({ documentUrl = "" }: Request): Promise<Place | undefined> {
  const open = await Promise.all(tabs.map((tab) => browser.tabs.get(tab).catch(() => undefined)));
  const own =
    open.find((tab) => tab?.url === documentUrl) ?? open.find((tab) => isOfOrigin(tab?.url, documentUrl));
  return own?.id === undefined ? undefined : { tabId: own.id, target: { frameId: 0 } };
}

const isOfOrigin = (url: string | undefined, other: string): boolean =>
  url !== undefined &&
  URL.canParse(url) &&
  URL.canParse(other) &&
  new URL(url).origin === new URL(other).origin;

function theCode(): Promise<string> {
  return (code ??= fetch(browser.runtime.getURL("worker.js")).then((answer) => answer.text()));
}

/**
 * Puts code in front of the answer to a request: on the same line, so that the script's lines keep their numbers.
 * @returns false: it was not loaded, or stays as it is
 */
function putInFront(requestId: string, ours: () => Promise<string>): Promise<boolean> {
  const filter = browser.webRequest.filterResponseData(requestId);
  const pieces: ArrayBuffer[] = [];
  return new Promise((resolve) => {
    filter.ondata = ({ data }) => {
      pieces.push(data);
    };
    filter.onerror = () => {
      resolve(false);
    };
    filter.onstop = () => {
      void Promise.all([ours().catch(() => ""), textOf(pieces)]).then(([prefix, script]) => {
        const begins = isStrict(script) ? '"use strict";' : "";
        if (prefix !== "") filter.write(new TextEncoder().encode(begins + prefix));
        for (const piece of pieces) filter.write(piece);
        filter.close();
        resolve(prefix !== "");
      });
    };
  });
}

/** A worker's script is always UTF-8. https://html.spec.whatwg.org/#fetch-a-classic-worker-script */
const textOf = (pieces: readonly ArrayBuffer[]): Promise<string> => new Blob([...pieces]).text();
