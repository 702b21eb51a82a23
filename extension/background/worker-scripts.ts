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
import { beforeAsking, loadHookWithoutSign, type Place } from "./load-hook.ts";
import { placeOf } from "./network.ts";
import { openTabs } from "./mode.ts";
import { inFirefox } from "./suspend-in-cache.ts";
import { isStrict, takesCodeInFront } from "./script-directive.ts";

type Request = WebRequest.OnBeforeSendHeadersDetailsType & { readonly documentId?: string };
type Answer = WebRequest.OnHeadersReceivedDetailsType & { readonly documentId?: string };

const PERMISSIONS = { permissions: [WORKER_PERMISSION] };

/** What the requests of workers' scripts say of themselves (`Sec-Fetch-Dest`), to secure addresses and to this computer. */
const KINDS: Readonly<Record<string, WorkerKind>> = { worker: "dedicated", sharedworker: "shared" };

let tabs: readonly number[] = [];
let sites: Settings["sites"];
let code: Promise<string> | undefined;
/** Requests of workers' scripts that have no answer yet. */
const asked = new Map<string, WorkerKind>();
const MAX_ASKED = 100;

/** Call when a panel was opened or closed, and when the settings have changed. */
export async function watchWorkerScripts(store: Pick<Store, "settings" | "panels">): Promise<void> {
  if (!inFirefox()) return;
  const settings = await store.settings();
  ({ sites } = settings);
  const wanted = settings.workers && settings.recording && (await browser.permissions.contains(PERMISSIONS));
  tabs = wanted ? openTabs(await store.panels()) : [];
  const { onBeforeSendHeaders, onHeadersReceived } = browser.webRequest;
  const isListening = onBeforeSendHeaders.hasListener(requested);
  const scripts: WebRequest.RequestFilter = { urls: ["<all_urls>"], types: ["script"] };
  if (tabs.length === 0 && isListening) {
    onBeforeSendHeaders.removeListener(requested);
    onHeadersReceived.removeListener(answered);
    asked.clear();
  }
  if (tabs.length > 0 && !isListening) {
    onBeforeSendHeaders.addListener(requested, scripts, ["requestHeaders"]);
    onHeadersReceived.addListener(answered, scripts, ["blocking", "responseHeaders"]);
  }
}

/** Call when the settings have changed: what is switched off needs no permission. */
export async function giveBackPermission(store: Pick<Store, "settings">): Promise<void> {
  if (!inFirefox() || (await store.settings()).workers) return;
  if (await browser.permissions.contains(PERMISSIONS)) await browser.permissions.remove(PERMISSIONS);
}

function requested({ requestId, requestHeaders = [], documentUrl = "" }: Request): undefined {
  const valueOf = (wanted: string): string | undefined =>
    requestHeaders.find(({ name }) => name.toLowerCase() === wanted)?.value;
  const kind = KINDS[valueOf("sec-fetch-dest") ?? ""];
  // A module's imports have the same destination, and the mode "cors".
  if (kind === undefined || valueOf("sec-fetch-mode") !== "same-origin" || !runsAt(sites, documentUrl))
    return;
  asked.set(requestId, kind);
  const [oldest] = asked.keys();
  if (asked.size > MAX_ASKED && oldest !== undefined) asked.delete(oldest);
}

/** An answer that the browser won't run stays as it is: it has to fail as without us. */
function answered(answer: Answer): undefined {
  const kind = asked.get(answer.requestId);
  if (kind === undefined) return;
  const { statusCode, responseHeaders = [] } = answer;
  // A redirect keeps the request's id.
  if (statusCode >= 300 && statusCode < 400) return;
  asked.delete(answer.requestId);
  const type = responseHeaders.find(({ name }) => name.toLowerCase() === "content-type")?.value ?? "";
  if (statusCode >= 200 && statusCode < 300 && JAVASCRIPT.test(type)) void hookIn(answer, kind);
}

/** https://mimesniff.spec.whatwg.org/#javascript-mime-type */
const JAVASCRIPT = /^\s*(?:text|application)\/(?:x-)?(?:javascript|ecmascript)(?:1\.[0-5])?\s*(?:;|$)/i;

async function hookIn(answer: Answer, kind: WorkerKind): Promise<void> {
  const { tabId, url } = answer;
  if (tabId >= 0 && !tabs.includes(tabId)) return;
  const channel = newPageId();
  // At once: later the answer may already be there.
  const loaded = putInFront(answer.requestId, `"${channel}","${kind}"`);
  const place = tabId >= 0 ? placeOf(answer) : await tabOf(answer);
  if (!place || !(await loaded)) return;
  // The worker may negotiate at once: whose negotiate that is can be asked when its relay is there.
  await beforeAsking(place.tabId, announce(place, { to: "relay", type: "worker", channel, kind, url }));
}

async function announce(place: Place, message: WorkerMessage): Promise<void> {
  await loadHookWithoutSign(place);
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
async function tabOf({ documentUrl = "" }: Answer): Promise<Place | undefined> {
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
 * Puts our code in front of the answer to a request: on the same line, so that the script's lines keep their numbers.
 * @param args for it, as code
 * @returns false: it was not loaded, or stays as it is
 */
function putInFront(requestId: string, args: string): Promise<boolean> {
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
      void codeFor(pieces, args).then((ours) => {
        if (ours !== "") filter.write(new TextEncoder().encode(ours));
        for (const piece of pieces) filter.write(piece);
        filter.close();
        resolve(ours !== "");
      });
    };
  });
}

/** "": the script stays as it is. Whatever happens here, the worker gets its script. */
async function codeFor(pieces: readonly ArrayBuffer[], args: string): Promise<string> {
  try {
    // A worker's script is always UTF-8. https://html.spec.whatwg.org/#fetch-a-classic-worker-script
    const script = await new Blob([...pieces]).text();
    if (!takesCodeInFront(script)) return "";
    const begins = `${isStrict(script) ? '"use strict";' : ""}${await theCode()}(${args},`;
    // The last argument is the length of all this: how frames of ours are told from the worker's own.
    const digits = 7;
    const length = begins.length + digits + ");".length;
    return `${begins}${String(length).padStart(digits)});`;
  } catch {
    return "";
  }
}
