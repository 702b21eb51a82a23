/**
 * Entry point of the sentinel: it runs in the page's own world (`MAIN`) at `document_start`, in every frame. Its errors never
 * reach the page.
 */
import { meetWake, whenCalled } from "./call.ts";
import { startSentinel, type HookScript } from "./sentinel.ts";
import { sharedWithHook } from "./shared-list.ts";

// Not `guarded`: a function that is compiled twice costs every page a tenth of a millisecond.
try {
  const { probe, takeOver } = startSentinel();
  whenCalled(() => {
    probe.expectScript((script) => {
      (script as HookScript)(sharedWithHook, takeOver);
    });
  });
  meetWake();
} catch {
  // The page stays as it is.
}
