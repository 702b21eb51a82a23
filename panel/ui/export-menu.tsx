import { Icon } from "./icon.tsx";
import { lazy } from "./lazy.tsx";
import { MenuButton } from "./menu-button.tsx";

const ExportItems = lazy(async () => (await import("../later-parts.ts")).ExportItems);

export const ExportMenu = () => (
  <MenuButton class="tool" label="Export" opens="menu" testId="export-menu" float={ExportItems}>
    <Icon name="export" />
  </MenuButton>
);
