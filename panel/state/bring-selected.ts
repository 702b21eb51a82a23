import { effect } from "@preact/signals";
import type { MessageList } from "./messages/message-list.ts";
import type { Selection } from "./selection.ts";

/** Brings the hub connection of the selected item into view, however it was selected; also that of the newest interruption. */
export function bringSelected(selection: Selection, messages: MessageList): () => void {
  const follow = (read: () => { readonly key: unknown; readonly hubKey: string } | null): (() => void) => {
    let last: unknown = null;
    return effect(() => {
      const found = read();
      const key = found?.key ?? null;
      if (key === last) return;
      last = key;
      if (found) selection.brought.value = { hubKey: found.hubKey };
    });
  };
  const stops = [
    follow(() => {
      const found = selection.downtime.value;
      return found && { key: found.downtime.key, hubKey: found.hub.key };
    }),
    follow(() => {
      const row = selection.message.value;
      const hub = row && messages.context.peek()?.hubOfRow(row.row);
      return hub ? { key: row.row, hubKey: hub.key } : null;
    }),
    follow(() => {
      const hubKey = selection.hubKey.value;
      return hubKey === null ? null : { key: hubKey, hubKey };
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
