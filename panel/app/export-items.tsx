import { usePanel } from "../state/panel-state.ts";
import { MenuItem, MenuSeparator, TabItem } from "../components/menu.tsx";
import { Popover } from "../components/popover.tsx";
import type { Floating } from "../components/use-popover.ts";

export const ExportItems = (floating: Floating) => (
  <Popover {...floating} role="menu" label="Export">
    <ExportEntries onClose={floating.onClose} />
  </Popover>
);

export function ExportEntries({ onClose }: Pick<Floating, "onClose">) {
  const panel = usePanel();
  const nothing = panel.shown.value === null;
  const pick = (kind: "json" | "json.gz" | "html") => () => {
    onClose();
    void panel.transfer.export(kind);
  };
  return (
    <>
      <MenuItem icon="file" hint=".html" disabled={nothing} testId="export-html" onPick={pick("html")}>
        HTML report
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
      <TabItem tab="report" onClose={onClose}>
        Contents…
      </TabItem>
    </>
  );
}
