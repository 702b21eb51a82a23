/** The invisible page that DevTools opens. It adds the panel, and reads the connections of workers, which no hook can see. */
import browser from "webextension-polyfill";
import { readWorkers } from "./read-workers.ts";

void browser.devtools.panels.create("SignalR", "icons/hubscope-16.png", "panel.html");

// Firefox has none of their requests in its log.
if (!browser.runtime.getURL("").startsWith("moz-")) readWorkers(browser.devtools.inspectedWindow.tabId);
