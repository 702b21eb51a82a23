import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { EventKind, Unstamped } from "../../../extension/core/events/events.ts";
import { readEvent } from "../../../extension/core/events/guards.ts";
import { findRow } from "../../../extension/core/model/message-order.ts";
import { anyLife } from "./any-life.ts";
import { START, URL_OF_HUB, script } from "./event-script.ts";
import { inBatches, plain, reduceBatches } from "./plain-model.ts";

const small = fc.integer({ min: 1, max: 3 });
const direction = fc.constantFrom("in" as const, "out" as const);
const transport = fc.constantFrom("WebSockets", "ServerSentEvents", "LongPolling");
const state = fc.constantFrom("Disconnected", "Connecting", "Connected", "Disconnecting", "Reconnecting");
const maybe = <T>(name: string, value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined }).map((v) => (v === undefined ? {} : { [name]: v }));
const merge = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<Unstamped> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all) as Unstamped);
const kind = (name: string, fields: Record<string, fc.Arbitrary<unknown>> = {}): fc.Arbitrary<object> =>
  fc.record({ kind: fc.constant(name), ...fields });

/** Any events in any order, as they could come from a hostile page, a lost batch or a bug in the hook. */
const anyEvent: fc.Arbitrary<Unstamped> = fc.oneof(
  merge(kind("visibility", { visible: fc.boolean() })),
  merge(
    kind("lifecycle", {
      phase: fc.constantFrom("freeze", "resume", "pagehide", "pageshow"),
      persisted: fc.boolean(),
    }),
  ),
  merge(kind("online", { online: fc.boolean() })),
  merge(kind("long-task", { duration: fc.nat(5_000) })),
  merge(kind("dropped", { where: fc.constant("hook"), count: fc.nat(10) })),
  merge(
    kind("negotiate", {
      request: small,
      url: fc.constant(`${URL_OF_HUB}/negotiate`),
      api: fc.constant("fetch"),
      askedStatefulReconnect: fc.boolean(),
    }),
  ),
  merge(
    kind("negotiate-ended", { request: small, status: fc.constantFrom(null, 200, 429) }),
    maybe("connectionId", fc.constantFrom("a", "b")),
    maybe("statefulReconnect", fc.boolean()),
    maybe("transports", fc.constant(["WebSockets", "ServerSentEvents", "LongPolling"])),
    maybe("redirectUrl", fc.constant(URL_OF_HUB)),
    maybe("retryAfter", fc.constant("7")),
  ),
  merge(
    kind("socket", {
      socket: small,
      transport,
      url: fc.constant("wss://board.example/hubs/board?id=…"),
    }),
    maybe("request", small),
    maybe("tokenExpiresAt", fc.constant(START + 10_000)),
    maybe("already", fc.constantFrom("connecting", "open", "connected")),
    maybe("since", fc.constant(START - 10_000)),
    maybe("connectionId", fc.constantFrom("a", "b")),
  ),
  merge(kind("socket-opened", { socket: small })),
  merge(kind("socket-closing", { socket: small, duringMessage: fc.boolean() })),
  merge(
    kind("socket-closed", {
      socket: small,
      code: fc.constantFrom(null, 1000, 1001, 1006, 1011),
      reason: fc.constant(""),
      wasClean: fc.boolean(),
    }),
    maybe("status", fc.constantFrom(null, 204, 404)),
    maybe("fault", small),
  ),
  merge(
    kind("transport-request", {
      socket: small,
      method: fc.constantFrom("GET", "POST", "DELETE"),
      duration: fc.nat(100_000),
      status: fc.constantFrom(null, 200, 404),
    }),
  ),
  merge(
    kind("upgrade", { socket: small, status: fc.constantFrom(null, 101, 401, 404, 503) }),
    maybe("error", fc.constant("NS_ERROR_CONNECTION_REFUSED")),
    maybe("retryAfter", fc.constant("7")),
  ),
  merge(kind("worker-connection", { url: fc.constant("wss://other.example/hub"), status: fc.constant(101) })),
  merge(kind("legacy", { url: fc.constant("https://board.example/signalr") })),
  merge(kind("handshake", { socket: small, direction }), maybe("error", fc.constant("no"))),
  merge(
    kind("message", { socket: small, direction, type: fc.integer({ min: 0, max: 9 }), size: fc.nat(40_000) }),
    maybe("invocationId", fc.constantFrom("0", "1")),
    maybe("counted", fc.boolean()),
    maybe("sequenceId", small),
    maybe("swallowed", fc.boolean()),
    maybe("allowReconnect", fc.boolean()),
  ),
  merge(
    kind("counts", {
      socket: small,
      until: fc.constant(START + 25_000),
      counts: fc.array(
        fc.record({
          direction,
          type: fc.integer({ min: 0, max: 9 }),
          count: fc.nat(20),
          bytes: fc.nat(2_000),
        }),
        { maxLength: 3 },
      ),
    }),
  ),
  merge(
    kind("hub", {
      hub: small,
      url: fc.constant(URL_OF_HUB),
      serverTimeout: fc.constant(30_000),
      keepAliveInterval: fc.constant(15_000),
      hasReconnectPolicy: fc.boolean(),
    }),
    maybe("state", state),
    maybe("connectionId", fc.constantFrom("a", "b")),
  ),
  merge(kind("recording-ended", { reason: fc.constantFrom("switched-off", "probe-switched") })),
  merge(
    kind("hub-state", { hub: small, from: state, to: state }),
    maybe("connectionId", fc.constantFrom("a", "b")),
  ),
  merge(kind("hub-lost", { hub: small }), maybe("error", fc.constant("Server timeout elapsed"))),
  merge(
    kind("retry", {
      hub: small,
      previousRetryCount: fc.nat(4),
      elapsed: fc.nat(),
      delay: fc.constantFrom(null, 0, 2_000),
    }),
    maybe("reason", fc.constant("WebSocket failed to connect.")),
  ),
  merge(
    kind("fault", {
      fault: small,
      command: fc.constantFrom(
        { name: "half-open", target: { scope: "page" } },
        { name: "abrupt-loss", target: { scope: "connection", socket: 1 } },
      ),
    }),
  ),
  merge(kind("fault-ended", { fault: small, reason: fc.constant("completed") })),
);

