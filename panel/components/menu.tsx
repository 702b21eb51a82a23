import type { ComponentChildren } from "preact";
import { usePanel } from "../state/panel-state.ts";
import type { TabName } from "../state/tabs.ts";
import { Icon, type IconName } from "../content/deferred-icons.tsx";

interface ItemProps {
  readonly icon?: IconName;
  readonly hint?: string;
  readonly tone?: "bad" | "violet";
  /** Whether this choice is the selected one of several; undefined for an item that is just an action. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly testId?: string;
  readonly onPick: () => void;
  readonly children: ComponentChildren;
}

export function MenuItem({
  icon,
  hint,
  tone,
  checked,
  disabled = false,
  testId,
  onPick,
  children,
}: ItemProps) {
  return (
    <button
      class={`menu-item ${tone ?? ""}`}
      role={checked === undefined ? "menuitem" : "menuitemradio"}
      aria-checked={checked}
      aria-disabled={disabled}
      tabIndex={-1}
      data-testid={testId}
      onClick={() => {
        if (!disabled) onPick();
      }}
    >
      {checked === true ? (
        <Icon name="tick" />
      ) : icon && checked === undefined ? (
        <Icon name={icon} />
      ) : (
        <span />
      )}
      <span class="ellip">{children}</span>
      <span class="hint">{hint}</span>
    </button>
  );
}

/** A menu item that closes the menu and opens a tab of the panel with more about the subject. */
export function TabItem({
  tab,
  onClose,
  children,
}: {
  readonly tab: TabName;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const panel = usePanel();
  return (
    <MenuItem
      icon="settings"
      onPick={() => {
        panel.tab.value = tab;
        document.getElementById(`tab-${tab}`)?.focus();
        onClose();
      }}
    >
      {children}
    </MenuItem>
  );
}

export const MenuTitle = ({ children }: { children: ComponentChildren }) => (
  <div class="menu-title">{children}</div>
);
export const MenuSeparator = () => <div class="menu-sep" role="separator" />;
