/** Runs of the connection doctor, for the tests of what they say. */
import { reportOf } from "../../../../extension/core/doctor/report-of.ts";
import type { DoctorReport, DoctorTopic, DoctorVerdict } from "../../../../extension/core/doctor/report.ts";
import type {
  DoctorBegan,
  DoctorConnected,
  DoctorEnd,
  DoctorFact,
  DoctorNegotiated,
  DoctorResumed,
  DoctorSize,
  DoctorStayed,
} from "../../../../extension/core/events/doctor-events.ts";
import type { Unstamped } from "../../../../extension/core/events/events.ts";
import { START, URL_OF_HUB, script, type EventScript } from "../event-script.ts";

export { START, URL_OF_HUB, script };

type Given<E> = E extends unknown ? Omit<E, "seq" | "t" | "run"> : never;
export type Fact = Given<DoctorFact>;

export const ALL = ["WebSockets", "ServerSentEvents", "LongPolling"] as const;

export const negotiated = (more: Partial<Given<DoctorNegotiated>> = {}): Fact => ({
  kind: "doctor-negotiate",
  url: `${URL_OF_HUB}/negotiate?negotiateVersion=1`,
  status: 200,
  duration: 40,
  ...(more.status === undefined || more.status === 200 ? { transports: ALL } : {}),
  ...more,
});

export const connected = (
  transport: DoctorConnected["transport"],
  more: Partial<Given<DoctorConnected>> = {},
): Fact => ({
  kind: "doctor-connect",
  transport,
  protocol: "json",
  outcome: "connected",
  duration: 60,
  ...more,
});

export const refused = (
  transport: DoctorConnected["transport"],
  more: Partial<Given<DoctorConnected>> = {},
): Fact => connected(transport, { outcome: "refused", error: "It failed.", ...more });

/** A WebSocket without a negotiate. */
export const direct = (outcome: DoctorConnected["outcome"]): Fact =>
  connected("WebSockets", { outcome, skipNegotiation: true });

export const sticky = (notFound: number, failed = 0): Fact => ({
  kind: "doctor-sticky",
  transport: "LongPolling",
  tried: 4,
  notFound,
  failed,
});

export const resumed = (outcome: DoctorResumed["outcome"]): Fact => ({ kind: "doctor-resume", outcome });

export const size = (
  direction: DoctorSize["direction"],
  passed: number,
  failed: number | null,
  more: Partial<Given<DoctorSize>> = {},
): Fact => ({ kind: "doctor-size", direction, transport: "WebSockets", passed, failed, ...more });

export const stayed = (
  transport: DoctorStayed["transport"],
  duration: number,
  more: Partial<Given<DoctorStayed>> = {},
): Fact => ({ kind: "doctor-stay", transport, duration, lost: false, pings: 2, ...more });

export const lost = (
  transport: DoctorStayed["transport"],
  duration: number,
  more: Partial<Given<DoctorStayed>> = {},
): Fact => ({ kind: "doctor-stay", transport, duration, lost: true, pings: 0, ...more });

/** What a page and its app do. */
export type Doing = (page: EventScript) => EventScript;

export interface Run {
  readonly began?: Partial<Given<DoctorBegan>>;
  readonly facts?: readonly Fact[];
  /** null: it is still running. */
  readonly end?: DoctorEnd | null;
  /** What the page and its app do before the run. Without it there is only the page. */
  readonly before?: Doing;
  readonly meanwhile?: Doing;
}

/** The begin of the run, in milliseconds after START. */
export const BEGAN = 10_000;

export const began = (run: number, more: Partial<Given<DoctorBegan>> = {}): Unstamped => ({
  kind: "doctor",
  run,
  url: URL_OF_HUB,
  stay: 30_000,
  calls: true,
  client: "10.0.11",
  token: "none",
  ...more,
});

export function scriptOf({
  began: more,
  facts = [],
  end = "completed",
  before,
  meanwhile,
}: Run): EventScript {
  const page = before ? before(script()) : script().at(0).page();
  page.at(BEGAN).add(began(1, more));
  meanwhile?.(page);
  page.at(BEGAN + 1_000).add(...facts.map((fact) => ({ ...fact, run: 1 })));
  return end === null ? page : page.at(BEGAN + 60_000).add({ kind: "doctor-ended", run: 1, reason: end });
}

export function report(run: Run): DoctorReport {
  const model = scriptOf(run).reduce();
  const [found] = model.pages.flatMap(({ doctorRuns }) => doctorRuns);
  if (!found) throw new Error("There is no run.");
  return reportOf(found, model);
}

export const verdict = (topic: DoctorTopic, run: Run): DoctorVerdict | undefined =>
  report(run).verdicts.find((one) => one.topic === topic);

/** "problem server high", "fine"; undefined: it wasn't tried. */
export function outcome(topic: DoctorTopic, run: Run): string | undefined {
  const found = verdict(topic, run);
  return found?.result === "problem" ? `problem ${found.where} ${found.confidence}` : found?.result;
}

export const appState =
  (...states: readonly ("Disconnected" | "Connecting" | "Connected" | "Reconnecting")[]) =>
  (page: EventScript): EventScript => {
    page.at(0).page().hub();
    states.forEach((to, i) => page.at(i + 1).state(states[i - 1] ?? "Disconnected", to));
    return page;
  };

/** The app is connected by this transport with this protocol. */
export const appBy =
  (transport: DoctorConnected["transport"], protocol = "json") =>
  (page: EventScript): EventScript => {
    page.at(0).page().hub().state("Disconnected", "Connecting").at(10).negotiate(1, "id-1").at(20);
    page
      .connecting(1, 1, transport)
      .add(
        { kind: "socket-opened", socket: 1 },
        { kind: "handshake", socket: 1, direction: "out", protocol, version: 1 },
        { kind: "handshake", socket: 1, direction: "in" },
      );
    return page.state("Connecting", "Connected", "id-1");
  };
