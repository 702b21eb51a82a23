/**
 * The extension's hook: runs in the page's own world at `document_start`, in every frame. Whatever goes wrong in it stays in
 * it.
 */
import { openChannel } from "./channel.ts";
import { guarded } from "./guard.ts";
import { startHook } from "./hook.ts";

guarded(() => {
  startHook(openChannel());
});
