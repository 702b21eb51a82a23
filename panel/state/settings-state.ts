/**
 * The settings, shared with other panels and the toolbar button: each change is applied to the settings that are stored at that
 * time.
 */
import type { Signal } from "@preact/signals";
import type { Settings } from "../../extension/core/settings.ts";
import type { Notices } from "./notices.ts";
import type { PanelSource } from "./source.ts";

export type SettingsChange = Partial<Settings> | ((now: Settings) => Partial<Settings>);

const applied = (now: Settings, change: SettingsChange): Settings => ({
  ...now,
  ...(typeof change === "function" ? change(now) : change),
});

export function createSettings(
  source: Pick<PanelSource, "settings" | "changeSettings">,
  settings: Signal<Settings>,
  notices: Notices,
): { change(change: SettingsChange): Promise<void>; refresh(): void } {
  let queue: Promise<void> = Promise.resolve();
  let waiting = 0;

  const save = async (change: SettingsChange): Promise<void> => {
    try {
      await source.changeSettings((now) => applied(now, change));
    } catch (error) {
      notices.failed("The settings can't be saved", error);
    }
  };
  const read = async (): Promise<void> => {
    try {
      const stored = await source.settings();
      // Changes are shown before they are saved.
      if (waiting === 0) settings.value = stored;
    } catch (error) {
      notices.failed("The settings can't be loaded", error);
    }
  };
  return {
    change(change) {
      settings.value = applied(settings.peek(), change);
      waiting++;
      queue = queue.then(async () => {
        await save(change);
        waiting--;
        await read();
      });
      return queue;
    },
    refresh: () => void read(),
  };
}
