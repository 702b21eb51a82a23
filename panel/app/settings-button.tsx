import { Icon } from "../content/icon.tsx";
import { lazy } from "../components/lazy.tsx";
import { MenuButton } from "../components/menu-button.tsx";

const SettingsDialog = lazy(async () => (await import("./deferred-panes.ts")).SettingsDialog);

export const SettingsButton = () => (
  <MenuButton class="tool" label="Settings" opens="dialog" testId="settings" float={SettingsDialog}>
    <Icon name="settings" />
  </MenuButton>
);
