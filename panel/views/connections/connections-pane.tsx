import { useEffect, useRef } from "preact/hooks";
import { hubName } from "../../../extension/core/model/hub-name.ts";
import type { HubConnectionModel, PageModel } from "../../../extension/core/model/types.ts";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { usePanel } from "../../state/panel-state.ts";
import { watch } from "../../state/watch.ts";
import { protocolName } from "../../../extension/wording/hub-words.ts";
import { spanWord } from "../../../extension/wording/words.ts";
import { PanelContent } from "../../components/panel-content.tsx";
import { CircuitInspector } from "./circuit-inspector.tsx";
import { HubDetails } from "./hub-details.tsx";
import { UnrecordedList } from "../../content/unrecorded-list.tsx";
import { StatefulInspector } from "./stateful-inspector.tsx";
import { unrecordedOf } from "../../../extension/wording/unrecorded.ts";

/** All details of every hub connection: its server, how it connected, and stateful reconnect. */
export function ConnectionsPane() {
  const panel = usePanel();
  const recording = panel.loaded.value;
  watch(recording?.version);
  const hubs = panel.cleared.hubs.value;
  const chosen = panel.selection.hubKey.value ?? panel.selection.downtime.value?.hub.key;
  const hub = hubs.find(({ key }) => key === chosen) ?? hubs[0];
  return (
    <div class="pane pane-connections" id="pane" role="tabpanel" aria-labelledby="tab-connections">
      <div class="col clist-col">
        <HubList hubs={hubs} selected={hub?.key ?? null} />
        <Unrecorded pages={recording?.model.pages ?? []} />
      </div>
      {hub && (
        <div class="connection">
          <PanelContent>
            <HubDetails key={hub.key} hub={hub} />
            {hub.circuit === null ? (
              <StatefulInspector hub={hub} />
            ) : (
              <CircuitInspector hub={hub} circuit={hub.circuit} />
            )}
          </PanelContent>
        </div>
      )}
    </div>
  );
}

function HubList({ hubs, selected }: { hubs: readonly HubConnectionModel[]; selected: string | null }) {
  const panel = usePanel();
  const box = useRef<HTMLUListElement>(null);
  const at = hubs.findIndex(({ key }) => key === selected);
  useEffect(() => {
    box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  const select = (hub: HubConnectionModel | undefined): void => {
    if (hub) panel.selection.hubKey.value = hub.key;
  };
  return (
    <ul
      class="ilist"
      ref={box}
      role="listbox"
      aria-label="Hub connections"
      tabIndex={0}
      aria-activedescendant={selected === null ? undefined : `c-${selected}`}
      onKeyDown={(event) => {
        const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: hubs.length - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        select(hubs[Math.max(0, Math.min(hubs.length - 1, to))]);
      }}
    >
      {hubs.map((hub) => {
        const state = hub.states.at(-1)?.state ?? "disconnected";
        return (
          <li
            key={hub.key}
            id={`c-${hub.key}`}
            role="option"
            aria-selected={hub.key === selected}
            data-testid="connection-row"
            data-path={hub.path}
            onClick={() => {
              select(hub);
            }}
          >
            <span class={`mark ${state}`} />
            <span class="t ellip">{visibleText(hubName(hub))}</span>
            <span class="dim">{spanWord(hub.states, hub.states.length - 1)}</span>
            <span class="where ellip">
              {[hub.transport, hub.protocol === null ? null : protocolName(hub.protocol)]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** Connections that can't be recorded. */
function Unrecorded({ pages }: { pages: readonly PageModel[] }) {
  const all = unrecordedOf(pages);
  if (all.length === 0) return null;
  return (
    <section class="unrecorded" data-testid="unrecorded">
      <h2 class="section">Detected, not recorded</h2>
      <UnrecordedList all={all} />
    </section>
  );
}
