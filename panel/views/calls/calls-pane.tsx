import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { goToMessage } from "../../state/messages/go-to-message.ts";
import { SLOW_ANSWER } from "../../state/messages/slow-answer.ts";
import { VirtualList } from "../../components/virtual-list.tsx";
import { usePanel } from "../../state/panel-state.ts";
import { clock, duration, whole } from "../../../extension/core/text/format.ts";
import { Icon } from "../../content/deferred-icons.tsx";
import type { Queued } from "../../../extension/core/diagnosis/call-queue.ts";
import { hubName } from "../../../extension/core/model/hub-name.ts";
import type { CallModel } from "../../../extension/core/model/types.ts";
import { QUEUED_WHY, queuedWords } from "../../../extension/wording/call-waits.ts";
import { FATE_WORD } from "../../../extension/wording/labels.ts";
import {
  callRows,
  COLUMNS,
  latencyOf,
  queuedIn,
  type CallColumn,
  type CallOrder,
  type CallRow,
} from "./call-rows.ts";

const ROW = 20;
const WORDS: Readonly<Record<CallColumn, string>> = {
  time: "Time",
  target: "Method",
  fate: "Outcome",
  latency: "Latency",
  hub: "Connection",
};

/** Invocations that expect an answer, and their results. */
export function CallsPane() {
  const panel = usePanel();
  const order = useSignal<CallOrder>({ by: "fate", down: false });
  const at = useSignal<number | null>(null);
  const recording = panel.loaded.value;
  const version = recording?.version.value;
  const since = panel.cleared.at.value;
  const filter = panel.messages.filter.value;
  const rows = useMemo(
    () => (recording ? callRows(recording.model, order.value, filter, since) : []),
    [recording, version, order.value, filter, since],
  );
  const queued = useMemo(
    () => (recording ? queuedIn(recording.model) : new Map<CallModel, Queued>()),
    [recording, version],
  );
  const show = ({ call, hub }: CallRow): void => {
    goToMessage(panel, call.sentAt, hub.key);
    panel.tab.value = "messages";
  };
  if (rows.length === 0) {
    return (
      <div class="pane nothing" id="pane" role="tabpanel" aria-labelledby="tab-calls">
        <b>No calls</b>
        <p>
          {filter.text
            ? "No calls match the filter."
            : "A call is an invocation that expects an answer. Other messages are in Messages."}
        </p>
      </div>
    );
  }
  return (
    <div class="pane" id="pane" role="tabpanel" aria-labelledby="tab-calls">
      <div
        class="col mtable"
        role="grid"
        aria-label="Calls"
        aria-rowcount={rows.length + 1}
        data-testid="call-list"
        onKeyDown={(event) => {
          const now = at.value ?? -1;
          const to = {
            ArrowDown: now + 1,
            ArrowUp: now - 1,
            PageDown: now + 20,
            PageUp: now - 20,
            Home: 0,
            End: rows.length - 1,
          }[event.key];
          if (event.key === "Enter" && rows[now]) show(rows[now]);
          if (to === undefined) return;
          event.preventDefault();
          at.value = Math.max(0, Math.min(rows.length - 1, to));
        }}
      >
        <div class="mrow crow head" role="row">
          <span />
          {COLUMNS.map((column) => (
            <Header key={column} column={column} order={order} />
          ))}
        </div>
        <VirtualList
          rows={rows.length}
          rowHeight={ROW}
          stick={false}
          move={at.value === null ? null : { row: at.value, where: "nearest", turn: at.value }}
        >
          {(first, last, y) =>
            rows.slice(first, last).map((row, i) => (
              <Row
                key={`${row.hub.key}:${row.call.direction}:${row.call.invocationId}:${row.call.sentAt}`}
                row={row}
                queued={queued.get(row.call)}
                index={first + i}
                y={y(first + i)}
                selected={at.value === first + i}
                onPick={() => {
                  at.value = first + i;
                  panel.view.cursor.value = row.call.sentAt;
                }}
                onOpen={() => {
                  show(row);
                }}
              />
            ))
          }
        </VirtualList>
      </div>
    </div>
  );
}

function Header({ column, order }: { column: CallColumn; order: { value: CallOrder } }) {
  const { by, down } = order.value;
  const on = by === column;
  return (
    <span
      role="columnheader"
      class={column === "latency" ? "right" : ""}
      aria-sort={on ? (down ? "descending" : "ascending") : "none"}
    >
      <button
        class="sort"
        onClick={() => {
          order.value = { by: column, down: on ? !down : column === "latency" };
        }}
      >
        {WORDS[column]}
        {on && <Icon name={down ? "down" : "up"} small />}
      </button>
    </span>
  );
}

function Row({
  row: { call, hub },
  queued,
  index,
  y,
  selected,
  onPick,
  onOpen,
}: {
  row: CallRow;
  queued: Queued | undefined;
  index: number;
  y: number;
  selected: boolean;
  onPick: () => void;
  onOpen: () => void;
}) {
  const latency = latencyOf(call);
  const bad = call.fate === "lost" || call.fate === "failed";
  return (
    <div
      class={`mrow crow ${index % 2 ? "odd" : ""} ${selected ? "on" : ""}`}
      style={{ transform: `translateY(${y}px)` }}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-testid="call-row"
      data-fate={call.fate}
      onClick={onPick}
      onDblClick={onOpen}
    >
      <span role="gridcell" class={`dir-${call.direction}`} aria-label={call.direction}>
        <Icon name={call.direction} small />
      </span>
      <span role="gridcell">{clock(call.sentAt, 3)}</span>
      <span role="gridcell" class="tgt">
        {visibleText(call.target)}
        <span class="args">
          {" "}
          {call.stream ? `stream, ${whole(call.items)} items` : ""} #{call.invocationId}
        </span>
        {queued && (
          <span class="waiting" title={QUEUED_WHY} data-testid="call-queued">
            {" "}
            {visibleText(queuedWords(queued))}
          </span>
        )}
      </span>
      <span role="gridcell" class={bad ? "lost" : call.fate === "completed" ? "soft" : "dim"}>
        {FATE_WORD[call.fate]}
      </span>
      <span
        role="gridcell"
        class={`right ${call.fate === "completed" && latency !== null && latency > SLOW_ANSWER && !call.stream ? "slow" : ""}`}
      >
        {latency === null
          ? ""
          : call.fate === "lost"
            ? `after ${duration(latency)}`
            : latency < 10_000
              ? `${whole(latency)} ms`
              : duration(latency)}
      </span>
      <span role="gridcell" class="conn">
        {hubName(hub)}
      </span>
    </div>
  );
}
