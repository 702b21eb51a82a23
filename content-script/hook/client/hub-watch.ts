/**
 * Watches one HubConnection: its state, its timeouts, the reason of each loss, and every decision of its retry policy. It works
 * whatever names a minifier gave to the private fields: the state is the only own string that equals `hub.state`, and the retry
 * policy is the own object with `nextRetryDelayInMilliseconds`.
 */
import { KEEP_ALIVE, SERVER_TIMEOUT } from "../../../extension/core/protocol/defaults.ts";
import type { HubState } from "../../../extension/core/protocol/terms.ts";
import type { HubId } from "../../../extension/core/ids.ts";
import { omitUndefined } from "../../../extension/core/omit-undefined.ts";
import { errorWords } from "../record/error-text.ts";
import { guarded } from "../platform/guard.ts";
import { apply, defineProperty, getOwnPropertyDescriptor } from "../platform/natives.ts";
import type { PageHub } from "./probe.ts";
import type { Recorder } from "../record/recorder.ts";

const STATES: readonly unknown[] = [
  "Disconnected",
  "Connecting",
  "Connected",
  "Disconnecting",
  "Reconnecting",
];

interface RetryContext {
  readonly previousRetryCount?: unknown;
  readonly elapsedMilliseconds?: unknown;
  readonly retryReason?: unknown;
}
type NextDelay = (context: RetryContext) => unknown;

export interface HubWatch {
  /** Restores everything that was changed on the hub. */
  release(): void;
  /**
   * Watches the same hub again, in another recording. A disconnected hub is recorded only when it starts: a page may have
   * hundreds that it doesn't use any more.
   */
  resume(): void;
}

/** @param idToRecord makes a connection id safe to record: it may be a secret */
export function watchHub(
  hub: PageHub,
  id: HubId,
  recorder: Recorder,
  idToRecord: (connectionId: string) => string,
): HubWatch {
  const fields = Object.keys(hub) as (keyof PageHub)[];
  const policyField = fields.find((field) => hasRetryPolicy(hub[field]));
  const connectionId = (): { connectionId?: string } =>
    omitUndefined({
      connectionId: typeof hub.connectionId === "string" ? idToRecord(hub.connectionId) : undefined,
    });
  let isTold = false;
  const record = (state?: HubState): void => {
    isTold = true;
    recorder.record({
      kind: "hub",
      hub: id,
      url: typeof hub.baseUrl === "string" ? absolute(hub.baseUrl) : "",
      serverTimeout: milliseconds(hub.serverTimeoutInMilliseconds) ?? SERVER_TIMEOUT,
      keepAliveInterval: milliseconds(hub.keepAliveIntervalInMilliseconds) ?? KEEP_ALIVE,
      hasReconnectPolicy: policyField !== undefined,
      ...(state === undefined ? {} : { state, ...connectionId() }),
    });
  };
  record();
  const { state } = hub;
  const stateField = fields.find((field) => STATES.includes(hub[field]) && hub[field] === state);
  const changed = (from: HubState, to: HubState): void => {
    if (!isTold) record();
    const serverTimeout = milliseconds(hub.serverTimeoutInMilliseconds);
    const keepAliveInterval = milliseconds(hub.keepAliveIntervalInMilliseconds);
    recorder.record({
      kind: "hub-state",
      hub: id,
      from,
      to,
      ...connectionId(),
      ...omitUndefined({ serverTimeout, keepAliveInterval }),
    });
  };
  let releases: ((() => void) | null)[] = [];
  const watch = (): void => {
    releases = [
      stateField === undefined ? null : watchState(hub, stateField, changed),
      policyField === undefined ? null : watchPolicy(hub, policyField, id, recorder),
      watchLoss(hub, id, recorder),
    ];
  };
  // start() may have been called in the task of the constructor.
  if (stateField !== undefined && isState(hub.state) && hub.state !== "Disconnected")
    changed("Disconnected", hub.state);
  watch();
  return {
    release() {
      for (const release of releases) release?.();
      releases = [];
    },
    resume() {
      isTold = false;
      if (isState(hub.state) && hub.state !== "Disconnected") record(hub.state);
      if (releases.length === 0) watch();
    },
  };
}