const anyRecording = fc.array(fc.tuple(fc.nat(20_000), anyEvent), { maxLength: 60 }).map((steps) => {
  const events = script().page();
  let now = 0;
  for (const [wait, event] of steps) events.at((now += wait)).add(event);
  return events.events;
});

it("gives the same model for any batches, whatever happens to a client", () => {
  fc.assert(
    fc.property(anyLife, fc.integer({ min: 1, max: 9 }), (events, length) => {
      expect(events.map(readEvent)).toEqual(events);
      const fromScratch = plain(reduceBatches([events]));
      expect(plain(reduceBatches(inBatches(events, 1)))).toEqual(fromScratch);
      expect(plain(reduceBatches(inBatches(events, length)))).toEqual(fromScratch);
    }),
    { numRuns: 100 },
  );
});

it("has the messages in order of time, however late some arrive", () => {
  fc.assert(
    fc.property(anyLife, (events) => {
      for (const hub of reduceBatches([events]).hubs) {
        const places = hub.messages.map(({ message: { t, seq } }) => ({ t, seq }));
        expect(places).toEqual([...places].sort((a, b) => a.t - b.t || a.seq - b.seq));
        for (const row of hub.messages) expect(findRow(hub.messages, row.message)).toBe(row);
      }
    }),
    { numRuns: 100 },
  );
});

it("ignores events that were already applied", () => {
  fc.assert(
    fc.property(anyLife, fc.integer({ min: 1, max: 9 }), (events, length) => {
      const twice = inBatches(events, length).flatMap((batch) => [batch, batch]);
      expect(plain(reduceBatches(twice))).toEqual(plain(reduceBatches([events])));
    }),
    { numRuns: 50 },
  );
});

it("is tested with every kind of event", () => {
  const kinds = new Set(fc.sample(anyEvent, { numRuns: 3_000, seed: 1 }).map((event) => event.kind));
  const all: Record<Exclude<EventKind, "page">, true> = {
    "recording-ended": true,
    visibility: true,
    lifecycle: true,
    online: true,
    "long-task": true,
    negotiate: true,
    "negotiate-ended": true,
    socket: true,
    "socket-opened": true,
    "socket-closing": true,
    "socket-closed": true,
    "transport-request": true,
    upgrade: true,
    "worker-connection": true,
    legacy: true,
    handshake: true,
    message: true,
    counts: true,
    hub: true,
    "hub-state": true,
    "hub-lost": true,
    retry: true,
    fault: true,
    "fault-ended": true,
    dropped: true,
  };
  expect([...kinds].sort()).toEqual(Object.keys(all).sort());
});

it("gives the same model event by event and all at once, for any events", () => {
  fc.assert(
    fc.property(anyRecording, (events) => {
      expect(plain(reduceBatches(inBatches(events, 1)))).toEqual(plain(reduceBatches([events])));
    }),
    { numRuns: 400 },
  );
});

it("keeps the invariants of the model for any events", () => {
  fc.assert(
    fc.property(anyRecording, (events) => {
      expect(events.map(readEvent)).toEqual(events);
      for (const hub of reduceBatches([events]).hubs) {
        for (const [i, span] of hub.states.entries()) {
          expect(span.until ?? Infinity).toBeGreaterThanOrEqual(span.from);
          const next = hub.states[i + 1];
          if (next) expect(span.until).not.toBeNull();
        }
        for (const interruption of hub.interruptions) {
          expect(interruption.until ?? Infinity).toBeGreaterThanOrEqual(interruption.from);
          expect(verdictOf(interruption).title).not.toBe("");
        }
        for (const start of hub.failedStarts) {
          expect(start.until ?? Infinity).toBeGreaterThanOrEqual(start.failedAt);
          expect(start.starts).toBeGreaterThanOrEqual(1);
          expect(verdictOf(start).title).not.toBe("");
        }
        expect(hub.interruptions.filter(({ until }) => until === null).length).toBeLessThanOrEqual(1);
        expect(hub.failedStarts.filter(({ until }) => until === null).length).toBeLessThanOrEqual(1);
        expect(hub.messages.map(({ message }) => message.t)).toEqual(
          hub.messages.map(({ message }) => message.t).sort((a, b) => a - b),
        );
      }
    }),
    { numRuns: 400 },
  );
});
