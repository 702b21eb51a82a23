import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Floating } from "./use-popover.ts";

interface Props extends Floating {
  readonly role: "menu" | "dialog";
  readonly label: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A box below its anchor, kept within the window. It closes on Escape, on a click outside, and when it loses the focus. */
export function Popover({ anchor, onClose, role, label, class: extra = "", children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    const from = anchor.current?.getBoundingClientRect();
    if (!element || !from) return;
    const left = Math.max(4, Math.min(from.left, window.innerWidth - element.offsetWidth - 4));
    element.style.left = `${left}px`;
    element.style.top = `${from.bottom + 2}px`;
  });
  // A layout effect: a key that is pressed right after opening must already reach the popover.
  useLayoutEffect(() => {
    const first = box.current?.querySelector<HTMLElement>(
      "[data-autofocus], [role^=menuitem], button, input",
    );
    first?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    const press = (event: Event): void => {
      const inside = event.composedPath();
      if (box.current && !inside.includes(box.current) && anchor.current && !inside.includes(anchor.current))
        onClose();
    };
    document.addEventListener("pointerdown", press, true);
    return () => {
      document.removeEventListener("pointerdown", press, true);
    };
  }, []);
  useLayoutEffect(() => {
    const element = box.current;
    const from = anchor.current;
    // The focused element is removed with the popover, so the button gets the focus back.
    return () => {
      if (element?.contains(document.activeElement)) from?.focus({ preventScroll: true });
    };
  }, []);
  return (
    <div
      ref={box}
      class={`float ${extra}`}
      role={role}
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.stopPropagation();
          onClose();
        } else if (role === "menu") moveInMenu(event, box.current);
      }}
      onFocusOut={(event) => {
        const to = event.relatedTarget as Node | null;
        if (to && !box.current?.contains(to) && to !== anchor.current) onClose();
      }}
    >
      {children}
    </div>
  );
}

function moveInMenu(event: KeyboardEvent, box: HTMLElement | null): void {
  if (!box) return;
  const items = [...box.querySelectorAll<HTMLElement>("[role^=menuitem]:not([aria-disabled=true])")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items[(to + items.length) % items.length]?.focus();
}
