/** What is asked of the connection doctor, and which of its runs is shown. One per open panel. */
import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
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
  /** The page was asked, and hasn't answered yet. */
  readonly starting: ReadonlySignal<boolean>;
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

function createDoctor({ source, notices }: PanelState): DoctorControl {
  const hub = signal<string | null>(null);
  const stay = signal<Milliseconds>(30_000);
  const calls = signal(true);
  const chosen = signal<string | null>(null);
  const starting = signal(false);
  return {
    hub,
    stay,
    calls,
    chosen,
    starting,
    async start({ page, url }) {
      if (starting.peek()) return;
      starting.value = true;
      try {
        const answer = await source.doctor(page, { url, stay: stay.peek(), calls: calls.peek() });
        if (answer.ok) chosen.value = null;
        else notices.show({ tone: "bad", text: `Connection doctor: ${answer.error}` });
      } catch (error) {
        notices.failed("The connection doctor can't be started", error);
      } finally {
        starting.value = false;
      }
    },
    cancel({ run }) {
      source.endDoctor(run.page).catch((error: unknown) => {
        notices.failed("The connection doctor can't be cancelled", error);
      });
    },
  };
}
