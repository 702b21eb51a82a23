/** What the sentinel passes to the hook's script, in the order of the names: as in every module object. */
import * as shared from "./shared-with-hook.ts";

export const sharedWithHook: readonly unknown[] = Object.values(shared);
