/** The theme of the panel: that of DevTools, or the system's preference. */
import { signal } from "@preact/signals";

export type Theme = "light" | "dark";

export const theme = signal<Theme>("light");

export function setTheme(next: Theme): void {
  document.documentElement.dataset["theme"] = next;
  theme.value = next;
}

let medium = 0;

/**
 * Segoe UI and others have no medium weight, and the browser would use regular: so emphasis uses semibold with them.
 * @returns the font weight for emphasis, also used by the stylesheet
 */
export function mediumWeight(): number {
  if (medium > 0) return medium;
  const pen = document.createElement("canvas").getContext("2d");
  const { fontFamily } = getComputedStyle(document.body);
  const width = (weight: number): number => {
    if (!pen) return weight;
    pen.font = `${weight} 40px ${fontFamily}`;
    return pen.measureText("Reconnecting").width;
  };
  medium = width(400) === width(500) ? 600 : 500;
  document.documentElement.style.setProperty("--w-med", String(medium));
  return medium;
}

/** Follows the system, for a panel outside of DevTools. */
export function followSystemTheme(): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  setTheme(dark.matches ? "dark" : "light");
  dark.addEventListener("change", () => {
    setTheme(dark.matches ? "dark" : "light");
  });
}
