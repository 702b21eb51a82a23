/** What the hook and the connection doctor are to each other. The doctor is loaded only into pages where the user starts it. */
import type { DoctorEnd, DoctorOrder } from "../../../extension/core/events/doctor-events.ts";
import type { FaultAnswer } from "../../../extension/messages/hook-relay.ts";
import type { Milliseconds } from "../../../extension/core/units.ts";
import type { PageHub } from "../../sentinel/probe.ts";
import type { Recorder } from "../record/recorder.ts";
import type { TransportConnections } from "./transport-connection.ts";

export interface Doctor {
  /** The page's Content Security Policy may block what the doctor tries: then that isn't the app's. */
  readonly trying: boolean;
  /** Answers when it has begun, or why it can't. */
  start(order: DoctorOrder): FaultAnswer;
  end(reason: DoctorEnd): FaultAnswer;
  /** The panel will be open for at least this time. */
  renew(lease: Milliseconds): void;
}

export interface DoctorHooks {
  readonly recorder: Recorder;
  readonly connections: TransportConnections;
  /** The HubConnections of the page that the probe has found and that are still in use. */
  hubs(): PageHub[];
  /** undefined: it isn't loaded. */
  doctor: Doctor | undefined;
  /** Call when the doctor sends a negotiate to this absolute address: otherwise it is taken for a worker's. */
  own(url: string): void;
}

/** The function that the doctor's script passes to the hook. */
export type CreateDoctor = (hooks: DoctorHooks) => Doctor;
