/** Records one HubConnection: its state, its timeouts, the reason of each loss, and every decision of its retry policy. */
import { KEEP_ALIVE, SERVER_TIMEOUT } from "../../../extension/core/protocol/defaults.ts";
import type { Mistake } from "../../../extension/core/events/app-events.ts";
import type { HubState } from "../../../extension/core/protocol/terms.ts";
import type { HubId } from "../../../extension/core/ids.ts";
import { omitUndefined } from "../../../extension/core/omit-undefined.ts";
import type { HubNow, RawHub } from "../../sentinel/hub-fields.ts";
import { hubNow } from "../../sentinel/shared-with-hook.ts";
import { watchApp } from "./hub-app.ts";
import { createMistakes, type Mistakes } from "./mistakes.ts";
import { errorWords } from "../record/error-text.ts";
import type { Recorder } from "../record/recorder.ts";

const STATES: readonly unknown[] = [
  "Disconnected",
  "Connecting",
  "Connected",
  "Disconnecting",
  "Reconnecting",
] satisfies HubState[];

const isHubState = (value: unknown): value is HubState => STATES.includes(value);

export interface HubWatch {
  /** Its address; "" until it has been used. */
  readonly url: string;
  readonly mistakes: Mistakes;
  /** Whether its state is one in which this mistake can be made: for a start() or a call that was rejected because of it. */
  couldMean(mistake: Mistake): boolean;
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
  raw: RawHub,
  id: HubId,
  recorder: Recorder,
  idToRecord: (connectionId: string) => string,
): HubWatch {
  const { hub, found, hasReconnectPolicy } = raw;
  const connectionIdOf = ({ connectionId }: HubNow): { connectionId?: string } =>
    omitUndefined({ connectionId: typeof connectionId === "string" ? idToRecord(connectionId) : undefined });
  let isTold = false;
  let url = "";
  const record = (now: HubNow, state?: HubState): void => {
    isTold = true;
    url = typeof now.baseUrl === "string" ? absolute(now.baseUrl) : "";
    recorder.record({
      kind: "hub",
      hub: id,
      url,
      serverTimeout: milliseconds(now.serverTimeoutInMilliseconds) ?? SERVER_TIMEOUT,
      keepAliveInterval: milliseconds(now.keepAliveIntervalInMilliseconds) ?? KEEP_ALIVE,
      hasReconnectPolicy,
      ...(state === undefined ? {} : { state, ...connectionIdOf(now) }),
    });
  };
  const mistakes = createMistakes(id, recorder);
  const app = watchApp(hub, id, recorder, mistakes);
  const changed = (from: unknown, to: unknown, now: HubNow): void => {
    if (!isHubState(from) || !isHubState(to)) return;
    app.changed(to);
    if (!isTold) record(now);
    const serverTimeout = milliseconds(now.serverTimeoutInMilliseconds);
    const keepAliveInterval = milliseconds(now.keepAliveIntervalInMilliseconds);
    recorder.record({
      kind: "hub-state",
      hub: id,
      from,
      to,
      ...connectionIdOf(now),
      ...omitUndefined({ serverTimeout, keepAliveInterval }),
    });
  };
  record(found);
  // start() may have been called in the task of the constructor.
  if (found.state !== "Disconnected") changed("Disconnected", found.state, found);
  raw.ears = {
    changed,
    decided({ previousRetryCount, elapsedMilliseconds, retryReason }, delay, threw) {
      recorder.record({
        kind: "retry",
        hub: id,
        previousRetryCount: typeof previousRetryCount === "number" ? previousRetryCount : 0,
        elapsed: typeof elapsedMilliseconds === "number" ? elapsedMilliseconds : 0,
        delay: typeof delay === "number" ? delay : delay === null ? null : 0,
        ...omitUndefined({ reason: words(retryReason), threw: words(threw) }),
      });
    },
    lost(error) {
      recorder.record({ kind: "hub-lost", hub: id, ...omitUndefined({ error: words(error) }) });
    },
  };
  return {
    get url() {
      return url;
    },
    mistakes,
    couldMean: (mistake) => hub.state !== (mistake === "started-twice" ? "Disconnected" : "Connected"),
    release() {
      app.release();
      raw.release();
    },
    resume() {
      isTold = false;
      const now = hubNow(hub);
      if (isHubState(now.state) && now.state !== "Disconnected") record(now, now.state);
      raw.watch();
      app.watch();
    },
  };
}

function absolute(url: string): string {
  try {
    return new URL(url, document.baseURI).href;
  } catch {
    return url; // a document without a base URL
  }
}

const milliseconds = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

/** undefined: there is no error. */
function words(error: unknown): string | undefined {
  if (error === undefined || error === null) return undefined;
  const text: unknown = error instanceof Error ? error.message : error;
  return errorWords(text);
}
