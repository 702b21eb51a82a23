import { usePanel } from "../../state/panel-state.ts";
import type { WorkerPermission } from "../../state/worker-permission.ts";

/** Firefox: whether connections in workers are recorded. Chromium reads them from DevTools: there is nothing to switch. */
export function WorkersField({ permission }: { permission: WorkerPermission | "window" }) {
  const panel = usePanel();
  const { workers } = panel.settings.value;
  const isElsewhere = permission === "window";
  const switchTo = async (on: boolean): Promise<void> => {
    const allowed = on && !isElsewhere && (await permission.ask());
    await panel.changeSettings({ workers: allowed });
  };
  return (
    <fieldset>
      <legend>Workers</legend>
      <label class="check-row">
        <input
          type="checkbox"
          data-testid="settings-workers"
          checked={workers}
          disabled={isElsewhere && !workers}
          onChange={(event) => {
            void switchTo(event.currentTarget.checked);
          }}
        />
        <span>
          Record connections in workers
          <small>
            Only in workers that start while this panel is open: reload the page after switching it on. Code
            is added to the first line of their scripts, so the columns of errors in that line change.
            {isElsewhere &&
              !workers &&
              " It needs a permission, and Firefox grants that only in Hubscope's own window, not in DevTools."}
          </small>
        </span>
      </label>
    </fieldset>
  );
}
