import type { ComponentChildren, ComponentType } from "preact";
import { usePopover, type Floating } from "./use-popover.ts";

interface Props {
  readonly class: string;
  /** The accessible name; also the tooltip of a button that shows only an icon. */
  readonly label?: string;
  readonly title?: string | undefined;
  readonly opens: "menu" | "dialog";
  readonly testId: string;
  readonly disabled?: boolean;
  /** The menu or dialog; rendered only while it is open. */
  readonly float: ComponentType<Floating>;
  readonly data?: Readonly<Record<`data-${string}`, string | boolean | undefined>>;
  readonly children: ComponentChildren;
}

/** A button that opens a menu or dialog below it. */
export function MenuButton(props: Props) {
  const { label, title = label, opens, testId, disabled = false, float: Float, data, children } = props;
  const { anchor, open, toggle, close } = usePopover();
  return (
    <>
      <button
        class={props.class}
        ref={anchor}
        title={title}
        aria-label={label}
        disabled={disabled}
        aria-haspopup={opens}
        aria-expanded={open}
        data-testid={testId}
        {...data}
        onClick={toggle}
        onKeyDown={(event) => {
          if (opens !== "menu" || open || event.key !== "ArrowDown") return;
          event.preventDefault();
          toggle();
        }}
      >
        {children}
      </button>
      {open && !disabled && <Float anchor={anchor} onClose={close} />}
    </>
  );
}
