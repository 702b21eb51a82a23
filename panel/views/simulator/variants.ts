import type { Variant } from "../../state/simulator/herd-form.ts";

export const VARIANT_NAMES: Readonly<Record<Variant, string>> = {
  app: "App's policy",
  jitter: "With full jitter",
  changed: "Changed policy",
};
