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

const ALL = {
  "no-automatic-reconnect": noAutomaticReconnect,
  "gives-up": givesUp,
  "first-start-not-retried": firstStartNotRetried,
  "no-recovery-on-return": noRecoveryOnReturn,
  "several-retry-loops": severalRetryLoops,
  "no-jitter": noJitter,
  "retry-after-ignored": retryAfterIgnored,
  "retries-while-offline": retriesWhileOffline,
} as const satisfies Record<string, FindingKind>;

export type FindingId = keyof typeof ALL;

export const FINDINGS: Readonly<Record<FindingId, FindingKind>> = ALL;

export const FINDING_IDS = Object.keys(ALL) as FindingId[];

export const isFindingId = (text: string): text is FindingId => Object.hasOwn(ALL, text);
