/** A section for each hub connection in the report: its server, its start attempts, its transports, and its resumes. */
import { Waterfall } from "../../panel/content/waterfall.tsx";
import type { HubConnectionModel, ResumeModel, StatefulModel, TransportModel } from "../core/model/types.ts";
import { heldBack } from "../core/diagnosis/held-back.ts";
import { heldBackWords } from "../wording/call-waits.ts";
import { bytes, counted, duration, whole } from "../core/text/format.ts";
import { attemptSteps, isLadder } from "../wording/attempt-steps.ts";
import { HOSTING_TEXT, negotiateWords } from "../wording/hub-sentences.ts";
import { HOSTING_WORD } from "../wording/hub-words.ts";
import { resumeFacts } from "../wording/resume-facts.ts";
import { endShort, isSameId, transportName } from "../wording/transport-name.ts";
import { CircuitPart } from "./circuit-part.tsx";
import type { ReportContext } from "./report-context.ts";
import { wide } from "./wide.ts";

/** Rows shown of a table: a connection that breaks again and again all day would have thousands. */
const MAX_ROWS = 12;

interface Props {
  readonly hub: HubConnectionModel;
  readonly context: ReportContext;
}

export function ConnectionSection({ hub, context }: Props) {
  const { hosting, stateful, transports } = hub;
  const held = heldBack(hub);
  const laddered = hub.attempts
    .filter(({ origin }) => origin === "start")
    .map((attempt) => ({ attempt, steps: attemptSteps(attempt, hub) }))
    .filter(({ steps }) => isLadder(steps));
  return (
    <>
      <h3>{context.names.hub(hub)}</h3>
      <p class="soft">
        {hosting === null ? (
          "Hosting unknown"
        ) : (
          <>
            {HOSTING_WORD[hosting.kind]}: <code>{hosting.host}</code>, {HOSTING_TEXT[hosting.kind]}
          </>
        )}
        . Negotiate {negotiateWords(hub)}.
      </p>
      {laddered.slice(0, MAX_ROWS).map(({ attempt, steps }) => (
        <>
          <h4 class="section">Start at {context.times.local(attempt.startedAt ?? attempt.from)}</h4>
          <Waterfall steps={steps} />
        </>
      ))}
      {held !== null && <p>{heldBackWords(held)}</p>}
      {transports.length > 0 && <TransportTable hub={hub} context={context} />}
      {hub.circuit !== null && <CircuitPart hub={hub} circuit={hub.circuit} context={context} />}
      {stateful !== null && <StatefulPart hub={hub} stateful={stateful} context={context} />}
    </>
  );
}

