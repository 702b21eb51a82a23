/** All findings, in the order in which they are checked and, where equally severe, shown. The key is the finding's id. */
import type { FindingKind } from "./finding.ts";
import { firstStartNotRetried } from "./retry/first-start-not-retried.ts";
import { givesUp } from "./retry/gives-up.ts";
import { noAutomaticReconnect } from "./retry/no-automatic-reconnect.ts";
import { noJitter } from "./retry/no-jitter.ts";
import { noRecoveryOnReturn } from "./retry/no-recovery-on-return.ts";
import { retriesWhileOffline } from "./retry/retries-while-offline.ts";
import { retryAfterIgnored } from "./retry/retry-after-ignored.ts";
import { severalRetryLoops } from "./retry/several-retry-loops.ts";
import { callsNotRepeated } from "./state/calls-not-repeated.ts";
import { duplicateConnections } from "./state/duplicate-connections.ts";
import { handlersDoubled } from "./state/handlers-doubled.ts";
import { messagesMissed } from "./state/messages-missed.ts";
import { statefulBuffer } from "./state/stateful-buffer.ts";
import { statefulNotGranted } from "./state/stateful-not-granted.ts";
import { statefulNotUsed } from "./state/stateful-not-used.ts";
import { statefulWindowMissed } from "./state/stateful-window-missed.ts";
import { zombieConnected } from "./state/zombie-connected.ts";
import { callsLost } from "./work/calls-lost.ts";
import { callsWhileDisconnected } from "./work/calls-while-disconnected.ts";
import { largePayloads } from "./work/large-payloads.ts";
import { pollingOverHub } from "./work/polling-over-hub.ts";

const ALL = {
  "no-automatic-reconnect": noAutomaticReconnect,
  "gives-up": givesUp,
  "first-start-not-retried": firstStartNotRetried,
  "no-recovery-on-return": noRecoveryOnReturn,
  "several-retry-loops": severalRetryLoops,
  "no-jitter": noJitter,
  "retry-after-ignored": retryAfterIgnored,
  "retries-while-offline": retriesWhileOffline,
  "calls-lost": callsLost,
  "calls-while-disconnected": callsWhileDisconnected,
  "large-payloads": largePayloads,
  "polling-over-hub": pollingOverHub,
  "calls-not-repeated": callsNotRepeated,
  "messages-missed": messagesMissed,
  "stateful-not-used": statefulNotUsed,
  "stateful-not-granted": statefulNotGranted,
  "stateful-buffer": statefulBuffer,
  "stateful-window-missed": statefulWindowMissed,
  "zombie-connected": zombieConnected,
  "duplicate-connections": duplicateConnections,
  "handlers-doubled": handlersDoubled,
} as const satisfies Record<string, FindingKind>;

export type FindingId = keyof typeof ALL;

export const FINDINGS: Readonly<Record<FindingId, FindingKind>> = ALL;

export const FINDING_IDS = Object.keys(ALL) as FindingId[];

export const isFindingId = (text: string): text is FindingId => Object.hasOwn(ALL, text);
