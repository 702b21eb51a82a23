import { useState } from "preact/hooks";
import { suspendTab } from "../state/fault-actions.ts";
import { usePanel } from "../state/panel-state.ts";
import { TABS } from "../state/tabs.ts";
import { ExportEntries } from "./export-items.tsx";
import { MenuItem, MenuSeparator, MenuTitle } from "../components/menu.tsx";
import { Popover } from "../components/popover.tsx";
import { SettingsDialog } from "../views/settings/settings-dialog.tsx";
import { TAB_NAMES } from "./tab-names.ts";
import type { Floating } from "../components/use-popover.ts";

/** Menu items for buttons that don't fit into a narrow toolbar. */
export function MoreItems(floating: Floating) {
  const panel = usePanel();
  const [settings, setSettings] = useState(false);
  const reason = panel.cantBreak.value;
  if (settings) return <SettingsDialog {...floating} />;
  return (
    <Popover {...floating} role="menu" label="More">
      <MenuItem
        icon="moon"
        disabled={reason !== null}
        testId="more-suspend"
        onPick={() => {
          floating.onClose();
          void suspendTab(panel);
        }}
      >
        Suspend the tab
      </MenuItem>
      <MenuSeparator />
      <MenuTitle>Export</MenuTitle>
      <ExportEntries onClose={floating.onClose} />
      <MenuSeparator />
      <MenuItem
        icon="settings"
        testId="more-settings"
        onPick={() => {
          setSettings(true);
        }}
      >
        Settings…
      </MenuItem>
    </Popover>
  );
}

/** Menu items for all views, if their tabs don't fit. */
export function ViewItems(floating: Floating) {
  const panel = usePanel();
  return (
    <Popover {...floating} role="menu" label="Views">
      {TABS.map((tab) => (
        <MenuItem
          key={tab}
          checked={tab === panel.tab.value}
          testId={`view-${tab}`}
          onPick={() => {
            panel.tab.value = tab;
            floating.onClose();
          }}
        >
          {TAB_NAMES[tab]}
        </MenuItem>
      ))}
    </Popover>
  );
}