function TransportTable({ hub, context }: Props) {
  const { transports } = hub;
  const left = transports.length - MAX_ROWS;
  const first = Math.max(0, left);
  return (
    <div {...wide("Transport connections")}>
      <table>
        <thead>
          <tr>
            <th scope="col">Transport</th>
            <th scope="col">Connection id</th>
            <th scope="col">From</th>
            <th scope="col" class="r">
              Lasted
            </th>
            <th scope="col">Ended</th>
            <th scope="col">Failed requests</th>
          </tr>
        </thead>
        <tbody>
          <EarlierRow left={left} columns={6} />
          {transports.slice(first).map((transport, i) => (
            <TransportRow key={i} hub={hub} transport={transport} index={first + i} context={context} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const EarlierRow = ({ left, columns }: { left: number; columns: number }) =>
  left > 0 ? (
    <tr>
      <td colSpan={columns} class="soft">
        {counted(left, "earlier one")}
      </td>
    </tr>
  ) : null;

interface TransportRowProps extends Props {
  readonly transport: TransportModel;
  readonly index: number;
}

function TransportRow({ hub: { transports }, transport, index, context: { times, end } }: TransportRowProps) {
  const { connectionId, from, until } = transport;
  const notes = notesOn(transport, index, transports, times);
  return (
    <tr>
      <td>
        {transportName(transports, index)}
        {notes.length > 0 && <div class="soft">{notes.join(", ")}</div>}
      </td>
      <td>
        <code>{connectionId ?? ""}</code>
      </td>
      <td>{times.local(from)}</td>
      <td class="r">
        {duration((until ?? end) - from)}
        {until === null && " so far"}
      </td>
      <td>{endWords(transport)}</td>
      <td>{failedRequestWords(transport, times)}</td>
    </tr>
  );
}

function notesOn(
  { closed, openedAt, upgrade, ghost, since }: TransportModel,
  index: number,
  transports: readonly TransportModel[],
  times: ReportContext["times"],
): string[] {
  return [
    isSameId(transports, index) && !ghost && "same id",
    since !== null && `started ${times.local(since)}, before the recording`,
    openedAt === null && closed && "did not open",
    upgrade !== null &&
      upgrade.status !== 101 &&
      `upgrade rejected${upgrade.status === null ? "" : ` with ${upgrade.status}`}`,
    ghost && "opened with the old id, never used or closed by the client",
  ].filter((note) => typeof note === "string");
}

function endWords(transport: TransportModel): string {
  const { closed } = transport;
  if (closed === null) return "";
  const why = closed.reason || closed.error;
  if (closed.untold) return "ended; how isn't told";
  return `${endShort(transport)}${closed.wasClean ? "" : ", not clean"}${why ? `: ${why}` : ""}`;
}

function failedRequestWords({ failedRequests }: TransportModel, times: ReportContext["times"]): string {
  const failed = failedRequests.filter(({ status }) => status === null || status >= 400);
  const newest = failed.at(-1);
  if (newest === undefined) return "";
  const { method, status, t, error } = newest;
  return `${whole(failed.length)}, the last ${method} ${status ?? "without an answer"} at ${times.local(t)}${error ? `: ${error}` : ""}`;
}

interface StatefulProps extends Props {
  readonly stateful: StatefulModel;
}

function StatefulPart({ hub, stateful, context }: StatefulProps) {
  const { granted, window, resumes, in: inbound, out: outbound } = stateful;
  if (granted !== true)
    return (
      <p>
        Stateful reconnect was requested,{" "}
        {granted === null
          ? "but not answered"
          : "but not granted by the server: every loss leads to a new id"}
        .
      </p>
    );
  return (
    <>
      <h4 class="section">Stateful reconnect</h4>
      <p>
        Granted; the server keeps a connection for {duration(window)} (default). On the newest id{" "}
        {whole(outbound.last)} numbered to the server ({whole(outbound.acked)} acknowledged, at most{" "}
        {bytes(outbound.peakBytes)} kept by the client) and {whole(inbound.last)} to the app (
        {whole(inbound.acked)} acknowledged).
      </p>
      {resumes.length > 0 && (
        <div {...wide("Resumes")}>
          <table>
            <thead>
              <tr>
                <th scope="col">Lost</th>
                <th scope="col" class="r">
                  After
                </th>
                <th scope="col">Outcome</th>
                <th scope="col" class="r">
                  Not acknowledged (to server, to app)
                </th>
                <th scope="col" class="r">
                  Sent again (to server, to app)
                </th>
              </tr>
            </thead>
            <tbody>
              <EarlierRow left={resumes.length - MAX_ROWS} columns={5} />
              {resumes.slice(-MAX_ROWS).map((resume, i) => (
                <ResumeRow key={i} hub={hub} resume={resume} context={context} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

const RESUME_OUTCOME: Readonly<Record<ResumeModel["outcome"], string>> = {
  running: "in progress at the end",
  resumed: "resumed with the same id, invisible to the app",
  refused: "a new id.",
};

interface ResumeRowProps extends Props {
  readonly resume: ResumeModel;
}

function ResumeRow({ hub, resume, context: { times, end } }: ResumeRowProps) {
  const { lostAt, endedAt, outcome, unacked, replayed } = resume;
  const { why } = resumeFacts(hub, resume);
  return (
    <tr>
      <td>{times.local(lostAt)}</td>
      <td class="r">{duration((endedAt ?? end) - lostAt)}</td>
      <td>
        {RESUME_OUTCOME[outcome]} {why}
      </td>
      <td class="r">
        {whole(unacked.out)}, {whole(unacked.in)}
      </td>
      <td class="r">{outcome === "resumed" && `${whole(replayed.out)}, ${whole(replayed.in)}`}</td>
    </tr>
  );
}
