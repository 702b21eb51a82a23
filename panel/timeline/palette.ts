/** Colours of the theme, read from the stylesheet so that canvas and page can't differ. */

const NAMES = [
  "bg",
  "bg-sub",
  "bg-sunk",
  "line",
  "line-2",
  "grid",
  "fg",
  "fg-2",
  "fg-3",
  "accent",
  "accent-fg",
  "accent-tint",
  "connected-fill",
  "connected-edge",
  "connected-text",
  "resumed-fill",
  "resumed-edge",
  "resumed-text",
  "connecting-fill",
  "connecting-edge",
  "connecting-text",
  "reconnecting-fill",
  "reconnecting-edge",
  "reconnecting-text",
  "disconnected-fill",
  "disconnected-edge",
  "disconnected-text",
  "stopped-fill",
  "stopped-edge",
  "stopped-text",
  "visible-fill",
  "hidden-fill",
  "frozen-fill",
  "frozen-edge",
  "frozen-text",
  "offline-fill",
  "offline-text",
  "longtask",
  "injected-fill",
  "injected-soft",
  "injected-edge",
  "injected-text",
  "msg-in",
  "msg-out",
  "socket-fill",
  "socket-edge",
  "bad",
  "warn",
  "warn-mark",
  "good",
] as const;

export type ColourName = (typeof NAMES)[number];
export type Palette = Readonly<Record<ColourName, string>>;

export function readPalette(of: Element): Palette {
  const style = getComputedStyle(of);
  return Object.fromEntries(
    NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  ) as Palette;
}

/** A palette of colour names, for logged drawings in tests. */
export const namedPalette = (): Palette => Object.fromEntries(NAMES.map((name) => [name, name])) as Palette;
