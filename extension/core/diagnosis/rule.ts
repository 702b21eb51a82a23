/** The result of a rule, and constants that several rules use. */
import type { InterruptionState } from "../model/state.ts";
import type { Knowledge } from "../model/types.ts";
import type { CauseName, Confidence, Evidence } from "./verdict.ts";
import type { Facts } from "./facts.ts";

export interface RuleResult {
  readonly cause: CauseName;
  readonly confidence: Confidence;
  readonly knowledge: Knowledge;
  /** More precise than the cause's title. */
  readonly title?: string;
  /** The decisive evidence, if it isn't among the connection's own. */
  readonly decidedBy?: readonly Evidence[];
}

export type Rule = (facts: Facts) => RuleResult | null;

/** Who doesn't tell how a connection ended: see `untold` of the event. */
export const tellerOf = ({ lane }: Pick<InterruptionState, "lane">): string =>
  lane.page.model.started?.importedFrom === undefined ? "DevTools" : "the file";

/** By default servers accept 32 KB per hub message (MaximumReceiveMessageSize). */
export const RECEIVE_LIMIT = 32 * 1024;

/** Proxies may accept less. */
export const PROXY_LIMIT = 16 * 1024;

/** ASP.NET Core's text for every error, unless EnableDetailedErrors is set. */
export const NO_DETAILS = "Connection closed with an error.";

/** The statuses of a proxy when the server doesn't answer, or not in time; 520 to 530 are Cloudflare's. */
export const isGateway = (status: number | null | undefined): boolean =>
  status === 502 ||
  status === 503 ||
  status === 504 ||
  (typeof status === "number" && status >= 520 && status <= 530);

/** Cloudflare's, and some proxies': no TLS connection to the server behind it (525), or an invalid certificate there (526). */
export const isOriginTls = (status: number | null | undefined): boolean => status === 525 || status === 526;

/** The proxy waited too long for the server, which may be running. */
export const isTooSlow = (status: number | null | undefined): boolean => status === 504 || status === 524;
