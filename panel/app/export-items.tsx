import { EXPORT_FORMATS, type ExportGroup } from "../../extension/export/export-formats.ts";
import { clock } from "../../extension/core/text/format.ts";
import { exportContents } from "../state/export-contents.ts";
import { usePanel } from "../state/panel-state.ts";
import { MenuItem, MenuSeparator, TabItem } from "../components/menu.tsx";
import { Popover } from "../components/popover.tsx";
import type { Floating } from "../components/use-popover.ts";

export const ExportItems = (floating: Floating) => (
  <Popover {...floating} role="menu" label="Export">
    <ExportEntries onClose={floating.onClose} />
  </Popover>
);

/** What most users want. The tab has the others. */
const GROUPS: readonly ExportGroup[] = ["report", "recording"];
const OFFERED = EXPORT_FORMATS.filter(({ group }) => GROUPS.includes(group));

export function ExportEntries({ onClose }: Pick<Floating, "onClose">) {
  const panel = usePanel();
  const nothing = panel.shown.value === null;
  const { payloads, range } = exportContents(panel);
  const part = range ? `, ${clock(range.from)} to ${clock(range.to)}` : "";
  return (
    <>
      {OFFERED.map(({ kind, title, payloads: takesPayloads }) => (
        <MenuItem
          key={kind}
          icon="file"
          hint={`.${kind}`}
          disabled={nothing}
          testId={`export-${kind.replaceAll(".", "-")}`}
          onPick={() => {
            onClose();
            void panel.transfer.export(kind, exportContents(panel));
          }}
        >
          {title}
          {takesPayloads && !payloads && ", without payloads"}
          {part}
        </MenuItem>
      ))}
      <MenuSeparator />
      <TabItem tab="report" onClose={onClose}>
        Other formats and contents…{" "}
      </TabItem>
    </>
  );
}
