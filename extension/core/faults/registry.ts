/** The details of all faults. The hook imports only types from here. */
import { details as abruptLoss } from "./kinds/abrupt-loss/details.ts";
import { details as gracefulLoss } from "./kinds/graceful-loss/details.ts";
import { details as closeCode } from "./kinds/close-code/details.ts";
import { details as halfOpen } from "./kinds/half-open/details.ts";
import { details as missWindow } from "./kinds/miss-window/details.ts";
import { details as idleCut } from "./kinds/idle-cut/details.ts";
import { details as lifetimeLimit } from "./kinds/lifetime-limit/details.ts";
import { details as offline } from "./kinds/offline/details.ts";
import { details as refuseConnects } from "./kinds/refuse-connects/details.ts";
import { details as blockWebsockets } from "./kinds/block-websockets/details.ts";
import { details as blockEventStreams } from "./kinds/block-event-streams/details.ts";
import { details as negotiateStatus } from "./kinds/negotiate-status/details.ts";
import { details as refuseToken } from "./kinds/refuse-token/details.ts";
import { details as slowNegotiate } from "./kinds/slow-negotiate/details.ts";
import { details as slowHandshake } from "./kinds/slow-handshake/details.ts";
import { details as latency } from "./kinds/latency/details.ts";
import { details as bandwidth } from "./kinds/bandwidth/details.ts";
import { details as dropMessages } from "./kinds/drop-messages/details.ts";
import { details as duplicateMessages } from "./kinds/duplicate-messages/details.ts";
import { details as dropPings } from "./kinds/drop-pings/details.ts";
import { details as suspend } from "./kinds/suspend/details.ts";
import { details as suspendInCache } from "./kinds/suspend-in-cache/details.ts";
import { details as discard } from "./kinds/discard/details.ts";
import { details as throttleTimers } from "./kinds/throttle-timers/details.ts";
import { details as blockMainThread } from "./kinds/block-main-thread/details.ts";
import { details as serverClose } from "./kinds/server-close/details.ts";
import { details as drain } from "./kinds/drain/details.ts";
import type { FaultTarget } from "./fault-details.ts";
import type { ValuesOf } from "./parameter.ts";

export const FAULT_DETAILS = {
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
} as const;

export type FaultName = keyof typeof FAULT_DETAILS;

/** All fault commands: one closed union, distinguished by `name`. */
export type FaultCommand = { [N in FaultName]: CommandOf<N> }[FaultName];

type CommandOf<N extends FaultName> = Flat<
  {
    readonly name: N;
    readonly target: Extract<FaultTarget, { scope: (typeof FAULT_DETAILS)[N]["scopes"][number] }>;
  } & ValuesOf<(typeof FAULT_DETAILS)[N]["parameters"]>
>;

/** Makes the compiler show one object in its messages. */
type Flat<T> = { [K in keyof T]: T[K] };
