/**
 * The recording that `bench:panel` opens: an app with four hub connections whose payloads are recorded. There are pushes, streams,
 * calls, pings, counted seconds, interruptions of several kinds, and the page's own events. The same length and seed always give
 * the same events. They are made one by one, as a million of them shouldn't have to fit into memory.
 */
import { createRandom } from "../../../content-script/faults/random.ts";
import type { RecordedEvent, Unstamped } from "../../../extension/core/events/events.ts";
import { createConnection, type Connection, type Recorder } from "./connection.ts";
import { connect, interrupt } from "./interruptions.ts";
import { countedSecond, speak } from "./traffic.ts";

export const PAGE_URL = "https://board.example/orders";
const START = Date.UTC(2026, 10, 24, 10, 0, 0);
/** Average time between two happenings, in milliseconds: about 250 a second. */
const STEP = 4;
/** Shares of happenings. */
const COUNTED_SECONDS = 1 / 4_000;
const LONG_TASKS = 1 / 2_000;
const HIDDEN = 1 / 50_000;

const HUBS = [
  { path: "/hubs/prices", transport: "WebSockets", share: 0.55 },
  { path: "/hubs/orders", transport: "WebSockets", share: 0.25 },
  { path: "/hubs/chat", transport: "WebSockets", share: 0.12 },
  { path: "/hubs/presence", transport: "ServerSentEvents", share: 0.08 },
] as const;

/** Exactly `length` events, the first of which opens the page and the last of which leaves it. */
export function* panelRecording(length: number, seed = 1): Generator<RecordedEvent, void> {
  const random = createRandom(seed);
  let now = START;
  let made: { readonly event: Unstamped; readonly t: number }[] = [];
  const recorder: Recorder = {
    random,
    add: (...events) => {
      for (const event of events) made.push({ event, t: Math.round(now) });
    },
    wait: (milliseconds) => (now += milliseconds),
    now: () => now,
  };
  const connections = HUBS.map((hub, i) => createConnection(i + 1, hub));

  recorder.add(pageStarted());
  for (const connection of connections) {
    const { hub, url } = connection;
    recorder.add(
      { kind: "hub", hub, url, serverTimeout: 30_000, keepAliveInterval: 15_000, hasReconnectPolicy: true },
      { kind: "hub-state", hub, from: "Disconnected", to: "Connecting" },
    );
    connect(recorder, connection, "Connecting");
  }
  let seq = 0;
  while (seq < length - 1) {
    const ready = made.slice(0, length - 1 - seq);
    made = [];
    for (const { event, t } of ready) yield stamped(event, ++seq, t);
    happen();
  }
  yield stamped({ kind: "lifecycle", phase: "pagehide", persisted: false }, length, Math.round(now));

  function happen(): void {
    recorder.wait(random() * 2 * STEP);
    const connection = pick();
    const roll = random();
    if (connection.left-- <= 0) interrupt(recorder, connection);
    else if (roll < COUNTED_SECONDS) countedSecond(recorder, connection);
    else if (roll < COUNTED_SECONDS + LONG_TASKS)
      recorder.add({ kind: "long-task", duration: 50 + Math.round(random() * 150) });
    else if (roll < COUNTED_SECONDS + LONG_TASKS + HIDDEN) {
      recorder.add({ kind: "visibility", visible: false });
      recorder.wait(5_000);
      recorder.add({ kind: "visibility", visible: true });
    } else speak(recorder, connection);
  }

  function pick(): Connection {
    let roll = random();
    for (const connection of connections) if ((roll -= connection.share) < 0) return connection;
    return connections[0] as Connection;
  }
}

const stamped = (event: Unstamped, seq: number, t: number): RecordedEvent => ({
  ...event,
  seq,
  t,
});

const pageStarted = (): Unstamped => ({
  kind: "page",
  url: PAGE_URL,
  userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0",
  openedAt: START,
  top: true,
  visible: true,
  online: true,
  wasDiscarded: false,
  navigation: "navigate",
  probe: true,
});
