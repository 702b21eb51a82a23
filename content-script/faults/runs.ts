import type { FaultName } from "../../extension/core/faults/vocabulary.ts";
import type { FaultRun } from "./fault.ts";
import { abruptLoss } from "./kinds/abrupt-loss.ts";
import { bandwidth } from "./kinds/bandwidth.ts";
import { blockEventStreams } from "./kinds/block-event-streams.ts";
import { blockMainThread } from "./kinds/block-main-thread.ts";
import { blockWebsockets } from "./kinds/block-websockets.ts";
import { closeCode } from "./kinds/close-code.ts";
import { drain } from "./kinds/drain.ts";
import { dropMessages } from "./kinds/drop-messages.ts";
import { dropPings } from "./kinds/drop-pings.ts";
import { duplicateMessages } from "./kinds/duplicate-messages.ts";
import { gracefulLoss } from "./kinds/graceful-loss.ts";
import { halfOpen } from "./kinds/half-open.ts";
import { idleCut } from "./kinds/idle-cut.ts";
import { latency } from "./kinds/latency.ts";
import { lifetimeLimit } from "./kinds/lifetime-limit.ts";
import { missWindow } from "./kinds/miss-window.ts";
import { negotiateStatus } from "./kinds/negotiate-status.ts";
import { offline } from "./kinds/offline.ts";
import { refuseConnects } from "./kinds/refuse-connects.ts";
import { refuseToken } from "./kinds/refuse-token.ts";
import { serverClose } from "./kinds/server-close.ts";
import { slowHandshake } from "./kinds/slow-handshake.ts";
import { slowNegotiate } from "./kinds/slow-negotiate.ts";
import { suspend } from "./kinds/suspend.ts";
import { suspendInCache } from "./kinds/suspend-in-cache.ts";
import { throttleTimersRun } from "./kinds/throttle-timers.ts";

export const RUNS: { readonly [N in FaultName]: FaultRun<N> } = {
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
  // The background discards the tab. The page only has to record the fault.
  discard: () => null,
  "throttle-timers": throttleTimersRun,
  "block-main-thread": blockMainThread,
  "server-close": serverClose,
  drain,
};
