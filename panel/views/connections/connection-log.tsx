import type {
  AttemptModel,
  HubConnectionModel,
  TransportModel,
} from "../../../extension/core/model/types.ts";
import { attemptSteps } from "../../../extension/wording/attempt-steps.ts";
import { negotiateSeen } from "../../../extension/wording/hub-words.ts";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { TimeLink } from "../../components/time-link.tsx";
import { useEvents } from "../../state/follow-events.ts";
import { usePanel } from "../../state/panel-state.ts";
import { endShort, isSameId, transportName } from "../../../extension/wording/transport-name.ts";
import { counted, duration } from "../../../extension/core/text/format.ts";
import { LongText } from "../../components/long-text.tsx";
import { CodeTag } from "../../content/tags.tsx";
import { attemptWordsAt } from "../../../extension/wording/running-words.ts";
import { Waterfall } from "../../content/waterfall.tsx";

type Entry =
  | { readonly t: number; readonly attempt: AttemptModel }
  | { readonly t: number; readonly ghost: TransportModel };

/** Each attempt with its steps, the connection that it made, and orphaned sockets. Newest first. */
export function ConnectionLog({ hub, max }: { hub: HubConnectionModel; max: number }) {
  const entries: Entry[] = [
    ...hub.attempts.slice(-max).map((attempt) => ({ t: attempt.startedAt ?? attempt.from, attempt })),
    ...hub.transports
      .filter(({ ghost }) => ghost)
      .slice(-max)
      .map((ghost) => ({ t: ghost.from, ghost })),
  ];
  entries.sort((a, b) => b.t - a.t);
  if (entries.length === 0)
    return (
      <p class="soft">
        {negotiateSeen(hub) === "before"
          ? "None since the recording began: the connection already existed."
          : "No attempts yet."}
      </p>
    );
  return (
    <ol class="clog">
      {entries.map((entry) =>
        "ghost" in entry ? (
          <GhostEntry key={`g${entry.ghost.socket}`} hub={hub} ghost={entry.ghost} />
        ) : (
          <AttemptEntry key={entry.attempt.from} hub={hub} attempt={entry.attempt} />
        ),
      )}
    </ol>
  );
}

function AttemptEntry({ hub, attempt }: { hub: HubConnectionModel; attempt: AttemptModel }) {
  const panel = usePanel();
  useEvents();
  const steps = attemptSteps(attempt, hub);
  const { tag, tone, text } = attemptWordsAt(attempt, hub, panel.view.extent.value.to);
  const { startedAt, endedAt } = attempt;
  const name =
    attempt.origin === "resume"
      ? "Resume with the old id"
      : `${attempt.origin === "start" ? "Start" : "Attempt"} ${attempt.number}`;
  const connected = attempt.outcome.kind === "connected";
  const at = hub.transports.findIndex(({ socket }) => socket === attempt.socket);
  const took =
    startedAt !== null && endedAt !== null && connected ? ` in ${duration(endedAt - startedAt)}` : "";
  return (
    <li data-testid="log-attempt" data-origin={attempt.origin}>
      <p class="clog-head">
        <TimeLink t={startedAt ?? attempt.from} />
        <b>{name}</b>
        <span class="soft">
          {!connected && tag && tone !== "none" && <CodeTag tone={tone}>{tag}</CodeTag>}
          <LongText
            text={startedAt === null && endedAt !== null ? "cancelled while waiting" : visibleText(text)}
          />
          {took}
          {attempt.sockets.length > 1 && connected && ", after fallback"}
        </span>
      </p>
      {steps.length > 0 && <Waterfall steps={steps} />}
      {connected && at >= 0 && <Life hub={hub} index={at} />}
    </li>
  );
}

/** How long a connection lasted, how it ended, and what failed on it. */
function Life({ hub: { transports }, index }: { hub: HubConnectionModel; index: number }) {
  const panel = usePanel();
  useEvents();
  const transport = transports[index];
  if (!transport) return null;
  const { closed, failedRequests } = transport;
  const from = transport.handshakeAt ?? transport.openedAt ?? transport.from;
  const until = transport.until ?? panel.view.extent.value.to;
  const why = closed?.reason || closed?.error;
  const odd = failedRequests.filter(({ status }) => status === null || status >= 400);
  const empty = failedRequests.length - odd.length;
  return (
    <>
      <p class="life">
        {transportName(transports, index)}
        {isSameId(transports, index) && " (same id)"}{" "}
        {closed ? `was open for ${duration(until - from)}, ` : `is open for ${duration(until - from)} so far`}
        {closed?.untold && "then it ended; how isn't told"}
        {closed && !closed.untold && (
          <>
            <CodeTag tone={closed.wasClean ? "good" : "bad"}>{endShort(transport)}</CodeTag>
            {closed.wasClean ? "closed cleanly" : "not closed cleanly"}
            {why && (
              <>
                : <LongText text={visibleText(why)} />
              </>
            )}
          </>
        )}
        {empty > 0 && ` · ${counted(empty, "poll")} without a message`}
      </p>
      {odd.length > 0 && (
        <ul class="failed-requests" data-testid="failed-requests">
          {odd.map(({ seq, t, method, status, duration: took, error }) => (
            <li key={seq}>
              <TimeLink t={t} />
              <span>{method}</span>
              <CodeTag tone="bad">{status === null ? "no answer" : String(status)}</CodeTag>
              <span class="wrap-any soft">
                after {duration(took)}
                {error && (
                  <>
                    : <LongText text={visibleText(error)} />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function GhostEntry({ hub, ghost }: { hub: HubConnectionModel; ghost: TransportModel }) {
  const panel = usePanel();
  useEvents();
  const until = ghost.until ?? panel.view.extent.value.to;
  return (
    <li data-testid="log-ghost">
      <p class="clog-head">
        <TimeLink t={ghost.from} />
        <b>{transportName(hub.transports, hub.transports.indexOf(ghost))}</b>
        <CodeTag tone="warn">unused</CodeTag>
        <span class="soft">{ghost.closed ? `open for ${duration(until - ghost.from)}` : "still open"}</span>
      </p>
      <p class="life">
        The client opened this socket with the old id while closing the connection itself, and never uses it:
        it carries no messages of the app. Clients 8 to 10 do this.
      </p>
    </li>
  );
}
