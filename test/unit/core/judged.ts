import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import type { Verdict } from "../../../extension/core/diagnosis/verdict.ts";
import type { Downtime } from "../../../extension/core/model/types.ts";

/** Adds the verdict, so that both can be compared together. */
export const judged = <D extends Downtime>(downtime: D): D & { readonly verdict: Verdict } => ({
  ...downtime,
  verdict: verdictOf(downtime),
});
