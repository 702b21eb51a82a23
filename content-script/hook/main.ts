/**
 * Entry point of the hook: it runs in the page's own world (`MAIN`) at `document_start`, in every frame. Its errors never reach
 * the page.
 */
import { openChannel } from "./record/channel.ts";
import { guarded } from "./platform/guard.ts";
import { startHook } from "./hook.ts";

guarded(() => {
  startHook(openChannel());
});
