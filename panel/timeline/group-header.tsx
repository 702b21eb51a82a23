import { hubName } from "../../extension/core/model/hub-name.ts";
import type { HubConnectionModel } from "../../extension/core/model/types.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";
import { lazy } from "../components/lazy.tsx";
import { CopyButton } from "../components/copy-button.tsx";
import { counted, duration, shortId, whole } from "../../extension/core/text/format.ts";
import { Icon } from "../content/icon.tsx";
import { usePanel } from "../state/panel-state.ts";
import { spanWord, STATE_WORD } from "../../extension/wording/words.ts";
import type { Counted } from "./header-totals.ts";
import type { HubIndex } from "./hub-index.ts";
import type { GroupRows } from "./layout.ts";

const Waiting = lazy(async () => (await import("../app/deferred-panes.ts")).Waiting);
const HubFacts = lazy(async () => (await import("../app/deferred-panes.ts")).HubFacts);

function ioTitle({ messages, swallowed }: Counted, direction: "in" | "out"): string {
  const kept = swallowed > 0 ? `, and ${whole(swallowed)} swallowed by faults` : "";
  return `${counted(messages, "message")} ${direction}${kept}`;
}

interface Props {
  readonly group: GroupRows;
  readonly gutter: number;
  readonly index: HubIndex;
  readonly selected: boolean;
  readonly onFold: () => void;
}

export function GroupHeader({ group, gutter, index, selected, onFold }: Props) {
  const { hub, folded } = group;
  const panel = usePanel();
  const state = hub.states.at(-1)?.state ?? "disconnected";
  const name = hubName(hub);
  const word = spanWord(hub.states, hub.states.length - 1) || STATE_WORD[state];
  const place = folded
    ? { top: `${group.y}px`, height: `${group.bottom - group.y}px`, width: `${gutter}px` }
    : { top: `${group.y}px`, height: `${group.headHeight}px` };
  return (
    <div
      class={`group-head ${selected ? "selected" : ""} ${folded ? "line" : ""}`}
      style={place}
      data-testid="hub-group"
      data-state={state}
      data-path={hub.path}
      data-key={hub.key}
      data-folded={folded}
      role="group"
      aria-label={`Hub connection ${name}, ${word}`}
    >
      <button
        class="twist"
        aria-label={folded ? `Expand ${name}` : `Collapse ${name}`}
        aria-expanded={!folded}
        onClick={onFold}
      >
        <Icon name={folded ? "right" : "down"} />
      </button>
      <button
        class="hub"
        title={`${hub.url}: show its details`}
        data-testid="hub-details"
        onClick={() => {
          panel.selection.hubKey.value = hub.key;
          panel.tab.value = "connections";
        }}
      >
        <bdi>
          {folded && gutter < 100 ? hubName({ ...hub, path: lastPart(hub.path), place: null }) : name}
        </bdi>
      </button>
      <span class={`pill ${state}`} data-testid="hub-state" title={word}>
        {word}
      </span>
      {!folded && (
        <>
          <Waiting hub={hub} />
          <Facts hub={hub} index={index} since={panel.cleared.at.value} />
        </>
      )}
    </div>
  );
}

/** The distinctive part of a path if there is no room for all of it: "board" of "/hubs/board". */
const lastPart = (path: string): string => path.split("/").findLast((part) => part !== "") ?? path;

interface FactsProps {
  readonly hub: HubConnectionModel;
  readonly index: HubIndex;
  readonly since: EpochMilliseconds;
}

/** Reads no signals: it is rendered again with its header. (The model's objects stay the same when they change.) */
function Facts({ hub, index, since }: FactsProps) {
  const totals = index.totals.since(hub, since);
  const p50 = index.p50Since(since);
  return (
    <>
      <HubFacts hub={hub} />
      <span class="grow" />
      {hub.connectionId !== null && (
        <span class="stat id">
          <code title={hub.connectionId}>{shortId(hub.connectionId)}</code>
          <CopyButton text={hub.connectionId} label={`Copy the connection id of ${hubName(hub)}`} />
        </span>
      )}
      {(["in", "out"] as const).map((direction) => (
        <span key={direction} class="stat io" title={ioTitle(totals[direction], direction)}>
          <Icon name={direction} />
          {whole(totals[direction].messages)}
        </span>
      ))}
      <span class="stat p50" title="Median latency of calls">
        {p50 !== null && (
          <>
            <span class="dim">p50</span> {duration(p50)}
          </>
        )}
      </span>
    </>
  );
}
