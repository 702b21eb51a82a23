/** A run of the doctor, sorted for the topics, and what the app itself uses. */
import type {
  DoctorBegan,
  DoctorConnected,
  DoctorFact,
  DoctorNegotiated,
  DoctorResumed,
  DoctorSize,
  DoctorStayed,
  DoctorSticky,
} from "../events/doctor-events.ts";
import type {
  DoctorRunModel,
  FaultSpan,
  HubConnectionModel,
  LaneState,
  PageModel,
  RecordingModel,
  Span,
} from "../model/types.ts";
import { endOfRun } from "../model/doctor-run-end.ts";
import { originOf } from "../protocol/addresses.ts";
import type { TransportName } from "../protocol/terms.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { appLanes } from "./app-uses.ts";

/** What the app's own connection to the hub uses: its newest one, as recorded. */
export interface AppUses {
  /** At the end of the run. */
  readonly state: LaneState;
  /** It was connected when the run began. */
  readonly wasOpen: boolean;
  /** One that was connected when the run began was lost during it, whether or not it came back. */
  readonly lost: boolean;
  readonly transport: TransportName | null;
  readonly protocol: string | null;
  readonly askedStateful: boolean;
  /** By the newest negotiate. null: not known. */
  readonly grantedStateful: boolean | null;
  readonly serverTimeout: Milliseconds | null;
}

export interface DoctorSeen {
  readonly began: DoctorBegan;
  readonly negotiates: readonly DoctorNegotiated[];
  readonly connects: readonly DoctorConnected[];
  readonly sticky: DoctorSticky | undefined;
  readonly resume: DoctorResumed | undefined;
  readonly sizes: readonly DoctorSize[];
  readonly stays: readonly DoctorStayed[];
  /** null: the recording has no connection of the app to this hub. */
  readonly app: AppUses | null;
  /** Another server that the negotiates send clients to, as with Azure SignalR Service. */
  readonly service: string | undefined;
  /** Page and hub have the same origin: then CORS has no say. */
  readonly sameOrigin: boolean;
  /** What happened to the page during the run, which explains a loss better than anything on the way. */
  readonly away: "offline" | "frozen" | null;
  /** A fault that may have reached the app ran at the same time. */
  readonly faulted: boolean;
  /** A service worker has answered requests of the page's connections. */
  readonly serviceWorker: boolean;
}

export function seenIn(run: DoctorRunModel, model: RecordingModel): DoctorSeen {
  const of = <K extends DoctorFact["kind"]>(kind: K): Extract<DoctorFact, { kind: K }>[] =>
    run.facts.filter((fact): fact is Extract<DoctorFact, { kind: K }> => fact.kind === kind);
  const negotiates = of("doctor-negotiate");
  const page = model.pages.find(({ id }) => id === run.page);
  return {
    began: run.began,
    negotiates,
    connects: of("doctor-connect"),
    sticky: of("doctor-sticky").at(-1),
    resume: of("doctor-resume").at(-1),
    sizes: of("doctor-size"),
    stays: of("doctor-stay"),
    app: usesOf(run, model),
    service: negotiates.findLast(({ redirectUrl }) => redirectUrl !== undefined)?.redirectUrl,
    sameOrigin: originOf(page?.started?.url ?? "") === originOf(run.began.url),
    away: page ? awayOf(page, run) : null,
    faulted: page?.faults.some((one) => during(one, run) && reaches(one, appLanes(run, model))) === true,
    serviceWorker: page?.hubs.some(byServiceWorker) === true,
  };
}

const during = ({ from, until }: Span, run: Span): boolean =>
  from < (run.until ?? Infinity) && (until ?? Infinity) >= run.from;

/** null: it has the whole page. */
const reaches = ({ hubKey }: FaultSpan, lanes: readonly HubConnectionModel[]): boolean =>
  hubKey === null || lanes.some(({ key }) => key === hubKey);

const byServiceWorker = ({ requests, transports }: HubConnectionModel): boolean =>
  requests.some(({ ended }) => ended?.byServiceWorker === true) ||
  transports.some(({ closed }) => closed?.byServiceWorker === true);

