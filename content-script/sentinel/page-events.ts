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

const hear = (event: Event): void => {
  const now = pageNow();
  if (event.isTrusted) happen(document, (hook) => hook.page(event, now));
};

/** Call again when the page may have removed the listeners, as `document.open()` does: there is never more than one of each. */
export function watchPage(): void {
  atSign ??= pageNow();
  // No loop: the page may have replaced the iterator of arrays.
  on(document, "visibilitychange", hear, true);
  on(document, "freeze", hear, true);
  on(document, "resume", hear, true);
  on(window, "pagehide", hear, true);
  on(window, "pageshow", hear, true);
  on(window, "online", hear, true);
  on(window, "offline", hear, true);
  on(document, "securitypolicyviolation", hear, true);
}
