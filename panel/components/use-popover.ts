import type { RefObject } from "preact";
import { useRef, useState } from "preact/hooks";

/** What a button passes to its popover. */
export interface Floating {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** State and handlers that open and close a button's popover. */
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
