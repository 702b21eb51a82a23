/** DevTools' own theme, where the panel is in DevTools. */
import { browser } from "./browser-api.ts";
import { followSystemTheme, setTheme, type Theme } from "./theme.ts";

interface Panels {
  readonly themeName?: string;
  /** Chromium. */
  readonly setThemeChangeHandler?: (changed: (name: string) => void) => void;
  /** Firefox. */
  readonly onThemeChanged?: { addListener(changed: (name: string) => void): void };
}

/** In Chromium "default" or "dark"; in Firefox "light", "dark" or the name of a custom theme. */
const themeOf = (name: string): Theme => (name === "dark" ? "dark" : "light");

export function followDevtoolsTheme(): void {
  const panels = (browser.devtools as { panels?: Panels } | undefined)?.panels;
  if (panels?.themeName === undefined) {
    followSystemTheme();
    return;
  }
  setTheme(themeOf(panels.themeName));
  const changed = (name: string): void => {
    setTheme(themeOf(name));
  };
  panels.onThemeChanged?.addListener(changed);
  panels.setThemeChangeHandler?.(changed);
}
