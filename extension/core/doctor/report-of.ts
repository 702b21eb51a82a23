/** Judges a run of the connection doctor. Pure. */
import type { DoctorConnected, DoctorEnd } from "../events/doctor-events.ts";
import { endOfRun } from "../model/doctor-run-end.ts";
import type { DoctorRunModel, RecordingModel } from "../model/types.ts";
import type { DoctorProblem, DoctorReport, DoctorTopic, DoctorVerdict, Place } from "./report.ts";
import { DOCTOR_TOPICS } from "./report.ts";
import { seenIn, worked, type DoctorSeen } from "./seen.ts";
import { besideApp } from "./topics/app.ts";
import { sizes, speed } from "./topics/figures.ts";
import { keepAlive, staying } from "./topics/lasting.ts";
import { reach } from "./topics/reach.ts";
import { protocols, stateful, stickySessions } from "./topics/server.ts";
import { token } from "./topics/token.ts";
import { eventStreams, longPolling } from "./topics/transports.ts";
import { webSockets } from "./topics/web-sockets.ts";

/** null: it wasn't tried. */
const JUDGES: Readonly<Record<DoctorTopic, (seen: DoctorSeen) => DoctorVerdict | null>> = {
  reach,
  token,
  websockets: webSockets,
  "event-streams": eventStreams,
  "long-polling": longPolling,
  protocols,
  sticky: stickySessions,
  "beside-app": besideApp,
  stateful,
  "keep-alive": keepAlive,
  stay: staying,
  size: sizes,
  speed,
};

/** Of a run that is still going on: what is known so far. */
export function reportOf(run: DoctorRunModel, model: RecordingModel): DoctorReport {
  const seen = seenIn(run, model);
  const verdicts = DOCTOR_TOPICS.flatMap((topic) => JUDGES[topic](seen) ?? []);
  const worst = worstOf(verdicts);
  const page = model.pages.find(({ id }) => id === run.page);
  const over = run.end ?? (page && endOfRun(run, page) !== null ? "page-left" : null);
  return {
    headline: headlineOf(over, verdicts, worst, seen.connects),
    where: worst?.where ?? null,
    verdicts,
  };
}

const CONFIDENCES: readonly DoctorProblem["confidence"][] = ["high", "medium", "low"];

/** For a reader: problems, the surest first, and then the others in the order of the topics. */
export const problemsFirst = (verdicts: readonly DoctorVerdict[]): DoctorVerdict[] => {
  const rank = (one: DoctorVerdict): number =>
    one.result === "problem" ? CONFIDENCES.indexOf(one.confidence) + (follows(one) ? 0.5 : 0) : Infinity;
  return [...verdicts].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
};

/** The surest; of equally sure ones the first in the order of the topics. */
function worstOf(verdicts: readonly DoctorVerdict[]): DoctorProblem | undefined {
  const problems = verdicts
    .filter((one): one is DoctorProblem => one.result === "problem")
    .sort((a, b) => Number(follows(a)) - Number(follows(b)));
  return CONFIDENCES.map((level) => problems.find(({ confidence }) => confidence === level)).find(
    (one) => one !== undefined,
  );
}

/** That the app isn't connected is often what follows from another problem. */
const follows = ({ topic, confidence }: DoctorProblem): boolean =>
  topic === "beside-app" && confidence === "low";

const PLACES: Readonly<Record<Place, string>> = {
  app: "A problem of the app",
  server: "A problem of the server",
  between: "A problem between app and server",
};

/** Without an answer to one of these it isn't known whether everything works. */
const WAYS: readonly DoctorTopic[] = [
  "reach",
  "token",
  "websockets",
  "event-streams",
  "long-polling",
  "sticky",
  "stay",
];

function headlineOf(
  end: DoctorEnd | "page-left" | null,
  verdicts: readonly DoctorVerdict[],
  worst: DoctorProblem | undefined,
  connects: readonly DoctorConnected[],
): string {
  if (worst)
    return `${worst.confidence === "low" ? "Perhaps a" : "A"}${PLACES[worst.where].slice(1)}: ${worst.title}`;
  if (end === null) return "No problem so far";
  if (end !== "completed") return "It ended before everything was tried; no problem so far";
  const works = worked(connects).length > 0;
  const open = verdicts.find(({ topic, result }) => result === "cant-tell" && WAYS.includes(topic));
  if (works && !open && connects.every(({ outcome, again }) => outcome === "connected" && again !== true))
    return "Everything that was tried works from here";
  if (works) return open ? "No problem was found; not everything could be tried" : "No problem was found";
  return open ? `It can't be told: ${open.title}` : "Nothing connects, and no reason was found";
}
