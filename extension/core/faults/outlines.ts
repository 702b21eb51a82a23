/**
 * The outlines of all faults: the part that the model and every view need from the start. The rest is in the details.ts of each
 * fault's folder; see registry.ts.
 */
import { outline as abruptLoss } from "./kinds/abrupt-loss/outline.ts";
import { outline as gracefulLoss } from "./kinds/graceful-loss/outline.ts";
import { outline as closeCode } from "./kinds/close-code/outline.ts";
import { outline as halfOpen } from "./kinds/half-open/outline.ts";
import { outline as missWindow } from "./kinds/miss-window/outline.ts";
import { outline as idleCut } from "./kinds/idle-cut/outline.ts";
import { outline as lifetimeLimit } from "./kinds/lifetime-limit/outline.ts";
import { outline as offline } from "./kinds/offline/outline.ts";
import { outline as refuseConnects } from "./kinds/refuse-connects/outline.ts";
import { outline as blockWebsockets } from "./kinds/block-websockets/outline.ts";
import { outline as blockEventStreams } from "./kinds/block-event-streams/outline.ts";
import { outline as negotiateStatus } from "./kinds/negotiate-status/outline.ts";
import { outline as refuseToken } from "./kinds/refuse-token/outline.ts";
import { outline as slowNegotiate } from "./kinds/slow-negotiate/outline.ts";
import { outline as slowHandshake } from "./kinds/slow-handshake/outline.ts";
import { outline as latency } from "./kinds/latency/outline.ts";
import { outline as bandwidth } from "./kinds/bandwidth/outline.ts";
import { outline as dropMessages } from "./kinds/drop-messages/outline.ts";
import { outline as duplicateMessages } from "./kinds/duplicate-messages/outline.ts";
import { outline as dropPings } from "./kinds/drop-pings/outline.ts";
import { outline as suspend } from "./kinds/suspend/outline.ts";
import { outline as suspendInCache } from "./kinds/suspend-in-cache/outline.ts";
import { outline as discard } from "./kinds/discard/outline.ts";
import { outline as throttleTimers } from "./kinds/throttle-timers/outline.ts";
import { outline as blockMainThread } from "./kinds/block-main-thread/outline.ts";
import { outline as serverClose } from "./kinds/server-close/outline.ts";
import { outline as drain } from "./kinds/drain/outline.ts";
import type { FaultOutline } from "./fault-details.ts";
import type { FaultName } from "./registry.ts";

export const FAULTS: Readonly<Record<FaultName, FaultOutline>> = {
  "abrupt-loss": abruptLoss,
  "graceful-loss": gracefulLoss,
  "close-code": closeCode,
  "half-open": halfOpen,
  "miss-window": missWindow,
  "idle-cut": idleCut,
  "lifetime-limit": lifetimeLimit,
  offline,
  "refuse-connects": refuseConnects,
  "block-websockets": blockWebsockets,
  "block-event-streams": blockEventStreams,
  "negotiate-status": negotiateStatus,
  "refuse-token": refuseToken,
  "slow-negotiate": slowNegotiate,
  "slow-handshake": slowHandshake,
  latency,
  bandwidth,
  "drop-messages": dropMessages,
  "duplicate-messages": duplicateMessages,
  "drop-pings": dropPings,
  suspend,
  "suspend-in-cache": suspendInCache,
  discard,
  "throttle-timers": throttleTimers,
  "block-main-thread": blockMainThread,
  "server-close": serverClose,
  drain,
};
