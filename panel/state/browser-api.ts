/**
 * The extension API, without the polyfill: both browsers return promises, and the panel never answers messages, which is all
 * that the polyfill would add. It would be a tenth of the panel's size.
 */
import type { Browser } from "webextension-polyfill";

const scope = globalThis as { browser?: Browser; chrome?: Browser };

export const browser = (scope.browser ?? scope.chrome) as Browser;
