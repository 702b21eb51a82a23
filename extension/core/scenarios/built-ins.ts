/** The scenarios that come with Hubscope, in the order in which they are shown. */
import { azureMaintenance } from "./built-in/azure-maintenance.ts";
import { circuitMinuteAway } from "./built-in/circuit-minute-away.ts";
import { circuitShortLoss } from "./built-in/circuit-short-loss.ts";
import { crash } from "./built-in/crash.ts";
import { deployment } from "./built-in/deployment.ts";
import { flapping } from "./built-in/flapping.ts";
import { idleTimeout } from "./built-in/idle-timeout.ts";
import { laptopLid } from "./built-in/laptop-lid.ts";
import { statefulWindowHit } from "./built-in/stateful-window-hit.ts";
import { statefulWindowMissed } from "./built-in/stateful-window-missed.ts";
import { stickySessionLost } from "./built-in/sticky-session-lost.ts";
import { tabSuspended } from "./built-in/tab-suspended.ts";
import { throttledNegotiate } from "./built-in/throttled-negotiate.ts";
import { tokenExpired } from "./built-in/token-expired.ts";
import { websocketsBlocked } from "./built-in/websockets-blocked.ts";
import { wifiDrop5s } from "./built-in/wifi-drop-5s.ts";
import { wifiDrop60s } from "./built-in/wifi-drop-60s.ts";
import type { Scenario } from "./scenario.ts";

export const BUILT_IN_SCENARIOS: readonly Scenario[] = [
  wifiDrop5s,
  wifiDrop60s,
  laptopLid,
  tabSuspended,
  deployment,
  crash,
  azureMaintenance,
  idleTimeout,
  throttledNegotiate,
  tokenExpired,
  stickySessionLost,
  websocketsBlocked,
  statefulWindowHit,
  statefulWindowMissed,
  flapping,
  circuitShortLoss,
  circuitMinuteAway,
];
