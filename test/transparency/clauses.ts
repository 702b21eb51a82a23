/** All checks, by clause. */
import type { Checks } from "./check.ts";
import { sharedClauses } from "./shared-clauses.ts";
import { frames } from "./window/frames.ts";
import { globals } from "./window/globals.ts";
import { libraries } from "./window/libraries.ts";
import { handshake } from "./window/handshake.ts";
import { patchedPages } from "./window/patched-pages.ts";
import { sourceText } from "./window/source-text.ts";

export const clauses = {
  ...sharedClauses,
  "window: globals": globals,
  "window: frames": frames,
  "window: libraries": libraries,
  "window: handshake": handshake,
  "window: source text": sourceText,
  "window: patched pages": patchedPages,
} satisfies Record<string, Checks>;

export type ClauseName = keyof typeof clauses;
