/** Runs the connection doctor: one run at a time, each check after the other, and nothing stays open after it. */
import { VERSION } from "@microsoft/signalr";
import type { DoctorEnd, DoctorOrder } from "../../extension/core/events/doctor-events.ts";
import type { RecordedEvent, Unstamped } from "../../extension/core/events/events.ts";
import { withoutSecrets } from "../../extension/core/events/redact-events.ts";
import { expiryOf } from "../../extension/core/redaction/redact.ts";
import { createUsedTokens } from "../../extension/core/redaction/used-tokens.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import type { CreateDoctor, DoctorHooks } from "../hook/transport/doctor-hooks.ts";
import { clearNativeTimeout, nativeTimeout, omitUndefined } from "../hook/shared-with-tools.ts";
import { findAppClient } from "./app-client.ts";
import { tryConnects, type Working } from "./connects.ts";
import { tryNegotiates } from "./negotiate.ts";
import { watchPolicy } from "./policy.ts";
import { tryResuming } from "./resume.ts";
import { trySizes } from "./size.ts";
import { tryStaying } from "./stay.ts";
import { trySticky } from "./sticky.ts";
import type { Trial } from "./trial.ts";
import { errorText, pause } from "./waiting.ts";

const LONGEST_TEXT = 1_000;
const STOPPED_WITHIN: Milliseconds = 2_000;

export const createDoctor: CreateDoctor = (hooks) => {
  let last = 0;
  let running: AbortController | undefined;
  let lease: number | undefined;
  let reason: DoctorEnd = "completed";
  const end = (why: DoctorEnd): void => {
    if (!running) return;
    reason = why;
    running.abort();
  };
  return {
    get trying() {
      return running !== undefined;
    },
    start(order) {
      if (running) return { ok: false, error: "The connection doctor is running already on this page." };
      const run = ++last;
      const controller = (running = new AbortController());
      reason = "completed";
      void runAll(run, order, controller.signal, hooks, () => reason).finally(() => {
        running = undefined;
        hooks.recorder.flush();
      });
      return { ok: true, fault: run };
    },
    end(why) {
      end(why);
      return { ok: true, fault: last };
    },
    renew(duration) {
      if (lease !== undefined) clearNativeTimeout(lease);
      lease = nativeTimeout(() => {
        end("panel-closed");
      }, duration);
    },
  };
};

type Unnumbered<E> = E extends unknown ? Omit<E, "run"> : never;

async function runAll(
  run: number,
  order: DoctorOrder,
  signal: AbortSignal,
  hooks: DoctorHooks,
  reason: () => DoctorEnd,
): Promise<void> {
  const secrets = createUsedTokens();
  const tell = (event: Unnumbered<Unstamped<Extract<RecordedEvent, { run: number }>>>): void => {
    const clean = withoutSecrets(event, () => LONGEST_TEXT, secrets.texts);
    hooks.recorder.record({ ...clean, run });
  };
  const policy = watchPolicy();
  const connections: Trial["connections"] = new Set();
  let failure: string | undefined;
  try {
    const app = await findAppClient(order, hooks);
    secrets.remember(app.accessToken);
    tell({
      kind: "doctor",
      ...order,
      client: VERSION,
      token: app.token,
      ...omitUndefined({
        tokenExpiresAt: expiryOf(app.accessToken, atob),
        error: app.error,
        transports: app.transports,
        skipNegotiation: app.skipNegotiation,
      }),
    });
    await checkAll({
      app,
      order,
      signal,
      ended: () => signal.aborted,
      policy,
      secrets,
      connections,
      tell,
      own: hooks.own,
    });
  } catch (error) {
    failure = errorText(error);
  }
  // A WebSocket that Chromium's Content Security Policy has blocked never closes, and its client waits for it.
  const stops = [...connections].map((connection) => connection.stop().catch(() => undefined));
  await Promise.race([Promise.all(stops), pause(STOPPED_WITHIN)]);
  policy.stop();
  const ended = signal.aborted ? reason() : failure === undefined ? "completed" : "failed";
  tell({ kind: "doctor-ended", reason: ended, ...omitUndefined({ detail: failure }) });
}

async function checkAll(trial: Trial): Promise<void> {
  const { order } = trial;
  trial.tell({ kind: "doctor-tries", check: "negotiate" });
  const reached = await tryNegotiates(trial);
  if (trial.ended()) return;
  const working = await tryConnects(trial, reached);
  const polling: Working | undefined =
    working.find(({ transport }) => transport === "LongPolling") ?? working[0];
  if (trial.ended() || !reached) return;
  await trySticky(trial, polling ?? { transport: "LongPolling", protocol: "json" });
  const [best] = working;
  if (trial.ended() || !best) return;
  if (working.some(({ transport, protocol }) => transport === "WebSockets" && protocol === "json"))
    await tryResuming(trial);
  if (!trial.ended() && order.calls) await trySizes(trial, best);
  if (!trial.ended()) await tryStaying(trial, working);
}
