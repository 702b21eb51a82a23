/** What a test injects. `scripts/page-types.ts` writes these types out, for `hubscope.d.ts`. */
import type { FaultCommand, FaultName } from "../../extension/core/faults/vocabulary.ts";

/** These need the extension, as they act on the tab. */
type NeedsExtension = "discard" | "suspend-in-cache";

export type PageFaultName = Exclude<FaultName, NeedsExtension>;

const NEEDS_EXTENSION: Readonly<Record<NeedsExtension, true>> = { discard: true, "suspend-in-cache": true };

export const isPageFault = (name: FaultName): name is PageFaultName => !Object.hasOwn(NEEDS_EXTENSION, name);

/** Its target is the whole page where it names none. */
export type Fault = {
  [C in FaultCommand as C["name"]]: Omit<C, "target"> & { readonly target?: C["target"] };
}[PageFaultName];
