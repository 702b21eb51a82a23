import { Icon } from "../ui/icon.tsx";
import { lazy } from "../ui/lazy.tsx";
import { MenuButton } from "../ui/menu-button.tsx";

const BreakItems = lazy(async () => (await import("../later-parts.ts")).BreakItems);

/** The usual faults, one press away. `reason`: why nothing can be broken. */
export const BreakMenu = ({ reason }: { reason: string | null }) => (
  <MenuButton
    class="btn ghost"
    label="Break…"
    title={reason ?? undefined}
    opens="menu"
    testId="break-menu"
    disabled={reason !== null}
    float={BreakItems}
  >
    <Icon name="bolt" />
    <span>Break…</span>
  </MenuButton>
);
