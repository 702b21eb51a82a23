/** Possible targets and active faults. The actions are in fault-actions.ts, which is loaded later. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { hubName } from "../../extension/core/model/hub-name.ts";
import { takesFaults } from "../../extension/core/model/page-end.ts";
import type { FaultSpan, HubConnectionModel } from "../../extension/core/model/types.ts";
import type { PageId } from "../../extension/core/ids.ts";
import type { LoadedRecording } from "./loaded-recording.ts";
import { pathOf } from "./recordings.ts";

/** A possible target of faults. */
export interface Target {
  readonly key: string;
  readonly label: string;
  readonly page: PageId;
  /** All open frames of the tab, `page` first: the fault is injected into each. Absent: only into `page`. */
  readonly frames?: readonly PageId[];
  /** null: every SignalR connection of the page. */
  readonly hub: HubConnectionModel | null;
  /** The socket in use; null while there is none. */
  readonly socket: number | null;
}

export interface FaultControl {
  readonly targets: ReadonlySignal<readonly Target[]>;
  readonly targetKey: { value: string | null };
  /** The chosen target; the first page if that no longer exists. */
  readonly target: ReadonlySignal<Target | null>;
  readonly running: ReadonlySignal<readonly FaultSpan[]>;
}

const ALL_FRAMES = "all";

export function createFaultControl(loaded: ReadonlySignal<LoadedRecording | null>): FaultControl {
  const targetKey = signal<string | null>(null);
  const targets = computed<readonly Target[]>(() => {
    const recording = loaded.value;
    if (!recording || recording.version.value === 0) return [];
    const pages = recording.model.pages.filter(takesFaults);
    pages.sort((a, b) => Number(b.id === recording.id) - Number(a.id === recording.id));
    const [top] = pages;
    const all: Target[] =
      top && pages.length > 1
        ? [
            {
              key: ALL_FRAMES,
              label: "All frames of the tab",
              page: top.id,
              frames: pages.map(({ id }) => id),
              hub: null,
              socket: null,
            },
          ]
        : [];
    return [
      ...all,
      ...pages.flatMap((page) => {
        const frame =
          page.id !== recording.id
            ? `Frame ${pathOf(page.started?.url ?? "")}`
            : pages.length > 1
              ? "Top frame only"
              : "All connections of the page";
        const whole: Target = { key: page.id, label: frame, page: page.id, hub: null, socket: null };
        return [
          whole,
          ...page.hubs.map((hub): Target => ({
            key: hub.key,
            label: hubName(hub),
            page: page.id,
            hub,
            socket: openSocket(hub),
          })),
        ];
      }),
    ];
  });
  const target = computed(
    () => targets.value.find((one) => one.key === targetKey.value) ?? targets.value[0] ?? null,
  );
  const running = computed<readonly FaultSpan[]>(() => {
    const recording = loaded.value;
    if (!recording || recording.version.value === 0) return [];
    return recording.model.pages.flatMap((page) => page.faults.filter((fault) => fault.until === null));
  });
  return { targets, targetKey, target, running };
}

/** The newest: a client opens another one only after the previous one has ended. */
function openSocket(hub: HubConnectionModel): number | null {
  const last = hub.transports.findLast(({ until, ghost }) => until === null && !ghost);
  return last?.socket ?? null;
}

/** A recording that is still being read has no page yet. */
export const whyNoTarget = (recording: LoadedRecording | null): string =>
  recording?.model.pages.some(({ started }) => started?.worker !== undefined) === true
    ? "Faults can't be injected into a worker."
    : "No SignalR connection on this page.";
