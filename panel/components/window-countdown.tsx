import type { HubConnectionModel } from "../../extension/core/model/types.ts";
import { usePanel } from "../state/panel-state.ts";
import { duration } from "../../extension/core/text/format.ts";
import { windowLeft } from "../../extension/wording/resume-facts.ts";

/** While a connection is being taken up again: how long its server still waits. Nothing otherwise. */
export function WindowCountdown({ hub }: { hub: HubConnectionModel }) {
  const panel = usePanel();
  const left = windowLeft(hub.stateful, panel.view.extent.value.to);
  if (!left) return null;
  return (
    <div class={left.left > 0 ? "window-left" : "window-left over"} data-testid="resume-window">
      <p>
        <b>{left.left > 0 ? duration(left.left) : "Over"}</b>{" "}
        {left.left > 0
          ? `left of the ${duration(left.window)} in which the server keeps the connection, unless configured otherwise`
          : `: the server keeps a connection for ${duration(left.window)}, unless configured otherwise. It comes back with a new id now.`}
      </p>
      <meter
        class="vh"
        min={0}
        max={left.window}
        value={left.left}
        aria-label="Time left to take the connection up again"
      />
      <div class="gauge" aria-hidden="true">
        <i style={{ width: `${left.share * 100}%` }} />
      </div>
    </div>
  );
}
