/** The page's own lifecycle, from the first sign of SignalR on. Only trusted events count: faults record those they simulate. */
import { happen } from "./happenings.ts";
import { theHook, type PageNow } from "./interpreter.ts";
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
  const watch = (target: EventTarget, types: readonly string[]): void => {
    for (let i = 0; i < types.length; i++)
      on(
        target,
        types[i] ?? "",
        (event) => {
          if (!event.isTrusted) return;
          const now = pageNow();
          happen(target, () => theHook()?.page(event, now));
        },
        true,
      );
  };
  watch(document, ["visibilitychange", "freeze", "resume"]);
  watch(window, ["pagehide", "pageshow", "online", "offline"]);
}
