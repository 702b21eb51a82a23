/** Watchdogs with a clock of their own: nothing is recorded while a step isn't answered. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NegotiateStarted, Unstamped } from "../../../extension/core/events/events.ts";
import type { WaitStep } from "../../../extension/core/model/waits.ts";
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { ownHangs, watchdogs } from "../../../extension/core/diagnosis/hangs.ts";
import { waitingWords } from "../../../extension/core/diagnosis/wait-words.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import { titleOf } from "../../../extension/wording/titles.ts";
import { anyEvent } from "./any-event.ts";
import { anyLife } from "./any-life.ts";
import { inBatches, reduceBatches } from "./plain-model.ts";
import { script, START, URL_OF_HUB, type EventScript } from "./event-script.ts";

const sent = (request: number, url = URL_OF_HUB): Unstamped<NegotiateStarted> => ({
  kind: "negotiate",
  request,
  url: `${url}/negotiate?negotiateVersion=1`,
  api: "fetch",
  askedStatefulReconnect: false,
});
const redirect = {
  kind: "negotiate-ended",
  request: 1,
  status: 200,
  redirectUrl: "https://other.example/hubs/board",
} as const;

const started = (): EventScript => script().at(0).page().hub().state("Disconnected", "Connecting");

/** A client that waits in this step from 1 s on. */
const WAITING: Readonly<Record<WaitStep, { readonly events: EventScript; readonly limit: number }>> = {
  token: { events: started().at(1_000).negotiate(1, "a"), limit: 15_000 },
  negotiate: { events: started().at(1_000).add(sent(1)), limit: 30_000 },
  redirect: {
    events: started()
      .at(500)
      .add(sent(1), redirect)
      .at(1_000)
      .add(sent(2, "https://other.example/hubs/board")),
    limit: 30_000,
  },
  upgrade: { events: started().at(1_000).negotiate(1, "a").connecting(1, 1), limit: 15_000 },
  "event-stream": {
    events: started().at(1_000).negotiate(1, "a").connecting(1, 1, "ServerSentEvents"),
    limit: 15_000,
  },
  poll: { events: started().at(1_000).negotiate(1, "a").connecting(1, 1, "LongPolling"), limit: 15_000 },
  handshake: {
    events: started()
      .at(1_000)
      .negotiate(1, "a")
      .connecting(1, 1)
      .add({ kind: "socket-opened", socket: 1 }, { kind: "handshake", socket: 1, direction: "out" }),
    limit: 15_000,
  },
  "first-ping": {
    events: started().at(1_000).negotiate(1, "a").socket(1, 1).state("Connecting", "Connected", "a"),
    limit: 30_000,
  },
  "no-transport": {
    events: started()
      .at(500)
      .negotiate(1, "a")
      .socket(1, 1)
      .state("Connecting", "Connected", "a")
      .message({ socket: 1, direction: "in", type: 6 })
      .at(1_000)
      .closed(1),
    limit: 5_000,
  },
};

const at = (events: EventScript | RecordingModel, ms: number) =>
  watchdogs("events" in events && "reduce" in events ? events.reduce() : events, START + ms);
const steps = Object.keys(WAITING) as WaitStep[];

describe.each(steps)("the watchdog of the step %s", (step) => {
  const { events, limit } = WAITING[step];
  const model = events.reduce();
  const begun = 1_000;

  it("says nothing for 5 s, then that it waits, and that it hangs when client or server would give up", () => {
    // A server without other messages sends its first ping after 15 s.
    const shown = step === "first-ping" ? 20_000 : 5_000;
    expect(at(model, begun + shown - 1)).toEqual({ waiting: [], hangs: [] });
    const [waiting] = at(model, begun + shown).waiting;
    expect(waiting).toMatchObject({ wait: { step, from: START + begun }, length: shown });
    expect(at(model, begun + limit - 1).hangs).toHaveLength(0);
    const [hang] = at(model, begun + limit).hangs;
    expect(hang).toMatchObject({ outcome: "waiting", until: null, total: limit, within: null, faults: [] });
  });

  it("names the step, what is usually behind it, and no more than it knows", () => {
    const [hang] = at(model, begun + limit).hangs;
    const { cause, obstacle, confidence, evidence, title } = verdictOf(hang!);
    expect(cause).toBe("hanging");
    expect(title).toBe(obstacle?.title);
    expect(confidence).not.toBe("high");
    expect(evidence.map(({ t }) => t)).toEqual(evidence.map(({ t }) => t).sort((a, b) => a - b));
    expect(titleOf(hang!, START)).toMatch(step === "no-transport" ? /Connected without/ : /^Waiting for /);
  });

  it("doesn't count the time in which the page was frozen or hidden, or in which the observer stood still", () => {
    const frozen = [...events.events];
    const sleeps = script();
    sleeps.events.push(...frozen);
    sleeps.at(begun + 2_000).add({ kind: "lifecycle", phase: "freeze", persisted: false });
    expect(at(sleeps, 600_000)).toEqual({ waiting: [], hangs: [] });
    sleeps.at(500_000).add({ kind: "lifecycle", phase: "resume", persisted: false });
    sleeps.at(550_000).add({ kind: "visibility", visible: true });
    expect(at(sleeps, 552_000).waiting).toEqual([]);
    const asleep = { from: START + begun + 1_000, until: START + 599_000 };
    expect(watchdogs(model, START + 600_000, [asleep])).toEqual({ waiting: [], hangs: [] });
  });

  it("blames a fault of Hubscope that keeps the answer", () => {
    const broken = script();
    broken.events.push(...events.events);
    const command = { name: "half-open", target: { scope: "page" }, direction: "both" } as const;
    broken.at(begun).add({ kind: "fault", fault: 7, command: command as never });
    const [hang] = at(broken, begun + limit).hangs;
    expect(hang?.faults).toEqual([7]);
    expect(verdictOf(hang!)).toMatchObject({ cause: "injected", obstacle: null });
  });
});

