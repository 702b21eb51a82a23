/** What is typed into the simulator and what came out of it, as long as the panel is open. One per open panel. */
import { batch, computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { HerdInput } from "../../../extension/core/herd/herd-input.ts";
import type { HerdResult } from "../../../extension/core/herd/herd-result.ts";
import type { Language } from "../../../extension/core/herd/policy-code.ts";
import type { HubConnectionModel } from "../../../extension/core/model/types.ts";
import type { PanelState } from "../panel-state.ts";
import type { HerdKey, HerdValues } from "./herd-fields.ts";
import { initialHerd, readHerdForm, VARIANTS, type ReadHerdForm, type Variant } from "./herd-form.ts";
import { observedValues, type ObservedValues } from "./herd-observed.ts";
import { simulateInWorker } from "./herd-orders.ts";

export interface HerdRun {
  readonly variant: Variant;
  readonly input: HerdInput;
  readonly result: HerdResult;
}

export interface SimulatorControl {
  readonly values: ReadonlySignal<HerdValues>;
  readonly read: ReadonlySignal<ReadHerdForm>;
  /** The hub connection that starting values were taken from. null: none. */
  readonly origin: ReadonlySignal<string | null>;
  readonly observed: ReadonlySignal<ObservedValues>;
  readonly runs: ReadonlySignal<readonly HerdRun[] | null>;
  /** The values have changed since the runs. */
  readonly stale: ReadonlySignal<boolean>;
  /** Share that is done. null: nothing is running. */
  readonly progress: ReadonlySignal<number | null>;
  /** Why the latest run failed. */
  readonly failure: ReadonlySignal<string | null>;
  readonly pasted: Signal<{ readonly variant: Variant; readonly language: Language }>;
  set(key: HerdKey, value: string): void;
  /** Takes what was observed of a hub connection as values. null: the values at first. */
  startFrom(hub: HubConnectionModel | null): void;
  run(): Promise<void>;
  cancel(): void;
}

const controls = new WeakMap<PanelState, SimulatorControl>();

export function simulatorOf(panel: PanelState): SimulatorControl {
  const known = controls.get(panel);
  if (known) return known;
  const control = createSimulator(panel.closing);
  controls.set(panel, control);
  return control;
}

function createSimulator(closing: AbortSignal): SimulatorControl {
  const values = signal(initialHerd());
  const origin = signal<string | null>(null);
  const observed = signal<ObservedValues>({});
  const runs = signal<readonly HerdRun[] | null>(null);
  const progress = signal<number | null>(null);
  const failure = signal<string | null>(null);
  const ran = signal<HerdValues | null>(null);
  let running: AbortController | null = null;

  const cancel = (): void => {
    running?.abort();
    running = null;
    progress.value = null;
  };
  closing.addEventListener("abort", cancel);

  const read = computed(() => readHerdForm(values.value));

  return {
    values,
    read,
    origin,
    observed,
    runs,
    stale: computed(() => ran.value !== null && ran.value !== values.value),
    progress,
    failure,
    pasted: signal({ variant: "jitter", language: "typescript" }),
    set(key, value) {
      if (values.value[key] !== value) values.value = { ...values.value, [key]: value };
    },
    startFrom(hub) {
      const found = hub ? observedValues(hub) : {};
      const next: Record<HerdKey, string> = { ...initialHerd(), clients: values.value.clients };
      for (const [key, one] of Object.entries(found)) next[key as HerdKey] = one.value;
      batch(() => {
        origin.value = hub?.key ?? null;
        observed.value = found;
        values.value = next;
      });
    },
    async run() {
      const form = read.value;
      if (!form.ok) return;
      cancel();
      const own = new AbortController();
      running = own;
      const given = values.value;
      progress.value = 0;
      failure.value = null;
      try {
        const inputs = VARIANTS.map((variant) => form.inputs[variant]);
        const results = await simulateInWorker(
          inputs,
          (share) => {
            if (running === own) progress.value = share;
          },
          own.signal,
        );
        batch(() => {
          ran.value = given;
          runs.value = VARIANTS.flatMap((variant, i) => {
            const result = results[i];
            return result ? [{ variant, input: form.inputs[variant], result }] : [];
          });
        });
      } catch (error) {
        if (!own.signal.aborted) failure.value = error instanceof Error ? error.message : String(error);
      } finally {
        if (running === own) {
          running = null;
          progress.value = null;
        }
      }
    },
    cancel,
  };
}
