/** Connections of each transport that are left open at the same time, without messages but pings. */
import type { DoctorStayed } from "../../extension/core/events/doctor-events.ts";
import type { TransportName } from "../../extension/core/protocol/terms.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import { NativePromise, omitUndefined } from "../hook/shared-with-tools.ts";
import type { Working } from "./connects.ts";
import { close, open, type Told, type Trial } from "./trial.ts";
import { errorText, median, pause } from "./waiting.ts";

export async function tryStaying(trial: Trial, working: readonly Working[]): Promise<void> {
  if (trial.order.stay === 0) return;
  trial.tell({ kind: "doctor-tries", check: "stay" });
  const first = new Map<TransportName, Working>();
  for (const one of working) if (!first.has(one.transport)) first.set(one.transport, one);
  await NativePromise.all([...first.values()].map((using) => stay(trial, using)));
}

const BEFORE_LEAVING: Milliseconds = 500;

async function stay(trial: Trial, using: Working): Promise<void> {
  const pings: number[] = [];
  const pinged = (): void => void pings.push(performance.now());
  const { connection, opening } = await open(trial, { ...using, pinged });
  if (!connection) return;
  const began = performance.now();
  const lost = new AbortController();
  let error: string | undefined;
  connection.onclose((reason) => {
    error = reason && errorText(reason);
    lost.abort();
  });
  await pause(trial.order.stay, AbortSignal.any([trial.signal, lost.signal]));
  const duration = performance.now() - began;
  const wasLost = lost.signal.aborted;
  await close(trial, connection);
  // Firefox cuts the requests of a page that is being left before the page learns of it.
  if (wasLost) await pause(BEFORE_LEAVING, trial.signal);
  if (trial.ended()) return;
  const times = [began, ...pings];
  const between = pings.map((at, i) => at - (times[i] ?? at));
  trial.tell({
    kind: "doctor-stay",
    transport: using.transport,
    duration,
    lost: wasLost,
    pings: pings.length,
    ...omitUndefined({
      error: wasLost ? error : undefined,
      code: wasLost ? opening.close?.code : undefined,
      interval: median(between),
      longest: between.length > 0 ? Math.max(...between) : undefined,
    }),
  } satisfies Told<DoctorStayed>);
}
