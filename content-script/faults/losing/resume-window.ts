import { hostOf, isAzureHost } from "../../../extension/core/protocol/addresses.ts";
import { resumeWindow } from "../../../extension/core/protocol/defaults.ts";
import type { Milliseconds } from "../../../extension/core/units.ts";

/** How long the server at that address keeps a lost connection for a stateful reconnect. */
export const resumeWindowAt = (url: string): Milliseconds => resumeWindow(isAzureHost(hostOf(url)));
