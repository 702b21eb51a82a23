/** What a generated connection sends and receives while it is open. */
import type { Unstamped } from "../../../extension/core/events/events.ts";
import type { Direction, MessageType } from "../../../extension/core/protocol/terms.ts";
import type { Connection, Recorder } from "./connection.ts";

/** Only pushed, never called, and no part of another name: what the bench filters by. */
export const FILTERED_TARGET = "OrderChanged";
/** Only in payloads, and no payload contains it by chance: what the bench searches for. */
export const NEEDLE = "abc";

const PING_EVERY = 15_000;
const SYMBOLS = ["ACME", "INIT", "MSFT", "ORCL", "TYRE", "ZINC"];
const SENTENCES = [
  "who is on it?",
  "done, see the list",
  "the third one is missing",
  `please look at order ${NEEDLE}-4711`,
];
/** Shares of turns. */
const CALLS = 0.06;
const SENDS = 0.02;
const STREAMS = 0.12;

/** One turn: what has become due, and one new message. */
export function speak(recorder: Recorder, connection: Connection): void {
  const now = recorder.now();
  if (now - connection.pingedAt > PING_EVERY) ping(recorder, connection);
  const due = connection.open.find((call) => call.due <= now);
  if (due) {
    connection.open.splice(connection.open.indexOf(due), 1);
    const result = Math.round(recorder.random() * 1e6);
    message(recorder, connection, "in", 3, { invocationId: due.invocationId, result });
    return;
  }
  const roll = recorder.random();
  if (roll < CALLS) call(recorder, connection);
  else if (roll < CALLS + SENDS)
    message(recorder, connection, "out", 1, { target: "ReportPosition", arguments: [rounded(recorder), 7] });
  else if (roll < CALLS + SENDS + STREAMS) stream(recorder, connection);
  else push(recorder, connection);
}

/** A second of a busy connection while the panel was closed. */
export function countedSecond(recorder: Recorder, { socket }: Connection): void {
  const count = 200 + Math.round(recorder.random() * 400);
  const from = Math.round(recorder.now());
  const until = from + 1_000;
  recorder.add({
    kind: "counts",
    socket,
    until,
    counts: [
      { direction: "in", type: 1, count, bytes: count * 70 },
      { direction: "in", type: 2, count: 20, bytes: 1_200 },
    ],
  });
  recorder.wait(1_000);
}

function push(recorder: Recorder, connection: Connection): void {
  const { random } = recorder;
  const symbol = SYMBOLS[Math.floor(random() * SYMBOLS.length)] ?? "";
  const roll = random();
  if (connection.hub === 2)
    message(recorder, connection, "in", 1, {
      target: FILTERED_TARGET,
      arguments: [Math.round(random() * 9_999), "filled", rounded(recorder)],
    });
  else if (connection.hub === 3)
    message(recorder, connection, "in", 1, {
      target: "Say",
      arguments: ["Lin", SENTENCES[Math.floor(roll * SENTENCES.length)]],
    });
  else message(recorder, connection, "in", 1, { target: "Tick", arguments: [symbol, rounded(recorder)] });
}

function call(recorder: Recorder, connection: Connection): void {
  const invocationId = String(connection.calls++);
  connection.open.push({ invocationId, due: recorder.now() + 20 + recorder.random() * 200 });
  message(recorder, connection, "out", 1, {
    invocationId,
    target: "GetPosition",
    arguments: [Math.round(recorder.random() * 500)],
  });
}

/** Starts a stream, continues or ends it. */
function stream(recorder: Recorder, connection: Connection): void {
  if (connection.stream === null) {
    const invocationId = (connection.stream = String(connection.calls++));
    message(recorder, connection, "out", 4, { invocationId, target: "Watch", arguments: ["depth"] });
  } else if (recorder.random() < 0.002) {
    message(recorder, connection, "in", 3, { invocationId: connection.stream });
    connection.stream = null;
  } else
    message(recorder, connection, "in", 2, {
      invocationId: connection.stream,
      item: { bid: rounded(recorder), ask: rounded(recorder) },
    });
}

function ping(recorder: Recorder, connection: Connection): void {
  connection.pingedAt = recorder.now();
  message(recorder, connection, "in", 6, {});
  message(recorder, connection, "out", 6, {});
}

interface Fields {
  readonly target?: string;
  readonly invocationId?: string;
  readonly [field: string]: unknown;
}

function message(
  recorder: Recorder,
  { socket }: Connection,
  direction: Direction,
  type: MessageType,
  { invocationId, target, ...others }: Fields,
): void {
  const names = {
    ...(target === undefined ? {} : { target }),
    ...(invocationId === undefined ? {} : { invocationId }),
  };
  const payload = JSON.stringify({ type, ...names, ...others });
  const event: Unstamped = {
    kind: "message",
    socket,
    direction,
    type,
    size: payload.length + 1,
    ...names,
    payload,
  };
  recorder.add(event);
}

const rounded = ({ random }: Recorder): number => Math.round(random() * 20_000) / 100;
