/** The page's own lifecycle, from the first sign of SignalR on. Only trusted events count: faults record those they simulate. */
import { happen } from "./happenings.ts";
import type { PageNow } from "./interpreter.ts";
import { on } from "./platform/natives.ts";

let atSign: PageNow | undefined;

const pageNow = (): PageNow => ({
  visible: document.visibilityState === "visible",
  online: navigator.onLine,
});

/** How the page was at the first sign of SignalR. */
export const pageAtSign = (): PageNow => atSign ?? pageNow();

export function watchPage(): void {
  if (atSign) return;
  atSign = pageNow();
  const watch = (target: EventTarget, type: string): void => {
    on(
      target,
      type,
      (event) => {
        const now = pageNow();
        if (event.isTrusted) happen(target, (hook) => hook.page(event, now));
      },
      true,
    );
  };
  // No loop: the page may have replaced the iterator of arrays.
  watch(document, "visibilitychange");
  watch(document, "freeze");
  watch(document, "resume");
  watch(window, "pagehide");
  watch(window, "pageshow");
  watch(window, "online");
  watch(window, "offline");
}
