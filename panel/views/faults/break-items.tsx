import { FAULTS, defaultCommand, type FaultName } from "../../../extension/core/faults/vocabulary.ts";
import { engine } from "../../state/engine.ts";
import { usePanel } from "../../state/panel-state.ts";
import { duration } from "../../../extension/core/text/format.ts";
import { MenuItem, MenuSeparator, MenuTitle, TabItem } from "../../components/menu.tsx";
import { Popover } from "../../components/popover.tsx";
import type { Floating } from "../../components/use-popover.ts";
import { inject } from "../../state/fault-actions.ts";
import { resolveTarget, isPageWide } from "./target.ts";
import { hintFor, USUAL_FAULTS } from "./catalogue.ts";

export function BreakItems(floating: Floating) {
  const panel = usePanel();
  const { faults } = panel;
  const targets = faults.targets.value;
  const target = faults.target.value;
  return (
    <Popover {...floating} role="menu" label="Break">
      <MenuTitle>Target</MenuTitle>
      {targets.map((one) => (
        <MenuItem
          key={one.key}
          checked={one.key === target?.key}
          hint={one.hub !== null && one.socket === null ? "not connected" : ""}
          onPick={() => {
            faults.targetKey.value = one.key;
          }}
        >
          {one.label}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuTitle>Fault</MenuTitle>
      {USUAL_FAULTS.map((name) => {
        const resolved = resolveTarget(name, targets, target, { of: "connection", share: null }, engine);
        return (
          <MenuItem
            key={name}
            icon="bolt"
            tone="violet"
            testId={`break-${name}`}
            hint={menuHint(name)}
            disabled={!resolved.ok}
            onPick={() => {
              floating.onClose();
              if (resolved.ok) void inject(panel, resolved.pages, defaultCommand(name, resolved.target));
            }}
          >
            {FAULTS[name].title}
          </MenuItem>
        );
      })}
      <MenuSeparator />
      <TabItem tab="faults" onClose={floating.onClose}>
        Fault lab…
      </TabItem>
    </Popover>
  );
}

/** The fault's duration, and its target if that isn't the chosen one. */
function menuHint(name: FaultName): string {
  const command = defaultCommand(name, { scope: "page" });
  const parts = [
    ...(isPageWide(name) ? ["whole page"] : []),
    ...("duration" in command ? [duration(command.duration)] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : hintFor(name);
}
