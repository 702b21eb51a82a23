/** What is asked of the connection doctor, and which of its runs is shown. One per open panel. */
import { signal, type Signal } from "@preact/signals";
import type { PageId } from "../../../extension/core/ids.ts";
import type { Milliseconds } from "../../../extension/core/units.ts";
import type { PanelState } from "../panel-state.ts";
import type { DoctorHub } from "./doctor-hubs.ts";
import type { ListedRun } from "./doctor-runs.ts";

export interface DoctorControl {
  /** Key of the chosen hub; null: the first one. */
  readonly hub: Signal<string | null>;
  /** How long connections are left open; 0: not tried. */
  readonly stay: Signal<Milliseconds>;
  /** Whether it may call a method that no hub has. */
  readonly calls: Signal<boolean>;
  /** Key of the run that is shown; null: the newest one. */
  readonly chosen: Signal<string | null>;
  /** The page was asked, and its run isn't in the recording yet. */
  isStarting(): boolean;
  /** Nothing while it is starting. */
  start(hub: DoctorHub): Promise<void>;
  cancel(run: ListedRun): void;
}

const controls = new WeakMap<PanelState, DoctorControl>();

export function doctorOf(panel: PanelState): DoctorControl {
  const known = controls.get(panel);
  if (known) return known;
  const control = createDoctor(panel);
  controls.set(panel, control);
  return control;
}

/** The events of a run come later than the answer that it has begun. So long they are waited for. */
const UNTIL_SEEN: Milliseconds = 10_000;

interface Start {
  readonly page: PageId;
  /** So many runs the page had before. */
  readonly runs: number;
}

function createDoctor({ source, notices, loaded }: PanelState): DoctorControl {
  const hub = signal<string | null>(null);
  const stay = signal<Milliseconds>(30_000);
  const calls = signal(true);
  const chosen = signal<string | null>(null);
  const last = signal<Start | null>(null);
  const runsIn = (page: PageId): number =>
    loaded.value?.model.pages.find(({ id }) => id === page)?.doctorRuns.length ?? 0;
  const isStarting = (): boolean => last.value !== null && runsIn(last.value.page) <= last.value.runs;
  const forget = (start: Start): void => {
    if (last.peek() === start) last.value = null;
  };
  return {
    hub,
    stay,
    calls,
    chosen,
    isStarting,
    async start({ page, url }) {
      if (isStarting()) return;
      const start: Start = { page, runs: runsIn(page) };
      last.value = start;
      try {
        const answer = await source.doctor(page, { url, stay: stay.peek(), calls: calls.peek() });
        if (answer.ok) {
          chosen.value = null;
          setTimeout(forget, UNTIL_SEEN, start);
          return;
        }
        notices.show({ tone: "bad", text: `Connection doctor: ${answer.error}` });
      } catch (error) {
        notices.failed("The connection doctor can't be started", error);
      }
      forget(start);
    },
    cancel({ run }) {
      source.endDoctor(run.page).catch((error: unknown) => {
        notices.failed("The connection doctor can't be cancelled", error);
      });
    },
  };
}
