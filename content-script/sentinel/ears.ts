/** Objects of the page whose events the hook hears through the sentinel: they were there before it. */
import { happen, isLive } from "./happenings.ts";
import { guarded } from "./platform/guard.ts";
import { on } from "./platform/natives.ts";

type Listener = (event: Event) => void;

export interface Raw<Types extends string> {
  /** What the hook does with its events. undefined: the hook isn't there yet, or it is of no interest. */
  ears: Readonly<Record<Types, Listener>> | undefined;
}

/**
 * @param note called before the hook is there, with the size of the event's data; false: the event is not kept
 * @returns the listeners, in the order of the types
 */
export function listen<Types extends string>(
  raw: Raw<Types>,
  target: EventTarget,
  types: readonly Types[],
  note: (event: Event, type: Types) => number | false,
): Listener[] {
  return types.map((type) => {
    const listener = (event: Event): void => {
      if (isLive()) raw.ears?.[type](event);
      else if (event.isTrusted)
        guarded(() => {
          const size = note(event, type);
          if (size !== false) happen(raw, () => raw.ears?.[type](event), size);
        });
    };
    on(target, type, listener);
    return listener;
  });
}
