import { describe, expect, it } from "vitest";
import { usually, weightOf, type Weight } from "../../../extension/core/diagnosis/weight/weight.ts";
import { comparedToStart, methodsOf, steadyWords } from "../../../extension/wording/weight-words.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { script, START, type EventScript } from "./event-script.ts";

interface Call {
  readonly target: string;
  readonly at: number;
  /** null: never answered; absent: a send(). */
  readonly answered?: number | null;
  readonly size?: number;
}

let id = 0;

/** Adds calls of one socket, in order of time. */
function call(events: EventScript, socket: number, all: readonly Call[]): EventScript {
  const steps = all.flatMap(({ target, at, answered, size = 100 }) => {
    const invocationId = String(++id);
    const own = answered === undefined ? {} : { invocationId };
    return [
      { at, message: { socket, direction: "out", type: 1, target, ...own } as const },
      ...(typeof answered === "number"
        ? [{ at: answered, message: { socket, direction: "in", type: 3, invocationId, size } as const }]
        : []),
    ];
  });
  for (const { at, message } of steps.sort((a, b) => a.at - b.at)) events.at(at).message(message);
  return events;
}

const lose = (events: EventScript, at: number, socket: number): EventScript =>
  events
    .at(at)
    .closed(socket)
    .add({ kind: "hub-lost", hub: 1, error: "WebSocket closed with status code: 1006 (no reason given)." })
    .state("Connected", "Reconnecting");

const back = (events: EventScript, at: number, socket: number): EventScript =>
  events
    .at(at)
    .negotiate(socket, `id-${socket}`)
    .socket(socket, socket)
    .state("Reconnecting", "Connected", `id-${socket}`);

const ping = (events: EventScript, at: number, socket: number): EventScript =>
  events.at(at).message({ socket, direction: "in", type: 6, size: 11 });

/** Joins and loads at the start, and is lost a minute later. */
function lostApp(): EventScript {
  const events = script().connected();
  call(events, 1, [
    { target: "Join", at: 100, answered: 200 },
    { target: "GetBoard", at: 210, answered: 900, size: 300_000 },
  ]);
  ping(events, 30_000, 1);
  ping(events, 60_000, 1);
  return lose(events, 62_000, 1);
}

function only(events: EventScript): Weight {
  const weight = weightOf(events.onlyInterruption());
  if (!weight) throw new Error("it isn't connected again");
  return weight;
}

