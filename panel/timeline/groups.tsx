import { SERVER_TIMEOUT } from "../../extension/core/protocol/defaults.ts";
import { duration } from "../../extension/core/text/format.ts";
import { Icon } from "../content/icon.tsx";
import { GroupHeader } from "./group-header.tsx";
import type { Indices } from "./hub-index.ts";
import { LANE_WORDS, type Layout } from "./layout.ts";
import type { Folds } from "./scene.ts";

interface Props {
  readonly layout: Layout;
  readonly folds: Folds;
  readonly indices: Indices;
  readonly selectedHub: string | null;
}

/** The labels beside the lanes: a header for each hub connection, and a name for each lane. */
export function Groups({ layout, folds, indices, selectedHub }: Props) {
  return (
    <>
      {layout.groups.map((group) => (
        <>
          <GroupHeader
            key={group.hub.key}
            group={group}
            gutter={layout.gutter}
            index={indices.of(group.hub)}
            selected={group.hub.key === selectedHub}
            onFold={() => {
              folds.value = new Map([...folds.value, [group.hub.key, !group.folded]]);
            }}
          />
          {!group.folded &&
            group.lanes.map((lane) => (
              <div
                class={lane.h < MIN_WORDS ? "lane-label low" : "lane-label"}
                key={lane.kind}
                style={{ top: `${lane.y}px`, height: `${lane.h}px`, width: `${layout.gutter}px` }}
              >
                <span>{LANE_WORDS[lane.kind][layout.narrow ? 1 : 0]}</span>
                {!layout.narrow && lane.kind === "messages" && <span class="dim">in / out</span>}
                {!layout.narrow && lane.kind === "pings" && (
                  <span class="dim">gap to {duration(group.hub.serverTimeout ?? SERVER_TIMEOUT)}</span>
                )}
              </div>
            ))}
        </>
      ))}
    </>
  );
}

/** Below this height a lane's name is smaller. */
const MIN_WORDS = 14;

/** Collapses all groups to one line each, or expands them all. */
export function FoldAll({ layout, folds }: Pick<Props, "layout" | "folds">) {
  if (layout.groups.length < 2) return null;
  const anyOpen = layout.groups.some((group) => !group.folded);
  const label = anyOpen ? "Collapse all connections" : "Expand all connections";
  return (
    <button
      class="fold-all"
      style={{ height: `${layout.axisHeight}px`, width: `${layout.gutter - 1}px` }}
      title={label}
      aria-label={label}
      data-testid="fold-all"
      onClick={() => {
        folds.value = new Map(layout.groups.map(({ hub }) => [hub.key, anyOpen]));
      }}
    >
      <Icon name={anyOpen ? "down" : "right"} />
      {!layout.narrow && <span>{anyOpen ? "Collapse all" : "Expand all"}</span>}
    </button>
  );
}
