/**
 * The extension's API. Both browsers answer with promises; the panel never answers a message itself, which is all that
 * the polyfill would add, for a tenth of the panel's weight.
 */
import type { Browser } from "webextension-polyfill";

const scope = globalThis as { browser?: Browser; chrome?: Browser };

export const browser = (scope.browser ?? scope.chrome) as Browser;