describe("the weight of an interruption", () => {
  it("counts requests, calls and bytes until every call is answered and traffic is as before", () => {
    const events = back(lostApp(), 64_000, 2);
    call(events, 2, [
      { target: "Join", at: 64_100, answered: 64_200 },
      { target: "GetBoard", at: 64_200, answered: 65_500, size: 310_000 },
      { target: "Log", at: 64_300 },
    ]);
    ping(events, 70_000, 2);
    const weight = only(events);
    expect(weight).toMatchObject({
      lostAt: START + 62_000,
      connectedAt: START + 64_000,
      steady: { kind: "steady", t: START + 65_500 },
      usual: { calls: 0, messagesIn: 0, bytesIn: 0 },
      tries: 1,
      negotiates: 1,
      transports: 1,
      visible: 2_000,
      work: { calls: 3, sends: 1, in: { messages: 2, bytes: 310_100 }, out: { messages: 3, bytes: 120 } },
      firstStart: { calls: 2, in: { bytes: 300_100 }, took: 880 },
      repeated: { calls: 2, answered: 310_100 },
    });
    expect(methodsOf(weight.work)).toBe("Join, GetBoard, Log");
    expect(steadyWords(weight)).toBe(
      "until steady again: 2 s to connect, then 1.5 s until all calls were answered and traffic was as in the minute before",
    );
    expect(comparedToStart(weight)).toEqual({
      figure: ">",
      text: "heavier than the first start: 2 calls, 300.1 kB received, 880 ms",
    });
  });

  it("is nothing for an app that only connects", () => {
    const weight = only(ping(back(lostApp(), 64_000, 2), 70_000, 2));
    expect(weight).toMatchObject({
      steady: { kind: "steady", t: START + 64_000 },
      work: { calls: 0, in: { messages: 0, bytes: 0 } },
      repeated: { calls: 0, answered: 0 },
    });
    expect(comparedToStart(weight)?.figure).toBe("<");
  });

  it("doesn't wait for traffic that was there before: a poll every second, and messages all the time", () => {
    const events = script().connected();
    const busy = (socket: number, from: number, until: number): void => {
      for (let at = from; at < until; at += 1_000) {
        call(events, socket, [{ target: "Poll", at, answered: at + 20 }]);
        for (let n = 0; n < 5; n++)
          events.at(at + 100 * n + 30).message({ socket, direction: "in", type: 1, target: "Tick" });
      }
    };
    busy(1, 1_000, 60_000);
    lose(events, 60_000, 1);
    back(events, 61_000, 2);
    call(events, 2, [{ target: "Join", at: 61_010, answered: 61_400 }]);
    // What was missed.
    for (let n = 0; n < 200; n++)
      events.at(61_410 + n).message({ socket: 2, direction: "in", type: 1, target: "Tick" });
    busy(2, 62_000, 75_000);
    const { steady, work } = only(events);
    expect(steady.kind).toBe("steady");
    expect(steady.t - START).toBeGreaterThan(61_500);
    expect(steady.t - START).toBeLessThan(61_800);
    expect(work.in.messages).toBeGreaterThan(180);
  });

  it("doesn't wait for a call that takes long by nature: one was open at the loss", () => {
    const events = script().connected();
    call(events, 1, [{ target: "NextMessage", at: 100, answered: null }]);
    lose(ping(events, 40_000, 1), 41_000, 1);
    call(back(events, 42_000, 2), 2, [{ target: "NextMessage", at: 42_010, answered: null }]);
    expect(only(ping(events, 50_000, 2)).steady).toEqual({ kind: "steady", t: START + 42_010 });
  });

  it("counts all tries, and compares with no minute before where there was none", () => {
    const events = lose(script().connected(), 1_000, 1);
    events.at(1_100).negotiateFails(2, 503).at(3_000).negotiateFails(3, 503);
    call(back(events, 9_000, 4), 4, [{ target: "Join", at: 9_100, answered: 9_200 }]);
    const weight = only(ping(events, 15_000, 4));
    expect(weight).toMatchObject({
      negotiates: 3,
      transports: 1,
      usual: null,
      steady: { kind: "steady", t: START + 9_200 },
    });
    expect(steadyWords(weight)).toContain("none was made for 2 s");
  });

  it("is weighed without the client probe, too", () => {
    const events = script().connected(false);
    call(events, 1, [{ target: "Join", at: 100, answered: 200 }]);
    ping(events, 30_000, 1).at(31_000).closed(1);
    events.at(31_010).negotiate(2, "id-2").at(31_500).socket(2, 2);
    call(events, 2, [{ target: "Join", at: 31_600, answered: 31_700 }]);
    expect(only(ping(events, 40_000, 2))).toMatchObject({
      steady: { kind: "steady", t: START + 31_700 },
      repeated: { calls: 1 },
    });
  });

  it("tells how long the page was visible without a connection", () => {
    const events = lostApp();
    events.at(62_500).add({ kind: "visibility", visible: false });
    events.at(63_800).add({ kind: "visibility", visible: true });
    expect(only(ping(back(events, 64_000, 2), 70_000, 2)).visible).toBe(700);
  });
});

