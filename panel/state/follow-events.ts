import { usePanel } from "./panel-state.ts";
import { watch } from "./watch.ts";

/**
 * Renders the component again with new events. It is needed where a component is given an object of the model and reads a signal or has
 * a state: such a component isn't rendered with its parent while its props are the same, and the model's objects stay the same.
 */
export function useEvents(): void {
  watch(usePanel().loaded.value?.version);
}
