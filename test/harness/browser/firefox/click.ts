/** Where to click, in CSS pixels of the viewport, or the reason why it isn't possible. */
export type ClickPoint = { x: number; y: number } | string;

/** Runs in the document: scrolls the element into view and finds a point of it that isn't covered by another element. */
export function clickPoint(css: string): ClickPoint {
  const element = document.querySelector(css);
  if (!element) return "not there";
  element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
  const rect = [...element.getClientRects()].find(({ width, height }) => width > 0 && height > 0);
  if (!rect) return "not visible";
  const x = rect.x + rect.width / 2;
  const y = rect.y + rect.height / 2;
  const reached = document.elementFromPoint(x, y);
  if (!reached) return "out of view";
  if (!element.contains(reached)) return `covered by ${reached.tagName} ${reached.id || reached.className}`;
  return { x: Math.floor(x), y: Math.floor(y) };
}

/** The WebDriver action that clicks at this point with the main mouse button. */
export function clickAt({ x, y }: { x: number; y: number }): object {
  return {
    type: "pointer",
    id: "mouse",
    parameters: { pointerType: "mouse" },
    actions: [
      { type: "pointerMove", x, y, duration: 0, origin: "viewport" },
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ],
  };
}
