/** Keeps the message list's position when the filter changes: the selected row or the first visible one stays in place. */
import { useRef, useState } from "preact/hooks";
import type { LogRow } from "../../state/event-log.ts";
import type { PanelState } from "../../state/panel-state.ts";
import { isGap } from "../../state/messages/message-list.ts";
import type { ListMove, ListPlace } from "../../components/virtual-list.tsx";

export interface ListPlaceKeeper {
  readonly move: ListMove | null;
  readonly atEnd: boolean;
  readonly onPlace: (place: ListPlace) => void;
}

export function useListPlace(panel: PanelState, rowHeight: number, stick: boolean): ListPlaceKeeper {
  const { messages, selection } = panel;
  const [atEnd, setAtEnd] = useState(true);
  const epoch = useRef<number | null>(null);
  /** The rows are being filtered again: the position is restored with every part. */
  const restoring = useRef(false);
  /** The list was just opened: its last position is restored. */
  const opened = useRef(true);
  const move = useRef<ListMove | null>(null);

  if (epoch.current !== messages.epoch.value) {
    opened.current = epoch.current === null;
    epoch.current = messages.epoch.value;
    restoring.current = messages.anchor !== null;
  }
  const wish = messages.wanted.value;
  const wished = wish === null || wish === messages.granted ? -1 : messages.indexOf(wish.row);
  if (wished >= 0) {
    messages.granted = wish;
    restoring.current = false;
    move.current = { row: wished, where: "centre", turn: wish };
  } else if (restoring.current && messages.anchor) {
    const { anchor } = messages;
    const selected = selection.message.peek();
    const at = selected ? messages.indexOf(selected) : -1;
    const turn = messages.version.value;
    move.current =
      selected?.row !== anchor.row.row && at >= 0 && !opened.current
        ? { row: at, where: "centre", turn }
        : { row: messages.placeOf(anchor.row), where: { offset: anchor.offset }, turn };
  }

  const remember = ({ first, hidden, viewport, atEnd }: ListPlace): void => {
    if (stick && atEnd) {
      messages.anchor = null;
      return;
    }
    const offsetOf = (index: number): number => (index - first) * rowHeight - hidden;
    const selected = selection.message.peek();
    const at = selected ? messages.indexOf(selected) : -1;
    const seen = at >= 0 && offsetOf(at) >= 0 && offsetOf(at) < viewport;
    const uppermost = [0, 1, 2, 3].find((i) => isRow(messages.at(first + i)));
    if (selected && seen) messages.anchor = { row: selected, offset: offsetOf(at) };
    else if (uppermost !== undefined)
      messages.anchor = {
        row: messages.at(first + uppermost) as LogRow,
        offset: offsetOf(first + uppermost),
      };
  };

  return {
    move: move.current,
    atEnd,
    onPlace(place) {
      setAtEnd(place.atEnd);
      if (place.byUser) restoring.current = false;
      if (!restoring.current) remember(place);
      else if (messages.progress.peek() >= 1) restoring.current = false;
    },
  };
}

const isRow = (row: ReturnType<PanelState["messages"]["at"]>): boolean => row !== undefined && !isGap(row);
