/**
 * Entry point of the hook: the background injects it into the page's own world when the sentinel has seen a sign of SignalR. Its
 * bundle passes it to the sentinel (scripts/injected-script.ts).
 */
import type { StartHook } from "../sentinel/sentinel.ts";
import { sendLastWords, whenPort } from "../sentinel/shared-with-hook.ts";
import { startHook } from "./hook.ts";
import { openChannel } from "./record/channel.ts";

/** Defined by the code that the build puts around the bundle. */
declare const hubscopeMade: (start: StartHook) => void;

hubscopeMade((probe) => startHook(openChannel({ whenPort, sendLastWords }), probe).interpreter);
