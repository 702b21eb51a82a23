import { usePanel } from "../state/panel-state.ts";
import { MenuItem, MenuSeparator, TabItem } from "./menu.tsx";
import { Popover } from "./popover.tsx";
import type { Floating } from "./use-popover.ts";

export function ExportItems(floating: Floating) {
  const panel = usePanel();
  const nothing = panel.shown.value === null;
  const pick = (kind: "json" | "json.gz" | "html") => () => {
    floating.onClose();
    void panel.transfer.export(kind);
  };
  return (
    <Popover {...floating} role="menu" label="Export">
      <MenuItem icon="file" hint=".html" disabled={nothing} testId="export-html" onPick={pick("html")}>
        Report to read
      </MenuItem>
      <MenuItem icon="file" hint=".json" disabled={nothing} testId="export-json" onPick={pick("json")}>
        Recording
      </MenuItem>
      <MenuItem
        icon="file"
        hint=".json.gz"
        disabled={nothing}
        testId="export-json-gz"
        onPick={pick("json.gz")}
      >
        Recording, compressed
      </MenuItem>
      <MenuSeparator />
      <TabItem tab="report" onClose={floating.onClose}>
        What goes in…
      </TabItem>
    </Popover>
  );
}
