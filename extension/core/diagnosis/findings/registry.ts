/** All findings, in the order in which they are checked and, where equally severe, shown. The key is the finding's id. */
import type { FindingKind } from "./finding.ts";
import { clientOutdated } from "./maintenance/client-outdated.ts";
import { drained } from "./maintenance/drained.ts";
import { flapping } from "./maintenance/flapping.ts";
import { firstStartNotRetried } from "./retry/first-start-not-retried.ts";
import { givesUp } from "./retry/gives-up.ts";
import { noAutomaticReconnect } from "./retry/no-automatic-reconnect.ts";
import { noJitter } from "./retry/no-jitter.ts";
import { noRecoveryOnReturn } from "./retry/no-recovery-on-return.ts";
import { retriesWhileOffline } from "./retry/retries-while-offline.ts";
import { retryAfterIgnored } from "./retry/retry-after-ignored.ts";
import { severalRetryLoops } from "./retry/several-retry-loops.ts";
import { detailedErrors } from "./security/detailed-errors.ts";
import { messageNearLimit } from "./security/message-near-limit.ts";
import { tokenExpires } from "./security/token-expires.ts";
import { tokenInUrl } from "./security/token-in-url.ts";
import { tokenTooLong } from "./security/token-too-long.ts";
import { callsNotRepeated } from "./state/calls-not-repeated.ts";
import { duplicateConnections } from "./state/duplicate-connections.ts";
import { handlersDoubled } from "./state/handlers-doubled.ts";
import { messagesMissed } from "./state/messages-missed.ts";
import { statefulBuffer } from "./state/stateful-buffer.ts";
import { statefulNotGranted } from "./state/stateful-not-granted.ts";
import { statefulNotUsed } from "./state/stateful-not-used.ts";
import { statefulWindowMissed } from "./state/stateful-window-missed.ts";
import { zombieConnected } from "./state/zombie-connected.ts";
import { backgroundThrottling } from "./timing/background-throttling.ts";
import { freezeWithoutLock } from "./timing/freeze-without-lock.ts";
import { headOfLine } from "./timing/head-of-line.ts";
import { idleCut } from "./timing/idle-cut.ts";
import { keepAliveMismatch } from "./timing/keep-alive-mismatch.ts";
import { pingsStarved } from "./timing/pings-starved.ts";
import { slowCalls } from "./timing/slow-calls.ts";
import { azureRedirect } from "./transport/azure-redirect.ts";
import { azureUnits } from "./transport/azure-units.ts";
import { bufferingProxy } from "./transport/buffering-proxy.ts";
import { fallback } from "./transport/fallback.ts";
import { lifetimeLimit } from "./transport/lifetime-limit.ts";
import { negotiateThrottled } from "./transport/negotiate-throttled.ts";
import { serverless } from "./transport/serverless.ts";
import { skipNegotiationAzure } from "./transport/skip-negotiation-azure.ts";
import { stickySessions } from "./transport/sticky-sessions.ts";
import { transportRestricted } from "./transport/transport-restricted.ts";
import { heavyReconnect } from "./weight/heavy-reconnect.ts";
import { repeatedWork } from "./weight/repeated-work.ts";
import { visibleGap } from "./weight/visible-gap.ts";
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
  "heavy-reconnect": heavyReconnect,
  "repeated-work": repeatedWork,
  "visible-gap": visibleGap,
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
  "keep-alive-mismatch": keepAliveMismatch,
  "idle-cut": idleCut,
  "pings-starved": pingsStarved,
  "freeze-without-lock": freezeWithoutLock,
  "background-throttling": backgroundThrottling,
  "slow-calls": slowCalls,
  "head-of-line": headOfLine,
  "sticky-sessions": stickySessions,
  fallback,
  "transport-restricted": transportRestricted,
  "skip-negotiation-azure": skipNegotiationAzure,
  "azure-redirect": azureRedirect,
  "azure-units": azureUnits,
  serverless,
  "negotiate-throttled": negotiateThrottled,
  "buffering-proxy": bufferingProxy,
  "lifetime-limit": lifetimeLimit,
  "token-in-url": tokenInUrl,
  "token-expires": tokenExpires,
  "token-too-long": tokenTooLong,
  "message-near-limit": messageNearLimit,
  "detailed-errors": detailedErrors,
  flapping,
  drained,
  "client-outdated": clientOutdated,
} as const satisfies Record<string, FindingKind>;

export type FindingId = keyof typeof ALL;

export const FINDINGS: Readonly<Record<FindingId, FindingKind>> = ALL;

export const FINDING_IDS = Object.keys(ALL) as FindingId[];

export const isFindingId = (text: string): text is FindingId => Object.hasOwn(ALL, text);
