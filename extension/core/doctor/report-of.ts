/** Judges a run of the connection doctor. Pure. */
import type { DoctorRunModel, RecordingModel } from "../model/types.ts";
import type { DoctorProblem, DoctorReport, DoctorTopic, DoctorVerdict, Place } from "./report.ts";
import { DOCTOR_TOPICS } from "./report.ts";
import { seenIn, type DoctorSeen } from "./seen.ts";
import { besideApp } from "./topics/app.ts";
import { sizes, speed } from "./topics/figures.ts";
import { keepAlive, staying } from "./topics/lasting.ts";
import { reach } from "./topics/reach.ts";
import { protocols, stateful, stickySessions } from "./topics/server.ts";
import { token } from "./topics/token.ts";
import { eventStreams, longPolling, webSockets } from "./topics/transports.ts";

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
  return { headline: headlineOf(run, worst), where: worst?.where ?? null, verdicts };
}

const CONFIDENCES: readonly DoctorProblem["confidence"][] = ["high", "medium", "low"];

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
  between: "A problem between the two",
};

function headlineOf({ end, facts }: DoctorRunModel, worst: DoctorProblem | undefined): string {
  if (worst)
    return `${worst.confidence === "low" ? "Perhaps a" : "A"}${PLACES[worst.where].slice(1)}: ${worst.title}`;
  const connects = facts.filter((fact) => fact.kind === "doctor-connect");
  if (end === "completed" && connects.length > 0)
    return connects.every(({ outcome }) => outcome === "connected")
      ? "Everything that was tried works from here"
      : "No problem was found";
  return end === null ? "No problem so far" : "It ended before everything was tried; no problem so far";
}
