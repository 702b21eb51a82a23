import { signal } from "@preact/signals";
import type { ComponentChild, ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { lazyImport } from "../state/lazy-import.ts";
import { usePanel } from "../state/panel-state.ts";

/**
 * A component in a chunk of its own. Until it is loaded, `meanwhile` is shown (nothing, if absent); from then on it is
 * like any other.
 */
export function lazy<P extends object>(
  load: () => Promise<ComponentType<P>>,
  meanwhile: ComponentChild = null,
): ComponentType<P> {
  const loaded = signal<ComponentType<P> | null>(null);
  const get = lazyImport(async () => {
    loaded.value = await load();
  });
  return function Lazy(props: P) {
    const { notices } = usePanel();
    useEffect(() => {
      if (loaded.peek() !== null) return;
      get().catch((error: unknown) => {
        notices.failed("This part of the panel can't be loaded; close Hubscope and open it again", error);
      });
    }, []);
    // Once it is loaded, no signal is read: it is rendered with its parent, as its props may be objects that have changed inside.
    const Part = loaded.peek() ?? loaded.value;
    return Part ? <Part {...props} /> : <>{meanwhile}</>;
  };
}
