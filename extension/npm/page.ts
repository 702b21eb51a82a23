/** `hubscope/page`: the script for pages, for whoever injects it on their own. */
import { fileURLToPath } from "node:url";

/** What the script defines in a page: `window.__hubscope`. */
export type { Hubscope, ScenarioResult, Scorecard } from "../../content-script/page-build/api.ts";

/** Path of the script. It must run in a page before the page's own scripts. */
export const script: string = fileURLToPath(new URL("../page.js", import.meta.url));
