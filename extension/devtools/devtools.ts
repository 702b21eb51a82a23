/** The page that DevTools opens invisibly: all it does is to add the panel. */
import browser from "webextension-polyfill";

void browser.devtools.panels.create("SignalR", "icons/hubscope-16.png", "panel.html");
