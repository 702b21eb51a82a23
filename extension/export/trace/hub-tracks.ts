/** The tracks of a hub connection. */
import { verdictOf } from "../../core/diagnosis/diagnose.ts";
import { KNOWN_FROM } from "../../core/diagnosis/titles.ts";
import { downtimesOf } from "../../core/model/downtimes-of.ts";
import { hubName } from "../../core/model/hub-name.ts";
import type { CallModel, Downtime, HubConnectionModel, TransportModel } from "../../core/model/types.ts";
import type { EpochMilliseconds } from "../../core/units.ts";
import { attemptWords, FATE_WORD, OUTCOME_WORD, startWord, typeName } from "../../wording/labels.ts";
import { endShort, transportName } from "../../wording/transport-name.ts";
import { spanWord } from "../../wording/words.ts";
import { hasRecovered } from "../../core/model/recovery.ts";
import { rates } from "./rates.ts";
import { counterText, instantText, type Args, type Slice, type Track } from "./trace-event.ts";
import type { Tracks } from "./tracks.ts";

/** @param now until when it was recorded */
export function* hubTracks(
  hub: HubConnectionModel,
  tracks: Tracks,
  now: EpochMilliseconds,
): Generator<string> {
  const name = hubName(hub);
  const { key } = hub;
  yield* tracks.slices(`${name}: state`, "state", states(hub, now), `${key} state`);
  yield* tracks.slices(
    `${name}: interruptions`,
    "interruption",
    interruptions(hub, now),
    `${key} interruption`,
  );
  yield* tracks.slices(`${name}: attempts`, "attempt", attempts(hub, now), `${key} attempt`);
  yield* tracks.slices(`${name}: negotiates`, "request", negotiates(hub, now), `${key} negotiate`);
  yield* tracks.slices(`${name}: transports`, "transport", transports(hub, now), `${key} transport`);
  yield* tracks.slices(`${name}: calls to server`, "call", calls(hub, "out", now), `${key} out`);
  yield* tracks.slices(`${name}: calls to client`, "call", calls(hub, "in", now), `${key} in`);
  for (const direction of ["out", "in"] as const)
    yield* tracks.named(`${name}: messages ${direction === "in" ? "to client" : "to server"}`, (track) =>
      messages(hub, direction, track),
    );
  const track = tracks.track();
  for (const { t, messagesIn, messagesOut, bytesIn, bytesOut } of rates(hub)) {
    yield counterText(track, `${name}: messages/s`, t, { in: messagesIn, out: messagesOut });
    yield counterText(track, `${name}: bytes/s`, t, { in: bytesIn, out: bytesOut });
  }
}

const states = ({ states: spans }: HubConnectionModel, now: EpochMilliseconds): Slice[] =>
  spans.map(({ from, until, knowledge }, i) => ({
    name: spanWord(spans, i),
    from,
    until: until ?? now,
    args: { source: KNOWN_FROM[knowledge] },
  }));

const interruptions = (hub: HubConnectionModel, now: EpochMilliseconds): Slice[] =>
  downtimesOf(hub).map((one) => {
    const { title, cause, confidence, knowledge, obstacle, evidence } = verdictOf(one);
    return {
      name: title,
      from: one.from,
      until: one.until ?? now,
      args: {
        cause,
        confidence,
        source: KNOWN_FROM[knowledge],
        reconnectPreventedBy: obstacle?.title,
        result: one.kind === "interruption" ? OUTCOME_WORD[one.outcome] : startWord(one),
        recoveredAfterMs: hasRecovered(one) && one.until !== null ? one.until - one.from : null,
        injected: one.faults.length > 0,
        evidence: evidence.map(({ text }) => text).join("\n"),
        ...idsOf(one),
      },
    };
  });

const idsOf = (one: Downtime): Args =>
  one.kind === "interruption"
    ? { connectionIdBefore: one.connectionIdBefore, connectionIdAfter: one.connectionIdAfter }
    : {};

const attempts = (hub: HubConnectionModel, now: EpochMilliseconds): Slice[] =>
  hub.attempts.flatMap(({ number, startedAt, endedAt, outcome, planned, origin }) => {
    if (startedAt === null) return [];
    const { tag, text } = attemptWords(outcome);
    return [
      {
        name: `Attempt ${number}${tag === "" ? "" : `: ${tag}`}`,
        from: startedAt,
        until: endedAt ?? now,
        args: { result: text, plannedDelayMs: planned, origin },
      },
    ];
  });

const negotiates = (hub: HubConnectionModel, now: EpochMilliseconds): Slice[] =>
  hub.requests.map(({ started, ended }) => ({
    name: `Negotiate ${ended ? (ended.status ?? "failed") : ""}`.trim(),
    from: started.t,
    until: ended?.t ?? now,
    args: {
      url: started.url,
      status: ended?.status,
      error: ended?.error,
      connectionId: ended?.connectionId,
      retryAfter: ended?.retryAfter,
    },
  }));

const transports = (hub: HubConnectionModel, now: EpochMilliseconds): Slice[] =>
  hub.transports.map((transport, i) => ({
    name: transportName(hub.transports, i),
    from: transport.from,
    until: transport.closed?.t ?? transport.until ?? now,
    args: transportArgs(transport),
  }));

const transportArgs = (transport: TransportModel): Args => ({
  url: transport.url,
  connectionId: transport.connectionId,
  openedAfterMs: transport.openedAt === null ? null : transport.openedAt - transport.from,
  end: endShort(transport),
  reason: transport.closed?.reason,
});

function* calls(hub: HubConnectionModel, direction: "in" | "out", now: EpochMilliseconds): Generator<Slice> {
  for (const call of hub.calls)
    if (call.direction === direction)
      yield {
        name: call.target,
        from: call.sentAt,
        until: call.endedAt ?? (call.fate === "pending" ? now : call.sentAt),
        args: callArgs(call),
      };
}

const callArgs = ({ fate, invocationId, stream, items }: CallModel): Args => ({
  result: FATE_WORD[fate],
  invocationId,
  streamItems: stream ? items : null,
});

function* messages(hub: HubConnectionModel, direction: "in" | "out", track: Track): Generator<string> {
  const rows = hub.messages;
  for (let i = 0; i < rows.length; i++) {
    const head = rows.headAt(i);
    if (head.direction !== direction) continue;
    const type = head.type === 0 ? "Not decoded" : typeName(head.type);
    yield instantText(
      track,
      "message",
      head.target === undefined ? type : `${type} ${head.target}`,
      rows.timeAt(i),
      {
        bytes: rows.sizeAt(i),
        droppedByFault: head.swallowed,
      },
    );
  }
}