it("says what it waits for in the words of the client", () => {
  const words = (step: WaitStep): string => {
    const [one] = at(WAITING[step].events, 13_000).waiting;
    return waitingWords(one!.wait, one!.length);
  };
  expect(words("upgrade")).toBe("Waiting for the upgrade of the WebSocket, 12 s");
  expect(words("negotiate")).toBe("Waiting for the answer to the negotiate, 12 s");
  expect(words("token")).toBe("Waiting for the access token, 12 s");
});

describe("a hang that has ended", () => {
  const upgrade = (): EventScript => {
    const events = script();
    events.events.push(...WAITING.upgrade.events.events);
    return events;
  };

  it("is still told when the client connected after all", () => {
    const events = upgrade().at(41_000).add({ kind: "socket-opened", socket: 1 });
    events.add({ kind: "handshake", socket: 1, direction: "in" }).state("Connecting", "Connected", "a");
    const watched = at(events, 42_000);
    expect(watched.waiting).toEqual([]);
    expect(watched.hangs).toHaveLength(1);
    expect(titleOf(watched.hangs[0]!, START)).toBe("The upgrade of the WebSocket took 40 s");
    expect(watched.hangs[0]).toMatchObject({ outcome: "went-on", until: START + 41_000 });
  });

  it("is a failed start when it failed, with the step as its obstacle", () => {
    const events = upgrade().at(41_000).closed(1).state("Connecting", "Disconnected");
    const model = events.reduce();
    expect(ownHangs(at(model, 60_000))).toEqual([]);
    const { obstacle, confidence, evidence } = verdictOf(model.hubs[0]!.failedStarts[0]!);
    expect([obstacle?.name, confidence]).toEqual(["upgrade-unanswered", "medium"]);
    expect(evidence.map(({ text }) => text).join("\n")).toContain("after 40 s");
  });

  it("is told when the page ended, the recording ended, or the app stopped", () => {
    const left = upgrade().at(41_000).add({ kind: "lifecycle", phase: "pagehide", persisted: false });
    expect(at(left, 90_000).hangs[0]).toMatchObject({ outcome: "page-ended", total: 40_000 });
    const off = upgrade().at(41_000).add({ kind: "recording-ended", reason: "switched-off" });
    expect(at(off, 90_000).hangs[0]).toMatchObject({ outcome: "recording-ended", total: 40_000 });
    const stopped = upgrade()
      .at(41_000)
      .state("Connecting", "Disconnecting")
      .state("Disconnecting", "Disconnected");
    expect(at(stopped, 90_000).hangs[0]).toMatchObject({ outcome: "stopped-by-app", total: 40_000 });
    for (const events of [left, off, stopped]) expect(at(events, 90_000).waiting).toEqual([]);
  });
});

describe("what isn't a hang", () => {
  it("is a slow but normal start, a poll that waits for data, or a quiet connection", () => {
    const slow = started().at(1_000).add(sent(1)).at(5_900).negotiate(2, "a").at(9_000).socket(1, 2);
    slow.state("Connecting", "Connected", "a").at(10_000).message({ socket: 1, direction: "in", type: 6 });
    expect(at(slow, 600_000)).toEqual({ waiting: [], hangs: [] });
    const polling = started().at(1_000).negotiate(1, "a").socket(1, 1, "LongPolling");
    polling.state("Connecting", "Connected", "a");
    expect(at(polling, 600_000)).toEqual({ waiting: [], hangs: [] });
  });

  it("is the delay before the next attempt", () => {
    const events = script().connected().at(1_000).closed(1).add({ kind: "hub-lost", hub: 1 });
    events.state("Connected", "Reconnecting");
    events.add({ kind: "retry", hub: 1, previousRetryCount: 0, elapsed: 0, delay: 30_000 });
    expect(at(events, 30_000)).toEqual({ waiting: [], hangs: [] });
  });
});

