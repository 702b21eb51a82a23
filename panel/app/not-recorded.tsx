import { unrecordedIn } from "../../extension/core/model/unrecorded.ts";
import type { PageModel } from "../../extension/core/model/types.ts";
import { usePanel } from "../state/panel-state.ts";

/** How many connections aren't recorded. */
export function NotRecorded({ pages }: { pages: readonly PageModel[] }) {
  const panel = usePanel();
  const unseen = unrecordedIn(pages).length;
  if (unseen === 0) return null;
  return (
    <button
      class="lossy"
      title="Connections in workers or of ASP.NET SignalR 2.x are not recorded. See Connections"
      data-testid="not-recorded"
      onClick={() => {
        panel.tab.value = "connections";
      }}
    >
      <b>+{unseen}</b>
      <span> not recorded</span>
    </button>
  );
}