describe("what isn't known of it", () => {
  it("is all, as long as the connection isn't there again", () => {
    expect(weightOf(ping(lostApp(), 70_000, 1).onlyInterruption())).toBeNull();
  });

  it("is when it was steady: lost again, stopped, left, or no longer recorded before that", () => {
    const after = (more: (events: EventScript) => unknown): Weight => {
      const events = back(lostApp(), 64_000, 2);
      call(events, 2, [{ target: "Join", at: 64_100, answered: 64_200 }]);
      more(events);
      const weight = weightOf(events.onlyHub().interruptions[0]!);
      if (!weight) throw new Error("it isn't connected again");
      return weight;
    };
    const why = (more: (events: EventScript) => unknown): string => {
      const { steady, work } = after(more);
      expect(work.calls).toBe(1);
      return steady.kind === "unknown" ? `${steady.why} ${steady.t - START - 64_000}` : steady.kind;
    };
    expect(why((events) => lose(events, 65_000, 2))).toBe("lost-again 1000");
    expect(
      why((events) =>
        events.at(65_100).state("Connected", "Disconnecting").state("Disconnecting", "Disconnected"),
      ),
    ).toBe("stopped 1100");
    expect(
      why((events) => events.at(65_200).add({ kind: "lifecycle", phase: "pagehide", persisted: false })),
    ).toBe("page-ended 1200");
    expect(why((events) => events.at(65_300).add({ kind: "recording-ended", reason: "switched-off" }))).toBe(
      "recording-ended 1300",
    );
    expect(why(() => undefined)).toBe("recording-ended 200");
    const counts = { kind: "counts", socket: 2, until: START + 66_000, counts: [] } as const;
    expect(why((events) => ping(events.at(65_000).add(counts), 70_000, 2))).toBe("counted 1000");
    expect(steadyWords(after((events) => lose(events, 65_000, 2)))).toBe(
      "2 s to connect. When traffic was steady isn’t known: the connection was lost again 1 s later",
    );
  });

  it("is nothing if a call has no answer for a minute, or the calls never end", () => {
    const open = back(lostApp(), 64_000, 2);
    call(open, 2, [{ target: "GetBoard", at: 64_100, answered: null }]);
    expect(only(ping(open, 140_000, 2)).steady).toEqual({
      kind: "never",
      t: START + 124_000,
      open: "GetBoard",
    });
    const busy = back(lostApp(), 64_000, 2);
    for (let at = 64_100; at < 130_000; at += 1_000)
      call(busy, 2, [{ target: "Retry", at, answered: at + 5 }]);
    const weight = only(busy);
    expect(weight.steady).toMatchObject({ kind: "never", open: null });
    expect(steadyWords(weight)).toContain("Not steady a minute later");
  });

  it("is its messages, if they were removed from a recording that was too large", () => {
    const events = back(lostApp(), 64_000, 2);
    call(events, 2, [{ target: "Join", at: 64_100, answered: 64_200 }]);
    ping(events, 70_000, 2);
    const reducer = createReducer();
    reducer.apply(
      "p",
      events.events.filter(({ kind, t }) => kind !== "message" || t > START + 69_000),
    );
    const weight = weightOf(reducer.model.hubs[0]!.interruptions[0]!);
    expect(weight).toMatchObject({ steady: { kind: "unknown", why: "removed" }, firstStart: null });
  });
});

describe("other reconnects of the same connection", () => {
  it("are compared as medians, if there are at least two of which it is known", () => {
    const events = script().connected();
    let socket = 1;
    for (const calls of [1, 3, 2, 9]) {
      const at = socket * 20_000;
      back(lose(events, at, socket), at + 500, ++socket);
      const all = Array.from({ length: calls }, (_, n) => ({
        target: "Join",
        at: at + 600 + n * 10,
        answered: at + 700 + n * 10,
      }));
      call(events, socket, all);
    }
    ping(events, 100_000, socket);
    const hub = events.onlyHub();
    expect(usually(hub.interruptions[3]!, hub)).toMatchObject({ reconnects: 3, calls: 2, bytesIn: 200 });
    expect(
      usually(hub.interruptions[0]!, { ...hub, interruptions: hub.interruptions.slice(0, 2) }),
    ).toBeNull();
  });
});

describe("a page that was loaded anew", () => {
  const pageOf = (events: EventScript, at: number, openedAt: number): EventScript => {
    for (const [i, event] of events.events.entries())
      events.events[i] =
        event.kind === "page"
          ? { ...event, t: START + at, openedAt: START + openedAt }
          : { ...event, t: event.t + at };
    return events;
  };

  it("goes on with the interruption of the page before, if it connects to the same hub", () => {
    const old = lostApp().at(66_000).add({ kind: "lifecycle", phase: "pagehide", persisted: false });
    const fresh = script().connected();
    call(fresh, 1, [
      { target: "Join", at: 100, answered: 200 },
      { target: "GetBoard", at: 210, answered: 900, size: 300_000 },
    ]);
    pageOf(ping(fresh, 9_000, 1), 66_300, 66_050);
    const reducer = createReducer();
    reducer.apply("old", old.events);
    reducer.apply("new", fresh.events);
    const lost = reducer.model.hubs[0]!.interruptions[0]!;
    expect(weightOf(lost)).toBeNull();
    const weight = weightOf(lost, reducer.model.pages)!;
    expect(weight).toMatchObject({
      byReload: true,
      connectedAt: START + 66_320,
      steady: { kind: "steady", t: START + 67_200 },
      repeated: { calls: 2 },
      negotiates: 1,
      visible: 4_000 + 270,
    });
    expect(comparedToStart(weight)?.figure).toBe("≈");
  });
});
