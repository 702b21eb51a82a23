import { EXPORT_FORMATS } from "../../extension/export/export-formats.ts";
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
  const payloads = panel.withPayloads.value;
  return (
    <>
      {EXPORT_FORMATS.map(({ kind, title, payloads: takesPayloads }) => (
        <MenuItem
          key={kind}
          icon="file"
          hint={`.${kind}`}
          disabled={nothing}
          testId={`export-${kind.replace(".", "-")}`}
          onPick={() => {
            onClose();
            void panel.transfer.export(kind, { payloads });
          }}
        >
          {title}
          {takesPayloads && !payloads && ", without payloads"}
        </MenuItem>
      ))}
      <MenuSeparator />
      <TabItem tab="report" onClose={onClose}>
        Contents…{" "}
      </TabItem>
    </>
  );
}
