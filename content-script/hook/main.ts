/**
 * The extension's hook: runs in the page's own world at `document_start`, in every frame. Whatever goes wrong in it stays in
 * it.
 */
import { openChannel } from "./record/channel.ts";
import { guarded } from "./platform/guard.ts";
import { startHook } from "./hook.ts";

guarded(() => {
  startHook(openChannel());
});
