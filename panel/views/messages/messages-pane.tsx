import { watch } from "../../state/watch.ts";
import { useEffect, useMemo, useState } from "preact/hooks";
import { createPayloads } from "../../state/payloads.ts";
import { usePanel } from "../../state/panel-state.ts";
import { whole } from "../../../extension/core/text/format.ts";
import type { Milliseconds } from "../../../extension/core/units.ts";
import { Icon } from "../../content/icon.tsx";
import { CallArcs } from "./call-arcs.tsx";
import { MessageDetail } from "./message-detail.tsx";
import { isGap } from "../../state/messages/message-list.ts";
import { GapRowView, MessageRow } from "./message-row.tsx";
import { useListPlace } from "./use-list-place.ts";
import { useLasting } from "../../components/use-lasting.ts";
import { VirtualList } from "../../components/virtual-list.tsx";

const ROW = 20;
/** Filtering that is over by then isn't shown. */
const SHOWN_AFTER: Milliseconds = 80;

export function MessagesPane() {
  const panel = usePanel();
  const { messages, selection, view } = panel;
  const recording = panel.loaded.value;
  watch(messages.version);
  const context = messages.context.value;
  const payloads = useMemo(
    () =>
      createPayloads(panel.source, panel.loaded, (error) => {
        panel.notices.failed("The payload can't be read", error);
      }),
    [panel],
  );
  useEffect(() => payloads.stop, [payloads]);
  const selected = selection.message.value;
  const count = messages.length();
  const stick = panel.isLive.value && selection.message.value === null;
  const { move: listMove, onPlace, atEnd } = useListPlace(panel, ROW, stick);
  const [toEnd, setToEnd] = useState(0);
  const progress = messages.progress.value;
  const slow = useLasting(progress < 1, SHOWN_AFTER);
  if (!recording || !context) return <div class="pane" id="pane" />;

  const selectedCall = selected ? context.callOf(selected.row) : null;
  const select = (index: number): void => {
    const row = messages.at(index);
    if (!row || isGap(row)) return;
    selection.message.value = row;
    view.cursor.value = row.event.t;
    messages.wanted.value = { row };
  };
  const move = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && selected) {
      event.preventDefault();
      selection.message.value = null;
      return;
    }
    const own = selected ? messages.indexOf(selected) : -1;
    // The filter may hide the selected row: then the list goes on from its place.
    const at = own >= 0 || !selected ? own : messages.placeOf(selected);
    const page = 20;
    const to = {
      ArrowDown: own >= 0 || !selected ? at + 1 : at,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: count - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    let next = Math.max(0, Math.min(count - 1, to));
    // Gaps can't be selected: continue in the same direction.
    for (let tries = 0; tries < 8; tries++) {
      const row = messages.at(next);
      if (row && !isGap(row)) break;
      next += to >= at ? 1 : -1;
    }
    select(next);
  };
  return (
    <div
      class={selected ? "pane pane-messages" : "pane pane-messages alone"}
      id="pane"
      role="tabpanel"
      aria-labelledby="tab-messages"
    >
      <div class="col mbox">
        <div
          class={slow && messages.stale.value ? "mtable stale" : "mtable"}
          role="grid"
          aria-busy={progress < 1}
          aria-label="Messages and events"
          aria-rowcount={count + 1}
          data-testid="message-list"
          data-rows={count}
          onKeyDown={move}
        >
          <div class="mrow head" role="row" aria-rowindex={1}>
            <span />
            <span role="columnheader">Time</span>
            <span />
            <span role="columnheader">Type</span>
            <span role="columnheader">Target</span>
            <span role="columnheader" class="right">
              Size
            </span>
            <span role="columnheader" class="right">
              Latency
            </span>
            <span role="columnheader">Connection</span>
          </div>
          {count === 0 && (
            <div class="nothing">
              {progress < 1 ? <p>Filtering…</p> : <p>No messages match the filter.</p>}
            </div>
          )}
          <VirtualList
            rows={count}
            rowHeight={ROW}
            move={listMove}
            toEnd={toEnd}
            onPlace={onPlace}
            stick={stick}
            overlay={(first, last, y) => (
              <CallArcs
                list={messages}
                context={context}
                first={first}
                last={last}
                y={y}
                selected={selectedCall}
              />
            )}
          >
            {(first, last, y) => {
              const rows = [];
              for (let i = first; i < last; i++) {
                const row = messages.at(i);
                if (!row) continue;
                if (isGap(row)) {
                  rows.push(
                    <GapRowView
                      key={row.gap.interruption.key}
                      gap={row.gap}
                      index={i}
                      y={y(i)}
                      now={view.extent.value.to}
                      onShow={() => {
                        selection.downtimeKey.value = row.gap.interruption.key;
                        panel.tab.value = "interruptions";
                      }}
                    />,
                  );
                  continue;
                }
                const call = context.callOf(row.row);
                rows.push(
                  <MessageRow
                    key={row.row}
                    row={row}
                    index={i}
                    y={y(i)}
                    hub={context.hubOfRow(row.row)}
                    call={call}
                    replay={context.sequenceOf(row.row).replay}
                    payload={payloads.of(row.row)?.message ?? null}
                    selected={row.row === selected?.row}
                    paired={call !== null && call === selectedCall}
                    onSelect={() => {
                      select(i);
                    }}
                  />,
                );
              }
              return rows;
            }}
          </VirtualList>
        </div>
        {panel.isLive.value && !atEnd && count > 0 && (
          <button
            class="btn to-end"
            data-testid="to-newest"
            onClick={() => {
              selection.message.value = null;
              setToEnd(toEnd + 1);
            }}
          >
            <Icon name="down" />
            Newest
          </button>
        )}
        {slow && <div class="mfoot">Filtering, {whole(progress * 100)} %</div>}
      </div>
      {selected && <MessageDetail row={selected} context={context} payloads={payloads} />}
    </div>
  );
}
