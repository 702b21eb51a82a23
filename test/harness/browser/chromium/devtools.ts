import type { Frame, Page } from "puppeteer-core";
import { DOCKED_HEIGHT } from "../docked.ts";
import type { Dock, PerformanceTrack, Theme } from "../types.ts";
import { until } from "../until.ts";

/** The DevTools settings a profile starts with. DevTools keeps each value as JSON inside the preferences' JSON. */
export function devtoolsPreferences(theme: Theme, dock: Dock): Record<string, unknown> {
  const settings = {
    "ui-theme": JSON.stringify(uiTheme(theme)),
    currentDockState: JSON.stringify(dock === "window" ? "undocked" : "bottom"),
    // Half of the height of a window of 1080 px; the page above gets the other half.
    ...(dock === "bottom"
      ? { "inspector-view.split-view-state": JSON.stringify({ horizontal: { size: DOCKED_HEIGHT } }) }
      : {}),
    // DevTools starts with its Console. Its default, the Elements panel, would keep working at every change of the page.
    "panel-selected-tab": JSON.stringify("console"),
  };
  // The theme belongs to the settings that a signed-in browser would synchronise.
  return { devtools: { preferences: settings, synced_preferences_sync_disabled: settings } };
}

function uiTheme(theme: Theme): string {
  return theme === "dark" ? "dark" : "default";
}

/** Changes the theme in the same way as DevTools' own settings page. */
export async function setDevtoolsTheme(devtools: Page, theme: Theme): Promise<void> {
  // A DevTools window that has just opened has no settings yet.
  await until("DevTools to take the theme", () =>
    devtools.evaluate(`(async () => {
      const { Settings } = await import("devtools://devtools/bundled/core/common/common.js");
      Settings.Settings.instance().moduleSetting("ui-theme").set(${JSON.stringify(uiTheme(theme))});
      return true;
    })()`),
  );
}

/** Brings one of DevTools' own panels to the front. */
export async function showOwnPanel(devtools: Page, id: string): Promise<void> {
  await until(`the panel ${id}`, () =>
    devtools.evaluate(`(async () => {
      const { InspectorView } = await import("devtools://devtools/bundled/ui/legacy/legacy.js");
      await InspectorView.InspectorView.instance().showPanel(${JSON.stringify(id)});
      return InspectorView.InspectorView.instance().tabbedPane.selectedTabId === ${JSON.stringify(id)};
    })()`),
  );
}

/** Brings the extension's panel to the front. @returns the panel's frame */
export async function showExtensionPanel(devtools: Page): Promise<Frame> {
  // DevTools loads extensions after itself: the panel may appear seconds later.
  await until("the panel among the DevTools tabs", () =>
    devtools.evaluate(`(async () => {
      const { InspectorView } = await import("devtools://devtools/bundled/ui/legacy/legacy.js");
      const view = InspectorView.InspectorView.instance();
      const id = view.tabbedPane?.tabIds?.().find((tab) => tab.startsWith("chrome-extension://"));
      if (!id) return false;
      await view.showPanel(id);
      return true;
    })()`),
  );
  const frame = await until("the panel's frame", () => devtools.frames().find(isPanel));
  await until("the panel to load", () => frame.evaluate("document.readyState === 'complete'"));
  return frame;
}

/** Opens a trace's text in the Performance panel. */
export async function openTrace(devtools: Page, text: string): Promise<readonly PerformanceTrack[]> {
  await showOwnPanel(devtools, "timeline");
  const tracks = await devtools.evaluate(`(async () => {
    const { TimelinePanel } = await import("devtools://devtools/bundled/panels/timeline/timeline.js");
    const panel = TimelinePanel.TimelinePanel.instance();
    await panel.loadFromFile(new File([${JSON.stringify(text)}], "trace.json", { type: "application/json" }));
    const provider = panel.flameChart.getMainDataProvider();
    while (!provider.timelineData()?.groups?.length) await new Promise((resolve) => setTimeout(resolve, 50));
    const { groups, entryLevels, entryStartTimes } = provider.timelineData();
    const entries = [...entryLevels.keys()].sort((a, b) => entryStartTimes[a] - entryStartTimes[b]);
    return groups.map(({ name, startLevel }, i) => {
      const next = groups[i + 1]?.startLevel ?? Infinity;
      const own = entries.filter((at) => entryLevels[at] >= startLevel && entryLevels[at] < next);
      return { name, entries: own.map((at) => provider.entryTitle(at) ?? "") };
    });
  })()`);
  return tracks as PerformanceTrack[];
}

function isPanel(frame: Frame): boolean {
  return /^chrome-extension:\/\/[^/]+\/panel\.html/.test(frame.url());
}
