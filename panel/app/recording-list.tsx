import { useEffect, useMemo, useState } from "preact/hooks";
import { createInterruptionCounts, type InterruptionCounts } from "../state/interruption-counts.ts";
import { usePanel, type PanelState } from "../state/panel-state.ts";
import { nameOf, pathOf, type Recording } from "../state/recordings.ts";
import { bytes, clock, counted, day } from "../../extension/core/text/format.ts";
import { Icon } from "../content/deferred-icons.tsx";
import { MenuTitle } from "../components/menu.tsx";
import { OpenFile } from "../components/open-file.tsx";
import { Popover } from "../components/popover.tsx";
import type { Floating } from "../components/use-popover.ts";

/** This tab's recordings, those from files and those of other tabs. */
export function RecordingList(floating: Floating) {
  const panel = usePanel();
  const all = panel.recordings.value;
  const live = panel.live.value;
  const counts = useMemo(() => createInterruptionCounts(panel.source), [panel]);
  useEffect(() => {
    const stopped = new AbortController();
    const others = panel.recordings.peek().filter(({ id }) => id !== panel.shown.peek()?.id);
    counts.count(others, stopped.signal).catch((error: unknown) => {
      panel.notices.failed("The interruptions of other recordings can't be counted", error);
    });
    return () => {
      stopped.abort();
    };
  }, [counts]);
  const groups: [string, Recording[]][] = [
    ["This tab", all.filter(panel.isOfThisTab)],
    ["From files", all.filter((one) => one.imported !== null)],
    ["Other tabs", all.filter((one) => one.imported === null && !panel.isOfThisTab(one))],
  ];
  return (
    <Popover {...floating} role="dialog" label="Recordings" class="recordings">
      {all.length === 0 && <MenuTitle>Nothing recorded yet</MenuTitle>}
      {groups
        .filter(([, list]) => list.length > 0)
        .map(([title, list]) => (
          <section key={title}>
            <MenuTitle>{title}</MenuTitle>
            {list.map((recording) => (
              <RecordingRow
                key={recording.id}
                recording={recording}
                {...countsOf(panel, recording, counts)}
                newest={recording.id === live?.id}
                onPick={floating.onClose}
              />
            ))}
          </section>
        ))}
      <div class="menu-sep" />
      <OpenFile class="menu-item" input="import-file-picker" onChosen={floating.onClose}>
        <Icon name="open" />
        <span>Open recording…</span>
      </OpenFile>
      {all.length > 0 && <DeleteAll recordings={all} onDone={floating.onClose} />}
    </Popover>
  );
}

/** Counted by the model if that is known: then they are those of the toolbar, which the list of recordings may not have yet. */
function countsOf(
  panel: PanelState,
  recording: Recording,
  counts: InterruptionCounts,
): { readonly hubs: number; readonly interruptions: string } {
  const { cleared, loaded, reading, selection } = panel;
  if (recording.id === loaded.value?.id && reading.value === null && cleared.at.value === 0)
    return {
      hubs: cleared.hubs.value.length,
      interruptions: counted(selection.downtimes.value.length, "interruption"),
    };
  const known = counts.of(recording);
  return {
    hubs: recording.hubs,
    interruptions:
      known === null
        ? `about ${counted(recording.interruptions, "interruption")}`
        : counted(known, "interruption"),
  };
}

/** Deletes all recordings except pinned ones, after a confirmation, as it can't be undone. */
function DeleteAll({
  recordings,
  onDone,
}: {
  readonly recordings: readonly Recording[];
  readonly onDone: () => void;
}) {
  const panel = usePanel();
  const [asked, setAsked] = useState(false);
  const goes = recordings.filter(({ pinned }) => !pinned).length;
  const kept = recordings.length - goes;
  if (!asked)
    return (
      <button
        class="menu-item"
        disabled={goes === 0}
        data-testid="delete-all"
        onClick={() => {
          setAsked(true);
        }}
      >
        <Icon name="trash" />
        <span>Delete all recordings…</span>
      </button>
    );
  return (
    <div class="ask" role="alertdialog" aria-label="Delete all recordings">
      <p>
        Delete {counted(goes, "recording")} of all tabs and files? This can't be undone.
        {kept > 0 && ` ${counted(kept, "pinned recording")} ${kept === 1 ? "is" : "are"} kept.`} Reload a page
        to record its open connections completely again.
      </p>
      <div class="actions">
        <button
          class="btn danger"
          data-testid="delete-all-yes"
          onClick={() => {
            panel.deleteAll();
            onDone();
          }}
        >
          Delete
        </button>
        <button
          class="btn"
          ref={(button) => {
            button?.focus();
          }}
          onClick={() => {
            setAsked(false);
          }}
        >
          Cancel
        </button>
      </div>
    </div>
  );
}

function RecordingRow({
  recording,
  hubs,
  interruptions,
  newest,
  onPick,
}: {
  recording: Recording;
  hubs: number;
  interruptions: string;
  newest: boolean;
  onPick: () => void;
}) {
  const panel = usePanel();
  const { id, pinned } = recording;
  const live = newest && panel.ending.value?.recording !== id;
  const name = nameOf(recording);
  // While it is read from its file; or that was interrupted, and what there is will be removed.
  const unread = recording.pages.some(({ importing }) => importing) ? ["not read to its end"] : [];
  const facts = [...unread, counted(hubs, "connection"), interruptions, bytes(recording.bytes)];
  return (
    <div
      class={panel.shown.value?.id === id ? "rec on" : "rec"}
      data-testid="recording-row"
      data-recording={id}
    >
      <span class={live ? "live-dot" : ""} />
      <button
        class="pick"
        onClick={() => {
          panel.show(newest ? null : id);
          onPick();
        }}
      >
        <span class="ellip">
          <b>{name}</b> {recording.imported === null && <span class="dim">{pathOf(recording.url)}</span>}
        </span>
        <span class="sub ellip">
          {day(recording.startedAt, panel.source.now())}
          {live ? ", live" : ` to ${clock(recording.lastAt)}`} · {facts.join(" · ")}
        </span>
      </button>
      <button
        class={pinned ? "mini on" : "mini"}
        aria-pressed={pinned}
        aria-label={pinned ? `Unpin ${name}` : `Pin ${name}: keep it when all are deleted`}
        title={pinned ? "Unpin" : "Pin: keep when recordings are deleted or expire"}
        onClick={() => {
          panel.pin(id, !pinned);
        }}
      >
        <Icon name="pin" />
      </button>
      <button
        class="mini"
        aria-label={`Delete the recording of ${name}`}
        title="Delete"
        onClick={(event) => {
          focusNeighbour(event.currentTarget);
          panel.remove(id);
        }}
      >
        <Icon name="trash" />
      </button>
    </div>
  );
}

/** The row is removed with its button: the same button of the next row gets the focus. */
function focusNeighbour(button: HTMLElement): void {
  const box = button.closest(".float");
  const rows = [...(box?.querySelectorAll(".rec") ?? [])];
  const at = rows.findIndex((row) => row.contains(button));
  const neighbour = rows[at + 1] ?? rows[at - 1];
  const next =
    neighbour?.querySelector<HTMLElement>("button:last-of-type") ??
    box?.querySelector<HTMLElement>("button.menu-item");
  next?.focus();
}
