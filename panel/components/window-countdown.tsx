import type { HubConnectionModel } from "../../extension/core/model/types.ts";
import { useEvents } from "../state/follow-events.ts";
import { usePanel } from "../state/panel-state.ts";
import { duration } from "../../extension/core/text/format.ts";
import { windowLeft } from "../../extension/wording/resume-facts.ts";

/** While a client tries to resume its connection: how long the server still keeps it. Otherwise nothing. */
export function WindowCountdown({ hub }: { hub: HubConnectionModel }) {
  const panel = usePanel();
  useEvents();
  const left = windowLeft(hub.stateful, panel.view.extent.value.to);
  if (!left) return null;
  return (
    <div class={left.left > 0 ? "window-left" : "window-left over"} data-testid="resume-window">
      <p>
        <b>{left.left > 0 ? duration(left.left) : "Over"}</b>{" "}
        {left.left > 0
          ? `left of the ${duration(left.window)} for which the server keeps the connection (default)`
          : `: the server keeps a connection for ${duration(left.window)} (default). The connection will get a new id.`}
      </p>
      <meter
        class="vh"
        min={0}
        max={left.window}
        value={left.left}
        aria-label="Time left to resume the connection"
      />
      <div class="gauge" aria-hidden="true">
        <i style={{ width: `${left.share * 100}%` }} />
      </div>
    </div>
  );
}
