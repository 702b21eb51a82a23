import { Icon } from "../content/icon.tsx";
import { lazy } from "../components/lazy.tsx";
import { MenuButton } from "../components/menu-button.tsx";

const BreakItems = lazy(async () => (await import("./deferred-panes.ts")).BreakItems);

/** The menu with the most common faults. `reason`: why no fault can be injected. */
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