function awayOf({ offline, visibility }: PageModel, run: Span): DoctorSeen["away"] {
  // A fault doesn't reach the doctor's own requests.
  if (offline.some((one) => one.fault === null && during(one, run))) return "offline";
  return visibility.some((one) => one.state === "frozen" && one.fault === null && during(one, run))
    ? "frozen"
    : null;
}

/** Negotiates at the app's own server, and those at the server that it sends clients on to. */
export function atService({ negotiates }: DoctorSeen): {
  readonly own: readonly DoctorNegotiated[];
  readonly service: readonly DoctorNegotiated[];
} {
  const isNext = (i: number): boolean => negotiates[i - 1]?.redirectUrl !== undefined;
  return {
    own: negotiates.filter((_, i) => !isNext(i)),
    service: negotiates.filter((_, i) => isNext(i)),
  };
}

function usesOf(run: DoctorRunModel, model: RecordingModel): AppUses | null {
  const end = untilOf(run, model);
  const lanes = appLanes(run, model).filter(({ states }) => states.some(({ from }) => from < end));
  const hub = lanes.findLast((lane) => stateAt(lane, end) === "connected") ?? lanes.at(-1);
  if (!hub) return null;
  return {
    state: stateAt(hub, end),
    wasOpen: isOpenState(stateAt(hub, run.from)),
    lost: lanes.some((lane) => wasLost(lane, run.from, end)),
    transport:
      hub.transports.findLast(({ openedAt }) => openedAt !== null && openedAt < end)?.transport ??
      hub.transport,
    protocol: hub.protocol,
    askedStateful: hub.stateful?.asked === true,
    grantedStateful: hub.stateful?.granted ?? null,
    serverTimeout: hub.serverTimeout,
  };
}

const stateAt = ({ states }: HubConnectionModel, t: number): LaneState =>
  states.findLast(({ from }) => from < t)?.state ?? "disconnected";

/** What happens to the app when its page is left says nothing. */
function untilOf(run: DoctorRunModel, { pages }: RecordingModel): EpochMilliseconds {
  const page = pages.find(({ id }) => id === run.page);
  const hidden = page?.moves.find(({ t, phase }) => phase === "pagehide" && t >= run.from)?.t;
  return Math.min((page && endOfRun(run, page)) ?? run.until ?? Infinity, hidden ?? Infinity);
}

const wasLost = (lane: HubConnectionModel, from: EpochMilliseconds, end: EpochMilliseconds): boolean =>
  isOpenState(stateAt(lane, from)) &&
  lane.states.some(
    (one) => one.from >= from && one.from < end && ["disconnected", "reconnecting"].includes(one.state),
  );

/** With a negotiate, as the client connects by default. */
export const negotiated = (seen: DoctorSeen, transport: TransportName): readonly DoctorConnected[] =>
  seen.connects.filter((one) => one.transport === transport && one.skipNegotiation !== true);

export const worked = (connects: readonly DoctorConnected[]): readonly DoctorConnected[] =>
  connects.filter(({ outcome }) => outcome === "connected");

/** A WebSocket that was opened without a negotiate. undefined: not tried. */
export const direct = (seen: DoctorSeen): DoctorConnected | undefined =>
  seen.connects.find(({ skipNegotiation }) => skipNegotiation === true);

/** Requests of one connection reached different servers. A service that clients are sent on to needs no sticky sessions. */
export const isScattered = ({ sticky, service }: DoctorSeen): boolean =>
  service === undefined && (sticky?.notFound ?? 0) > 0;

const isOpenState = (state: LaneState): boolean => state === "connected" || state === "resumed";

export const isOpen = (app: AppUses | null): boolean => app !== null && isOpenState(app.state);

/** The app connects without a negotiate, and so did the doctor: whatever is wrong with negotiates doesn't matter to it. */
export const needsNoNegotiate = (seen: DoctorSeen): boolean =>
  seen.began.skipNegotiation === true && direct(seen)?.outcome === "connected";
