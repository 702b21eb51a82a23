/**
 * Watches three things of one HubConnection: its state, every decision of its retry policy, and the reason of each loss. It
 * works whatever names a minifier gave to the private fields: the state is the only own string that equals `hub.state`, and the
 * retry policy is the own object with `nextRetryDelayInMilliseconds`.
 */
import { happen } from "./happenings.ts";
import { guarded } from "./platform/guard.ts";
import { apply, defineProperty, getOwnPropertyDescriptor, type Method } from "./platform/natives.ts";
import type { PageHub } from "./probe.ts";

/** The public fields of a hub at one time. */
export type HubNow = Pick<
  PageHub,
  "state" | "connectionId" | "baseUrl" | "serverTimeoutInMilliseconds" | "keepAliveIntervalInMilliseconds"
>;

export interface RetryContext {
  readonly previousRetryCount?: unknown;
  readonly elapsedMilliseconds?: unknown;
  readonly retryReason?: unknown;
}

/** What the hook does with it. */
export interface HubEars {
  changed(from: unknown, to: unknown, now: HubNow): void;
  /** @param threw the policy's error, or undefined */
  decided(context: RetryContext, delay: unknown, threw: unknown): void;
  lost(error: unknown): void;
}

export interface RawHub {
  readonly hub: PageHub;
  /** When it was found. */
  readonly found: HubNow;
  readonly hasReconnectPolicy: boolean;
  ears: HubEars | undefined;
  /** Restores everything that was changed on the hub. */
  release(): void;
  /** Watches it again after `release`. */
  watch(): void;
}

export const hubNow = ({
  state,
  connectionId,
  baseUrl,
  serverTimeoutInMilliseconds,
  keepAliveIntervalInMilliseconds,
}: PageHub): HubNow => ({
  state,
  connectionId,
  baseUrl,
  serverTimeoutInMilliseconds,
  keepAliveIntervalInMilliseconds,
});

type NextDelay = (context: RetryContext) => unknown;
interface Policy {
  nextRetryDelayInMilliseconds: NextDelay;
}

export function watchHubFields(hub: PageHub): RawHub {
  const fields = Object.keys(hub) as (keyof PageHub)[];
  const policyField = fields.find((field) => isPolicy(hub[field]));
  const { state } = hub;
  const stateField = fields.find((field) => hub[field] === state);
  let releases: (() => void)[] | undefined;
  const raw: RawHub = {
    hub,
    found: hubNow(hub),
    hasReconnectPolicy: policyField !== undefined,
    ears: undefined,
    release() {
      releases?.forEach((release) => {
        release();
      });
      releases = undefined;
    },
    watch() {
      releases ??= [
        stateField ? watchState(raw, stateField) : nothing,
        policyField ? watchPolicy(raw, policyField) : nothing,
        watchLoss(raw),
      ];
    },
  };
  raw.watch();
  return raw;
}

function watchState(raw: RawHub, field: keyof PageHub): () => void {
  const { hub } = raw;
  let value: unknown = hub[field];
  // The page's own monitor may watch it, too.
  const other = getOwnPropertyDescriptor(hub, field)?.set;
  const set = (next: unknown): void => {
    const last = value;
    value = next;
    if (other) apply(other, hub, [next]);
    guarded(() => {
      if (next === last) return;
      const now = hubNow(hub);
      happen(raw, () => raw.ears?.changed(last, next, now));
    });
  };
  defineProperty(hub, field, { configurable: true, enumerable: true, get: () => value, set });
  return () => {
    putBack(hub, field, value);
  };
}

/** Wraps the policy in this hub's own field: the policy object itself may be shared by several hubs. */
function watchPolicy(raw: RawHub, field: keyof PageHub): () => void {
  const { hub } = raw;
  const policy = hub[field] as Policy;
  const watched = Object.create(policy) as Policy;
  watched.nextRetryDelayInMilliseconds = (context) => {
    let delay: unknown = null;
    let threw: unknown;
    try {
      return (delay = apply(policy.nextRetryDelayInMilliseconds, policy, [context]));
    } catch (error) {
      threw = error ?? "an empty error";
      throw error;
    } finally {
      guarded(() => {
        happen(raw, () => raw.ears?.decided(context, delay, threw));
      });
    }
  };
  putBack(hub, field, watched);
  return () => {
    if (hub[field] === watched) putBack(hub, field, policy);
  };
}

/** The transport calls `connection.onclose` to tell the HubConnection that the connection is lost, and why. */
function watchLoss(raw: RawHub): () => void {
  const { connection } = raw.hub;
  const { onclose } = connection;
  if (typeof onclose !== "function") return nothing;
  const watched = function (this: unknown, ...args: unknown[]): unknown {
    guarded(() => {
      happen(raw, () => raw.ears?.lost(args[0]));
    });
    return apply(onclose as Method, this, args);
  };
  connection.onclose = watched;
  return () => {
    if (connection.onclose === watched) connection.onclose = onclose;
  };
}

const nothing = (): void => undefined;

const putBack = (hub: PageHub, field: keyof PageHub, value: unknown): void => {
  defineProperty(hub, field, { configurable: true, enumerable: true, writable: true, value });
};

const isPolicy = (value: unknown): value is Policy =>
  typeof (value as Partial<Policy> | null | undefined)?.nextRetryDelayInMilliseconds === "function";