const isState = (value: unknown): value is HubState => STATES.includes(value);

function absolute(url: string): string {
  try {
    return new URL(url, document.baseURI).href;
  } catch {
    return url; // a document without a base URL
  }
}

function watchState(
  hub: PageHub,
  field: string,
  changed: (from: HubState, to: HubState) => void,
): () => void {
  const before = getOwnPropertyDescriptor(hub, field);
  let value = before?.value as unknown;
  const set = (next: unknown): void => {
    const last = value;
    value = next;
    if (next !== last && STATES.includes(next))
      guarded(() => {
        changed(last as HubState, next as HubState);
      });
  };
  defineProperty(hub, field, { configurable: true, enumerable: true, get: () => value, set });
  return () => {
    defineProperty(hub, field, { configurable: true, enumerable: true, writable: true, value });
  };
}

const hasRetryPolicy = (value: unknown): value is { nextRetryDelayInMilliseconds: NextDelay } =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as { nextRetryDelayInMilliseconds?: unknown }).nextRetryDelayInMilliseconds === "function";

/** Wraps the policy in this hub's own field: the policy object itself may be shared by several hubs. */
function watchPolicy(hub: PageHub, field: keyof PageHub, id: HubId, recorder: Recorder): () => void {
  const policy = hub[field] as { nextRetryDelayInMilliseconds: NextDelay };
  const decided = (context: RetryContext, delay: number | null, threw?: unknown): void => {
    const { previousRetryCount, elapsedMilliseconds, retryReason } = context;
    recorder.record({
      kind: "retry",
      hub: id,
      previousRetryCount: typeof previousRetryCount === "number" ? previousRetryCount : 0,
      elapsed: typeof elapsedMilliseconds === "number" ? elapsedMilliseconds : 0,
      delay,
      ...omitUndefined({ reason: words(retryReason), threw: words(threw) }),
    });
  };
  const watched = Object.create(policy) as { nextRetryDelayInMilliseconds: NextDelay };
  watched.nextRetryDelayInMilliseconds = (context) => {
    let delay: unknown;
    try {
      delay = apply(policy.nextRetryDelayInMilliseconds, policy, [context]);
    } catch (error) {
      guarded(() => {
        decided(context, null, error ?? "an empty error");
      });
      throw error;
    }
    guarded(() => {
      decided(context, typeof delay === "number" ? delay : delay === null ? null : 0);
    });
    return delay;
  };
  defineProperty(hub, field, { configurable: true, enumerable: true, writable: true, value: watched });
  return () => {
    if (hub[field] === watched)
      defineProperty(hub, field, { configurable: true, enumerable: true, writable: true, value: policy });
  };
}

/** The transport calls `connection.onclose` to tell the HubConnection that the connection is lost, and why. */
function watchLoss(hub: PageHub, id: HubId, recorder: Recorder): () => void {
  const { connection } = hub;
  const { onclose } = connection;
  if (typeof onclose !== "function") return () => undefined;
  const watched = function (this: unknown, ...args: unknown[]): unknown {
    guarded(() => {
      const [error] = args;
      recorder.record({
        kind: "hub-lost",
        hub: id,
        ...omitUndefined({ error: words(error) }),
      });
    });
    return apply(onclose as (...given: unknown[]) => unknown, this, args);
  };
  connection.onclose = watched;
  return () => {
    if (connection.onclose === watched) connection.onclose = onclose;
  };
}

const milliseconds = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

/** undefined: there is no error. */
function words(error: unknown): string | undefined {
  if (error === undefined || error === null) return undefined;
  const text: unknown = error instanceof Error ? error.message : error;
  return errorWords(text);
}
