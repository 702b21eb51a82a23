/** What the hook passes to the faults' script, in the order of the names: as in every module object. */
import * as shared from "./shared-with-faults.ts";

export const sharedWithFaults: readonly unknown[] = Object.values(shared);
