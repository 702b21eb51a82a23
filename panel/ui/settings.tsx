import { Icon } from "./icon.tsx";
import { lazy } from "./lazy.tsx";
import { MenuButton } from "./menu-button.tsx";

const SettingsDialog = lazy(async () => (await import("../later-parts.ts")).SettingsDialog);

export const SettingsButton = () => (
  <MenuButton class="tool" label="Settings" opens="dialog" testId="settings" float={SettingsDialog}>
    <Icon name="settings" />
  </MenuButton>
);
