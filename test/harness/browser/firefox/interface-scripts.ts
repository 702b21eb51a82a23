/**
 * Scripts that run inside Firefox's own interface, through `Session.browser`. They are strings, because the APIs are unknown
 * to the compiler; `args` holds the arguments. Each finds its tab by the window handle, which is the browser element's id.
 */

const tools = `
  const { NavigableManager } = ChromeUtils.importESModule(
    "chrome://remote/content/shared/NavigableManager.sys.mjs");
  const { require } = ChromeUtils.importESModule("resource://devtools/shared/loader/Loader.sys.mjs");
  const { gDevTools } = require("devtools/client/framework/devtools");
  const { setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");
  const tabs = [...Services.wm.getEnumerator("navigator:browser")].flatMap((window) => [...window.gBrowser.tabs]);
  const tab = tabs.find((tab) => NavigableManager.getIdForBrowser(tab.linkedBrowser) === args[0]);
  if (!tab) throw new Error("that tab is gone");
  const until = async (what, probe) => {
    const deadline = Date.now() + 25_000;
    for (;;) {
      const value = probe();
      if (value) return value;
      if (Date.now() > deadline) throw new Error("waited for " + what);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  };`;

/** Arguments: tab, extension id, host type. Opens the panel and returns the id of its browsing context. */
export const openPanelScript = `${tools}
  const toolbox = await gDevTools.showToolboxForTab(tab, { toolId: "webconsole", hostType: args[2] });
  const { id } = await until("the panel to be registered", () =>
    toolbox.getAdditionalTools().find((tool) => tool.extensionId === args[1]));
  await toolbox.selectTool(id);
  const browsingContext = await until("the panel's document", () =>
    toolbox.doc.getElementById("toolbox-panel-iframe-" + id)
      ?.contentDocument?.querySelector("browser")?.browsingContext);
  await until("the panel to load", () =>
    browsingContext.currentURI?.spec.startsWith("moz-extension:") &&
    !browsingContext.currentWindowGlobal.isInitialDocument);
  return browsingContext.id;`;

/** Argument: tab. Closes its toolbox and waits until it is gone. */
export const closePanelScript = `${tools}
  await gDevTools.closeToolboxForTab(tab);`;

/** Arguments: tab, width, height. Makes the toolbox's window larger (or smaller, if negative) by so many pixels. */
export const growToolboxScript = `${tools}
  gDevTools.getToolboxForTab(tab).topWindow.resizeBy(args[1], args[2]);`;

/** Argument: tab. Selects the tab and brings its window to the front. Returns the tab that was selected there before. */
export const selectTabScript = `${tools}
  const window = tab.documentGlobal;
  const before = NavigableManager.getIdForBrowser(window.gBrowser.selectedBrowser);
  window.gBrowser.selectedTab = tab;
  window.focus();
  await until("the tab to come to the front", () => tab.linkedBrowser.docShellIsActive);
  return before;`;

/** Argument: tab. Returns its URL. */
export const urlScript = `${tools}
  return tab.linkedBrowser.currentURI.spec;`;

/** Argument: extension id. Stops its event page. */
export const stopBackgroundScript = `
  const { extension } = WebExtensionPolicy.getByID(args[0]);
  await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });`;

/** Argument: extension id. Returns how many content scripts it has. */
export const countScriptsScript = `
  return WebExtensionPolicy.getByID(args[0]).contentScripts.length;`;

/** Argument: extension id. Returns whether its event page is running or being started. */
export const backgroundRunsScript = `
  return WebExtensionPolicy.getByID(args[0]).extension.backgroundState !== "stopped";`;

/** Argument: start of a URL. Returns the handle of the tab that shows it, in whatever window; undefined: there is none. */
export const tabAtScript = `
  const { NavigableManager } = ChromeUtils.importESModule(
    "chrome://remote/content/shared/NavigableManager.sys.mjs");
  const tabs = [...Services.wm.getEnumerator("navigator:browser")].flatMap((window) => [...window.gBrowser.tabs]);
  const tab = tabs.find((tab) => tab.linkedBrowser.currentURI.spec.startsWith(args[0]));
  return tab && NavigableManager.getIdForBrowser(tab.linkedBrowser);`;

/** Argument: theme. Sets the theme of the developer tools, and which colours pages are to prefer. */
export const setThemeScript = `
  Services.prefs.setStringPref("devtools.theme", args[0]);
  Services.prefs.setIntPref("layout.css.prefers-color-scheme.content-override", args[0] === "dark" ? 0 : 1);`;

/** Argument: whether to be offline. Switches Firefox's offline mode. */
export const setOfflineScript = `
  Services.io.manageOfflineStatus = false;
  Services.io.offline = args[0];
  // Firefox spares connections to this machine: an idle one would still serve the next request.
  Services.obs.notifyObservers(null, "net:prune-all-connections");`;

/** Waits until the first window has finished its start-up tasks that run when idle, in Firefox versions that report this. */
export const idleScript = `
  const { gBrowserInit } = Services.wm.getMostRecentWindow("navigator:browser");
  await gBrowserInit.idleTasksFinished?.promise;`;
