/** The keyboard in the notices: Escape cancels what is running, and a button that goes away doesn't take the focus with it. */
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { Notice, Notices } from "../state/notices.ts";

/** What Escape cancels: the newest work with a Cancel button. */
export const cancelledByEscape = (list: readonly Notice[]): Notice | undefined =>
  list.findLast(({ progress, action }) => progress !== undefined && action !== undefined);

/** Escape anywhere, unless something else has taken it: a menu or a dialog that it closes, a filter or a selection that it clears. */
export function useCancelKey({ list }: Notices): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const running = event.key === "Escape" && !event.defaultPrevented && cancelledByEscape(list.peek());
      if (!running) return;
      event.preventDefault();
      running.action?.run();
    };
    document.addEventListener("keydown", press);
    return () => {
      document.removeEventListener("keydown", press);
    };
  }, [list]);
}

/** When the focused button is removed, the focus goes back to where it came from, or to the tab that is shown. */
export function useKeptFocus(box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    let from: EventTarget | null = null;
    let focused: EventTarget | null = null;
    const isHere = (target: EventTarget | null): target is HTMLElement =>
      target instanceof HTMLElement && target.isConnected;
    const enter = ({ target, relatedTarget }: FocusEvent): void => {
      if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) from = relatedTarget;
      focused = target;
    };
    const leave = ({ target }: FocusEvent): void => {
      queueMicrotask(() => {
        // Otherwise it was removed: see below.
        if (focused === target && isHere(target)) focused = null;
      });
    };
    const removed = new MutationObserver(() => {
      if (focused === null || isHere(focused)) return;
      focused = null;
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      const next = isHere(from)
        ? from
        : (document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]') ??
          document.querySelector<HTMLElement>('[role="toolbar"] button'));
      next?.focus({ preventScroll: true });
    });
    element.addEventListener("focusin", enter);
    element.addEventListener("focusout", leave);
    removed.observe(element, { childList: true, subtree: true });
    return () => {
      element.removeEventListener("focusin", enter);
      element.removeEventListener("focusout", leave);
      removed.disconnect();
    };
  }, []);
}
