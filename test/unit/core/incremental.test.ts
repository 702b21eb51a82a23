import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { EventKind } from "../../../extension/core/events/events.ts";
import { readEvent } from "../../../extension/core/events/guards.ts";
import { anyLife } from "./any-life.ts";
import { anyEvent } from "./any-event.ts";
import { script } from "./event-script.ts";
import { inBatches, plain, reduceBatches } from "./plain-model.ts";

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
        const places = [...hub.messages].map(({ message: { t, seq } }) => ({ t, seq }));
        expect(places).toEqual([...places].sort((a, b) => a.t - b.t || a.seq - b.seq));
        for (const { t } of places)
          expect(hub.messages.firstFrom(t)).toBe(places.findIndex((place) => place.t >= t));
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
    "still-open": true,
    visibility: true,
    lifecycle: true,
    online: true,
    "long-task": true,
    negotiate: true,
    "negotiate-ended": true,
    "negotiate-timing": true,
    refresh: true,
    "request-seen": true,
    "policy-violation": true,
    "clock-jump": true,
    "network-type": true,
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
    circuit: true,
    "circuit-error": true,
    "reconnect-ui": true,
    "circuit-left": true,
    "app-mistake": true,
    "call-site": true,
    hub: true,
    "hub-state": true,
    "hub-lost": true,
    retry: true,
    fault: true,
    "fault-ended": true,
    doctor: true,
    "doctor-tries": true,
    "doctor-negotiate": true,
    "doctor-connect": true,
    "doctor-sticky": true,
    "doctor-resume": true,
    "doctor-size": true,
    "doctor-stay": true,
    "doctor-ended": true,
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
        expect([...hub.messages].map(({ message }) => message.t)).toEqual(
          [...hub.messages].map(({ message }) => message.t).sort((a, b) => a - b),
        );
      }
    }),
    { numRuns: 400 },
  );
});
