/**
 * Entry point of the sentinel: it runs in the page's own world (`MAIN`) at `document_start`, in every frame. Its errors never
 * reach the page.
 */
import { meetWake, whenCalled } from "./call.ts";
import { guarded } from "./platform/guard.ts";
import { startSentinel, type HookScript } from "./sentinel.ts";
import { sharedWithHook } from "./shared-list.ts";

guarded(() => {
  const { probe, takeOver } = startSentinel();
  whenCalled(() => {
    probe.expectScript((script) => {
      (script as HookScript)(sharedWithHook, takeOver);
    });
  });
  meetWake();
});
