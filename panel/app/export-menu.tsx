import { Icon } from "../content/icon.tsx";
import { lazy } from "../components/lazy.tsx";
import { MenuButton } from "../components/menu-button.tsx";

const ExportItems = lazy(async () => (await import("./deferred-panes.ts")).ExportItems);

export const ExportMenu = () => (
  <MenuButton class="tool" label="Export" opens="menu" testId="export-menu" float={ExportItems}>
    <Icon name="export" />
  </MenuButton>
);
