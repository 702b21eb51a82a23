/** The theme of the panel: what DevTools says, or what the system prefers. */
import { signal } from "@preact/signals";

export type Theme = "light" | "dark";

export const theme = signal<Theme>("light");

export function setTheme(next: Theme): void {
  document.documentElement.dataset["theme"] = next;
  theme.value = next;
}

let medium = 0;

/**
 * Segoe UI and others have no medium weight, and show regular instead: emphasis would be lost. There, semibold is used.
 * @returns the weight of emphasis, which the stylesheet has from here too
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

/** Follows the system, for a panel that no DevTools tells. */
export function followSystemTheme(): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  setTheme(dark.matches ? "dark" : "light");
  dark.addEventListener("change", () => {
    setTheme(dark.matches ? "dark" : "light");
  });
}
