/**
 * Keys of the timeline: W S zoom, A D pan while held; F fits. By position on the keyboard, so that they work with any layout.
 */
import type { View } from "../state/view.ts";
import { panned, zoomed } from "../state/time-scale.ts";

const HELD = new Set(["KeyW", "KeyS", "KeyA", "KeyD"]);
/** Zoom per millisecond, and pan in shares of the window per millisecond. */
const ZOOM = 0.0028;
const PAN = 0.0009;

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;

export interface HeldKeys {
  /**
   * Moves the view by the held keys, for that many milliseconds.
   * @returns whether any key is held
   */
  step(milliseconds: number): boolean;
  press(code: string): boolean;
  release(code: string): void;
  clear(): void;
}

export function createHeldKeys(view: View): HeldKeys {
  const held = new Set<string>();
  return {
    step(milliseconds) {
      if (held.size === 0) return false;
      const { from, to } = view.range.peek();
      const way = (plus: string, minus: string): number =>
        (held.has(plus) ? 1 : 0) - (held.has(minus) ? 1 : 0);
      const cursor = view.cursor.peek();
      const anchor = cursor !== null && cursor >= from && cursor <= to ? cursor : (from + to) / 2;
      const zoom = way("KeyW", "KeyS");
      const pan = way("KeyD", "KeyA");
      let range = { from, to };
      if (zoom !== 0) range = zoomed(range, Math.exp(zoom * ZOOM * milliseconds), anchor);
      if (pan !== 0) range = panned(range, pan * PAN * milliseconds * (to - from));
      view.set(range);
      return true;
    },
    press(code) {
      if (!HELD.has(code)) return false;
      held.add(code);
      return true;
    },
    release(code) {
      held.delete(code);
    },
    clear() {
      held.clear();
    },
  };
}

/**
 * Listens on the document, but ignores input in fields.
 * @returns stops it
 */
export function attachKeys(view: View, enabled: () => boolean): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const keys = createHeldKeys(view);
  let running = false;
  let last = 0;
  const frame = (time: number): void => {
    running = keys.step(Math.min(50, time - last));
    last = time;
    if (running) requestAnimationFrame(frame);
  };
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !enabled()) return;
      if (event.code === "KeyF") view.fit();
      else if (keys.press(event.code)) {
        // The first press has an effect immediately, however short.
        if (running) return;
        running = true;
        last = performance.now() - 16;
        requestAnimationFrame(frame);
      } else return;
      event.preventDefault();
    },
    { signal },
  );
  document.addEventListener(
    "keyup",
    (event) => {
      keys.release(event.code);
    },
    { signal },
  );
  window.addEventListener(
    "blur",
    () => {
      keys.clear();
    },
    { signal },
  );
  return () => {
    listening.abort();
    keys.clear();
  };
}
