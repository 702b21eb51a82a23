import { hasGivenUp, isForGood, soFar } from "../../extension/wording/so-far.ts";
import { downFor } from "../../extension/core/model/downtime.ts";
import type {
  CallFate,
  CallModel,
  HubConnectionModel,
  InterruptionModel,
  ResumeModel,
} from "../../extension/core/model/types.ts";
import { visibleText } from "../../extension/core/text/visible-text.ts";
import { about, duration, rate, whole } from "../../extension/core/text/format.ts";
import { FATE_WORD } from "../../extension/wording/labels.ts";
import { useContentContext } from "./content-context.ts";
import { CostRow } from "./cost-row.tsx";
import { PartHeading } from "./part-heading.tsx";
import { Recovery } from "./recovery.tsx";

/** How many different targets of calls are listed by name. */
const MAX_TARGETS = 8;

/** @returns for example "GetDepth ×2, SaveLayout" */
function targetsOf(calls: readonly CallModel[]): string {
  const counts = new Map<string, number>();
  for (const call of calls) {
    const target = visibleText(call.target);
    counts.set(target, (counts.get(target) ?? 0) + 1);
  }
  const names = [...counts].map(([target, n]) => (n > 1 ? `${target} ×${n}` : target));
  const hidden = names.length - MAX_TARGETS;
  return hidden > 0 ? `${names.slice(0, MAX_TARGETS).join(", ")} and ${hidden} more` : names.join(", ");
}

function groupByFate(calls: readonly CallModel[]): Map<CallFate, CallModel[]> {
  const groups = new Map<CallFate, CallModel[]>();
  for (const call of calls) {
    const group = groups.get(call.fate);
    if (group) group.push(call);
    else groups.set(call.fate, [call]);
  }
  return groups;
}

export function Cost({
  interruption,
  hub,
}: {
  readonly interruption: InterruptionModel;
  readonly hub: HubConnectionModel;
}) {
  const { now, CallsLink } = useContentContext();
  const { pending, missedEstimate, swallowed, silentFrom, from, until, notRepeated } = interruption;
  const forgotten = notRepeated ?? [];
  const byFate = groupByFate(pending);
  const lastReceived =
    hub.transports.findLast((transport) => transport.lastIn !== null && transport.lastIn <= interruption.from)
      ?.lastIn ?? interruption.from;
  const held = swallowed.in + swallowed.out;
  const resume = resumeOf(interruption, hub);
  const nothing =
    resume === null &&
    pending.length === 0 &&
    missedEstimate === null &&
    forgotten.length === 0 &&
    held === 0;
  /**
   * Start of the time that the estimate covers: the last received message, or the loss if a fault swallowed (and counted)
   * messages until then.
   */
  const unseenFrom = swallowed.in > 0 ? from : lastReceived;
  const unseen = (until ?? unseenFrom) - unseenFrom;
  const guessed = (missedEstimate ?? 0) - swallowed.in;
  return (
    <>
      <PartHeading>Impact</PartHeading>
      {nothing && (
        <p class="soft">
          {interruption.until === null && !isForGood(interruption)
            ? hasGivenUp(interruption)
              ? "Not known: the client doesn't try any more, and the app hasn't started it again."
              : "Not known yet: the interruption is not over."
            : "No pending calls, and not enough traffic to estimate missed messages."}
        </p>
      )}
      <dl class="cost">
        {silentFrom !== null && (
          <CostRow figure={duration(downFor(interruption, now))}>
            without a connection{soFar(interruption)}, with {duration(from - silentFrom)} of silence before
            the loss was detected
          </CostRow>
        )}
        {resume && <ResumeRows resume={resume} />}
        {[...byFate].map(([fate, calls]) => (
          <CostRow key={fate} figure={whole(calls.length)}>
            <CallsLink>
              {fate === "lost"
                ? `${calls.length === 1 ? "call" : "calls"} lost in flight`
                : `pending ${calls.length === 1 ? "call" : "calls"}, ${fate === "pending" ? "no answer yet" : FATE_WORD[fate]}`}
            </CallsLink>
            : {targetsOf(calls)}
          </CostRow>
        ))}
        {held > 0 && (
          <CostRow figure={whole(held)}>
            swallowed by the fault before the loss: {whole(swallowed.in)} to the app, {whole(swallowed.out)}{" "}
            to the server
          </CostRow>
        )}
        {missedEstimate !== null && (
          <CostRow figure={`≈ ${whole(about(missedEstimate))}`}>
            {about(missedEstimate) === 1 ? "message" : "messages"} missed:{" "}
            {[
              swallowed.in > 0 && `${whole(swallowed.in)} swallowed`,
              guessed > 0 && `about ${rate(guessed, unseen)} over ${duration(unseen)}`,
            ]
              .filter(Boolean)
              .join(", ")}
          </CostRow>
        )}
        {forgotten.length > 0 && (
          <CostRow figure={whole(forgotten.length)}>
            called after the first start, but not with the new id:{" "}
            <b>{forgotten.map(visibleText).join(", ")}</b>. The app may need to call again
          </CostRow>
        )}
      </dl>
      <Recovery interruption={interruption} hub={hub} />
    </>
  );
}

/** The latest attempt to resume the connection with its old connection id (stateful reconnect). */
const resumeOf = ({ attempts }: InterruptionModel, { stateful }: HubConnectionModel): ResumeModel | null =>
  stateful?.resumes.findLast(({ socket }) => attempts.some(({ sockets }) => sockets.includes(socket))) ??
  null;

/** How many messages were not acknowledged at the loss, and how many of them the resume sent again. */
function ResumeRows({ resume: { unacked, replayed, outcome } }: { resume: ResumeModel }) {
  const again = replayed.in + replayed.out;
  return (
    <>
      <CostRow figure={whole(unacked.in + unacked.out)}>
        not acknowledged at the loss: {whole(unacked.out)} to the server, {whole(unacked.in)} to the app
        {outcome === "refused" &&
          unacked.out > 0 &&
          ". It is not known whether the server received them; with the new id they are not sent again"}
      </CostRow>
      {outcome === "resumed" && (
        <CostRow figure={whole(again)}>
          sent again by the resume: {whole(replayed.out)} to the server, {whole(replayed.in)} to the app.
          Invisible to the app
        </CostRow>
      )}
    </>
  );
}
