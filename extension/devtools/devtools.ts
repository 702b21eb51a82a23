/** The invisible page that DevTools opens. It only adds the panel. */
import browser from "webextension-polyfill";

void browser.devtools.panels.create("SignalR", "icons/hubscope-16.png", "panel.html");
