/** What a rule gives, and what all of them know. */
import type { Knowledge } from "../model/types.ts";
import type { CauseName, Confidence, Evidence } from "./verdict.ts";
import type { Facts } from "./facts.ts";

export interface Finding {
  readonly cause: CauseName;
  readonly confidence: Confidence;
  readonly knowledge: Knowledge;
  /** More exact than the cause's own title. */
  readonly title?: string;
  /** What decided, where the connection's own evidence doesn't have it. */
  readonly decidedBy?: readonly Evidence[];
}

export type Rule = (facts: Facts) => Finding | null;

/** Servers take 32 KB per hub message unless told otherwise. */
export const RECEIVE_LIMIT = 32 * 1024;

/** Proxies may take less. */
export const PROXY_LIMIT = 16 * 1024;

/** ASP.NET Core's words for whatever went wrong, unless EnableDetailedErrors lets it say more. */
export const NO_DETAILS = "Connection closed with an error.";

/** What a proxy says when no server answers it, or not in time; 520 to 530 are Cloudflare's. */
export const isGateway = (status: number | null | undefined): boolean =>
  status === 502 ||
  status === 503 ||
  status === 504 ||
  (typeof status === "number" && status >= 520 && status <= 530);

/** The server may be there: the proxy waited for it, and it took too long (or couldn't be reached in time). */
export const isTooSlow = (status: number | null | undefined): boolean => status === 504 || status === 524;
