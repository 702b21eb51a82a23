/** What the hook passes to the scripts of faults and doctor, in the order of the names: as in every module object. */
import * as shared from "./shared-with-tools.ts";

export const sharedWithTools: readonly unknown[] = Object.values(shared);
