import type { ReadonlySignal } from "@preact/signals";

/** Reads signals, so that the component or effect around it runs again when one of them changes. */
export function watch(...signals: readonly (ReadonlySignal<unknown> | undefined)[]): readonly unknown[] {
  return signals.map((signal) => signal?.value);
}
