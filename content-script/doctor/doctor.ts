/** Runs the connection doctor: one run at a time, each check after the other, and nothing stays open after it. */
import { VERSION } from "@microsoft/signalr";
import type { DoctorBegan, DoctorEnd, DoctorOrder } from "../../extension/core/events/doctor-events.ts";
import { withoutSecrets } from "../../extension/core/events/redact-events.ts";
import { expiryOf } from "../../extension/core/redaction/redact.ts";
import { createUsedTokens } from "../../extension/core/redaction/used-tokens.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import type { CreateDoctor, DoctorHooks } from "../hook/transport/doctor-hooks.ts";
import {
  NativePromise,
  clearNativeTimeout,
  nativeTimeout,
  off,
  omitUndefined,
  on,
} from "../hook/shared-with-tools.ts";
import { findAppClient, type AppClient } from "./app-client.ts";
import { tryConnects, type Working } from "./connects.ts";
import { tryNegotiates } from "./negotiate.ts";
import { watchPolicy } from "./policy.ts";
import { tryResuming } from "./resume.ts";
import { trySizes } from "./size.ts";
import { tryStaying } from "./stay.ts";
import { trySticky } from "./sticky.ts";
import { PATIENCE, type Told, type Trial } from "./trial.ts";
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
  /** Connections would outlive a page in the back/forward cache, and what the browser does to them now says nothing. */
  const leave = (): void => {
    end("page-left");
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
      on(window, "pagehide", leave);
      void runAll(run, order, controller.signal, hooks, () => reason).finally(() => {
        running = undefined;
        off(window, "pagehide", leave);
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

async function runAll(
  run: number,
  order: DoctorOrder,
  signal: AbortSignal,
  hooks: DoctorHooks,
  reason: () => DoctorEnd,
): Promise<void> {
  const secrets = createUsedTokens();
  const tell = (event: Told): void => {
    const clean = withoutSecrets(event, () => LONGEST_TEXT, secrets.texts);
    hooks.recorder.record({ ...clean, run });
  };
  const policy = watchPolicy();
  const connections: Trial["connections"] = new Set();
  const failures: string[] = [];
  const failed = (error: unknown): undefined => void failures.push(errorText(error));
  const app = await findAppClient(order, hooks).catch(failed);
  secrets.remember(app?.accessToken);
  // A server may repeat them in an error.
  for (const value of Object.values(app?.headers ?? {})) secrets.remember(value);
  tell(began(order, app));
  if (app) {
    const ended = (): boolean => signal.aborted;
    const patience = PATIENCE;
    const { own } = hooks;
    const trial: Trial = { app, order, signal, ended, policy, patience, secrets, connections, tell, own };
    failures.push(...((await checkAll(trial).catch(failed)) ?? []));
  }
  // A WebSocket that Chromium's Content Security Policy has blocked never closes, and its client waits for it.
  const stops = [...connections].map((connection) => connection.stop().catch(() => undefined));
  await NativePromise.race([NativePromise.all(stops), pause(STOPPED_WITHIN)]);
  policy.stop();
  tell({
    kind: "doctor-ended",
    reason: signal.aborted ? reason() : failures.length === 0 ? "completed" : "failed",
    ...omitUndefined({ detail: failures.length === 0 ? undefined : failures.join("; ") }),
  });
}

/** @param app undefined: its address isn't known in full, and nothing can be tried */
const began = (order: DoctorOrder, app?: AppClient): Told<DoctorBegan> => ({
  kind: "doctor",
  ...order,
  client: VERSION,
  token: app?.token ?? "unknown",
  ...omitUndefined({
    tokenExpiresAt: expiryOf(app?.accessToken, atob),
    error: app?.error,
    transports: app?.transports,
    skipNegotiation: app?.skipNegotiation,
  }),
});

/** A check that fails by a mistake of ours doesn't keep the others from running. @returns what failed */
async function checkAll(trial: Trial): Promise<string[]> {
  const failures: string[] = [];
  const check = async <T>(run: () => Promise<T>, otherwise: T): Promise<T> => {
    if (trial.ended()) return otherwise;
    try {
      return await run();
    } catch (error) {
      failures.push(errorText(error));
      return otherwise;
    }
  };
  trial.tell({ kind: "doctor-tries", check: "negotiate" });
  const reached = await check(() => tryNegotiates(trial), false);
  const working = await check<readonly Working[]>(() => tryConnects(trial, reached), []);
  if (!reached) return failures;
  const [best] = working;
  const polling = working.find(({ transport }) => transport === "LongPolling") ?? best;
  await check(() => trySticky(trial, polling ?? { transport: "LongPolling", protocol: "json" }), undefined);
  if (!best) return failures;
  if (working.some(({ transport, protocol }) => transport === "WebSockets" && protocol === "json"))
    await check(() => tryResuming(trial), undefined);
  if (trial.order.calls) await check(() => trySizes(trial, best), undefined);
  await check(() => tryStaying(trial, working), undefined);
  return failures;
}
