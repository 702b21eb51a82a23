/** Facts about tries to resume a connection. Pure. */
import { SEQUENCE } from "../core/protocol/terms.ts";
import type {
  HubConnectionModel,
  InterruptionModel,
  MessageRow,
  MessageRows,
  ResumeModel,
  StatefulModel,
} from "../core/model/types.ts";
import type { EpochMilliseconds, Milliseconds } from "../core/units.ts";
import { endShort } from "./transport-name.ts";
import { duration } from "../core/text/format.ts";

/** The result of a Sequence message, and where new messages begin. null: there was none. */
export interface TakenUp {
  readonly at: number | null;
  readonly newFrom: number | null;
}

export interface ResumeFacts {
  readonly resume: ResumeModel;
  /** The interruption that it belongs to. */
  readonly interruption: InterruptionModel | null;
  readonly in: TakenUp;
  readonly out: TakenUp;
  /** Why there was a new id instead; null: there wasn't. */
  readonly why: string | null;
}

/** How far to search: the first new message comes soon after the Sequence message. */
const MAX_ROWS = 2_000;

export function resumeFacts(hub: HubConnectionModel, resume: ResumeModel): ResumeFacts {
  const rows = rowsOf(hub.messages, resume);
  return {
    resume,
    interruption:
      hub.interruptions.find(({ attempts }) =>
        attempts.some(({ sockets }) => sockets.includes(resume.socket)),
      ) ?? null,
    in: takenUp(rows, "in"),
    out: takenUp(rows, "out"),
    why: resume.outcome === "refused" ? whyRefused(hub, resume) : null,
  };
}

function takenUp(rows: readonly MessageRow[], direction: "in" | "out"): TakenUp {
  const own = rows.filter(({ message }) => message.direction === direction);
  return {
    at: own.find(({ message }) => message.type === SEQUENCE)?.message.sequenceId ?? null,
    newFrom: own.find(({ sequence, replay }) => sequence !== null && !replay)?.sequence ?? null,
  };
}

/** The first messages on its socket. Messages are in order of time. */
function rowsOf(messages: MessageRows, { startedAt, socket }: ResumeModel): MessageRow[] {
  const from = messages.firstFrom(startedAt);
  const rows: MessageRow[] = [];
  for (let i = from; i < Math.min(messages.length, from + MAX_ROWS); i++) {
    const row = messages.headAt(i).socket === socket ? messages.at(i) : undefined;
    if (row) rows.push(row);
  }
  return rows;
}

function whyRefused({ stateful, transports }: HubConnectionModel, resume: ResumeModel): string {
  const window = stateful?.window ?? 0;
  const after = resume.startedAt - resume.lostAt;
  const transport = transports.find(({ socket }) => socket === resume.socket);
  const status = transport?.upgrade?.status ?? null;
  const how =
    status !== null && status !== 101
      ? `The connection attempt with the old id was rejected with ${status}`
      : `The transport connection with the old id closed${transport?.closed ? ` (${endShort(transport)})` : ""}`;
  return after > window
    ? `${how}. It was tried ${duration(after)} after the loss, when the window of ${duration(window)} was over: the server had removed the connection.`
    : `${how}, within the window of ${duration(window)}: the server was unreachable, or no longer had the connection (it restarted, it had closed it itself, or another server answered).`;
}

export interface WindowLeft {
  readonly left: Milliseconds;
  readonly window: Milliseconds;
  readonly share: number;
}

/** During a resume: how long the server still keeps the connection. */
export function windowLeft(stateful: StatefulModel | null, now: EpochMilliseconds): WindowLeft | null {
  const resume = stateful?.resumes.at(-1);
  if (!stateful || resume?.outcome !== "running") return null;
  const { window } = stateful;
  const left = Math.max(0, resume.lostAt + window - now);
  return { left, window, share: left / window };
}
