/**
 * Entry point of the background: it stores what relays send, notifies panels, and passes their commands to pages. The browser
 * may stop it at any time: so anything that must not be lost is stored, or requested again.
 */
import browser from "webextension-polyfill";
import { isObject } from "../core/is-object.ts";
import { isPanelToBackground } from "../messages/addressed-to.ts";
import { WORKER_ENDED, panelOfPort, workerOfPort } from "../messages/extension.ts";
import { readAppend } from "../messages/read-append.ts";
import { openStore } from "../store/store.ts";
import { appendFrom } from "./append.ts";
import { registerContentScripts } from "./content-scripts.ts";
import { loadTool } from "./load-tool.ts";
import { loadHook } from "./load-hook.ts";
import { watchNetwork } from "./network.ts";
import { handlePanel, panelClosed } from "./panel.ts";
import { ofWorker, workerUnread } from "./read-worker.ts";
import { watchKnownHubs } from "./unnegotiated-hubs.ts";

watchNetwork();
void watchKnownHubs();

const store = openStore();

// What is left of it goes on at the next start.
store.tidyUp(Date.now()).catch(() => undefined);

const register = (): void => void registerContentScripts(store);
register();
// The browser starts the background for these: after an update, Chromium has forgotten the registrations.
browser.runtime.onInstalled.addListener(register);
browser.runtime.onStartup.addListener(register);

browser.runtime.onMessage.addListener((message: unknown, sender: unknown) => {
  if (!isObject(message) || message["to"] !== "background" || !isObject(sender)) return undefined;
  const { tab, url } = sender;
  const tabId = isObject(tab) && typeof tab["id"] === "number" ? tab["id"] : undefined;
  const frameId = typeof sender["frameId"] === "number" ? sender["frameId"] : 0;
  const prerendering = sender["documentLifecycle"] === "prerender";
  if (message["type"] === "append") {
    const append = readAppend(message);
    if (append?.worker)
      return isOwnPage(url) ? appendFrom(store, append, ofWorker(append.worker)) : undefined;
    return tabId === undefined || !append
      ? undefined
      : appendFrom(store, append, { tabId, frameId, prerendering });
  }
  if (message["type"] === "load-hook") return tabId === undefined ? undefined : loadHook(tabId, frameId);
  if (message["type"] === "load-tool") {
    const { tool } = message;
    const isTool = tool === "faults" || tool === "doctor";
    return tabId === undefined || !isTool ? undefined : loadTool(tabId, frameId, tool);
  }
  if (!isOwnPage(url)) return undefined;
  return isPanelToBackground(message) ? handlePanel(store, message) : undefined;
});

browser.runtime.onConnect.addListener(({ name, sender, onDisconnect, onMessage }) => {
  if (!isOwnPage(sender?.url)) return;
  const panel = panelOfPort(name);
  if (panel !== undefined) onDisconnect.addListener(() => void panelClosed(store, panel));
  const worker = workerOfPort(name);
  if (worker === undefined) return;
  let hasEnded = false;
  onMessage.addListener((message: unknown) => {
    hasEnded ||= message === WORKER_ENDED;
  });
  onDisconnect.addListener(() => {
    if (!hasEnded) void workerUnread(store, worker);
  });
});

/** Only our own pages may send commands, not content scripts. */
const isOwnPage = (url: unknown): boolean =>
  typeof url === "string" && url.startsWith(browser.runtime.getURL(""));
