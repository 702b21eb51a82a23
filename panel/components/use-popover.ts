import type { RefObject } from "preact";
import { useRef, useState } from "preact/hooks";

/** What a popover needs to know of its button. */
export interface Floating {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** Opening and closing, for a button and its popover. */
export function usePopover(): {
  anchor: RefObject<HTMLButtonElement | null>;
  open: boolean;
  toggle: () => void;
  close: () => void;
} {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return {
    anchor,
    open,
    toggle: () => {
      setOpen((old) => !old);
    },
    close: () => {
      setOpen(false);
    },
  };
}