it("belongs to the interruption whose attempt hangs", () => {
  const events = script().connected().at(1_000).closed(1).add({ kind: "hub-lost", hub: 1 });
  events.state("Connected", "Reconnecting");
  events.add({ kind: "retry", hub: 1, previousRetryCount: 0, elapsed: 0, delay: 0 });
  events.at(2_000).negotiate(2, "b").connecting(2, 2);
  const model = events.reduce();
  const watched = at(model, 20_000);
  expect(watched.waiting).toMatchObject([{ wait: { step: "upgrade" }, length: 18_000 }]);
  expect(watched.hangs[0]?.within).toBe(model.hubs[0]?.interruptions[0]);
  expect(ownHangs(watched)).toEqual([]);
});

describe("the connections of the browser", () => {
  const url = "http://board.example/hubs/board";
  const full = (streams: number, host = url): EventScript => {
    const events = script().at(0).page({ probe: false });
    for (let i = 1; i <= streams; i++)
      events
        .at(i * 10)
        .add(
          { ...sent(i, host) },
          { kind: "negotiate-ended", request: i, status: 200, connectionId: `c${i}` },
        )
        .add({ kind: "socket", socket: i, request: i, transport: "ServerSentEvents", url: host })
        .add({ kind: "socket-opened", socket: i }, { kind: "handshake", socket: i, direction: "in" })
        .at(i * 10 + 5)
        .message({ socket: i, direction: "in", type: 6 });
    return events.at(1_000).add(sent(99, url));
  };

  it("are counted: six event streams to the host are all of HTTP/1.1", () => {
    const [hang] = at(full(6), 6_000).hangs;
    const verdict = verdictOf(hang!);
    expect(verdict).toMatchObject({ obstacle: { name: "connections-in-use" }, confidence: "high" });
    expect(verdict.evidence.map(({ text }) => text).join("\n")).toContain("6 event streams");
  });

  it("are not the reason with five of them, or six to another host", () => {
    expect(at(full(5), 6_000).hangs).toEqual([]);
    expect(at(full(6, "http://other.example/hubs/board"), 6_000).hangs).toEqual([]);
    const [hang] = at(full(5), 31_000).hangs;
    expect(verdictOf(hang!).obstacle?.name).toBe("negotiate-unanswered");
  });
});

describe("whatever happens to a client", () => {
  const facts = (model: RecordingModel, now: number) => {
    const { waiting, hangs } = watchdogs(model, now);
    return {
      waiting: waiting.map(({ hub, wait, length }) => ({ key: hub.key, wait, length })),
      hangs: hangs.map((hang) => ({
        key: hang.key,
        outcome: hang.outcome,
        total: hang.total,
        title: titleOf(hang, now),
        verdict: verdictOf(hang),
      })),
    };
  };
  const anyRecording = fc.array(fc.tuple(fc.nat(20_000), anyEvent), { maxLength: 40 }).map((steps) => {
    const events = script().page();
    let now = 0;
    for (const [wait, event] of steps) events.at((now += wait)).add(event);
    return events.events;
  });

  it("finds the same for any batches, and at most one wait of each connection", () => {
    fc.assert(
      fc.property(
        fc.oneof(anyLife, anyRecording),
        fc.nat(200_000),
        fc.integer({ min: 1, max: 9 }),
        (events, later, n) => {
          const model = reduceBatches([events]);
          const now = Math.max(model.to, START) + later;
          const found = facts(model, now);
          expect(facts(reduceBatches(inBatches(events, n)), now)).toEqual(found);
          expect(new Set(found.waiting.map(({ key }) => key)).size).toBe(found.waiting.length);
          expect(new Set(found.hangs.map(({ key }) => key)).size).toBe(found.hangs.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("finds as time passes only more, and never less", () => {
    fc.assert(
      fc.property(fc.oneof(anyLife, anyRecording), fc.nat(60_000), fc.nat(60_000), (events, first, then) => {
        const model = reduceBatches([events]);
        const now = Math.max(model.to, START) + first;
        const before = facts(model, now).hangs.map(({ key }) => key);
        const after = facts(model, now + then).hangs.map(({ key }) => key);
        expect(after).toEqual(expect.arrayContaining(before));
      }),
      { numRuns: 200 },
    );
  });
});
