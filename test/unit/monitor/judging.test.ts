import { describe, expect, it } from "vitest";
import { createJudge } from "../../../content-script/monitor/judge/main.ts";
import type { Trouble } from "../../../content-script/monitor/judge/trouble.ts";
import { createJudging, type JudgingPorts } from "../../../content-script/monitor/observer/judging.ts";
import { createConnections } from "../../../content-script/monitor/telemetry/connections.ts";
import type { RecordedEvent, Unstamped } from "../../../extension/core/events/events.ts";

const URL = "https://board.example/hubs/board";

/** The events of one client whose connection is cut every ten seconds. */
function* cuts(times: number): Generator<Unstamped & { readonly t: number }> {
  let t = 1_000_000;
  let socket = 0;
  const hubState = (from: "Connected" | "Connecting" | "Reconnecting" | "Disconnected", to: typeof from) =>
    ({ kind: "hub-state", hub: 1, from, to, t }) as const;
  function* connect(): Generator<Unstamped & { readonly t: number }> {
    socket++;
    yield {
      ...{ kind: "negotiate", t, request: socket, url: `${URL}/negotiate`, api: "fetch" },
      askedStatefulReconnect: false,
    };
    yield { kind: "negotiate-ended", t: t + 5, request: socket, status: 200, connectionId: `id${socket}` };
    yield { kind: "socket", t: t + 6, socket, transport: "WebSockets", url: URL, request: socket };
    yield { kind: "socket-opened", t: t + 10, socket };
    yield { kind: "handshake", t: t + 11, socket, direction: "out", protocol: "json", version: 1 };
    yield { kind: "handshake", t: t + 15, socket, direction: "in" };
    t += 20;
  }
  yield {
    ...{
      kind: "page",
      t,
      url: "https://board.example/",
      userAgent: "",
      openedAt: t,
      top: true,
      visible: true,
    },
    ...{ online: true, wasDiscarded: false, navigation: "navigate", probe: true },
  };
  yield {
    ...{ kind: "hub", t, hub: 1, url: URL, serverTimeout: 30_000, keepAliveInterval: 15_000 },
    hasReconnectPolicy: true,
  };
  yield hubState("Disconnected", "Connecting");
  yield* connect();
  yield hubState("Connecting", "Connected");
  for (let i = 0; i < times; i++) {
    t += 10_000;
    yield { kind: "socket-closed", t, socket, code: 1006, reason: "", wasClean: false };
    yield hubState("Connected", "Reconnecting");
    yield { kind: "retry", t, hub: 1, previousRetryCount: 0, elapsed: 0, delay: 0 };
    yield* connect();
    yield hubState("Reconnecting", "Connected");
  }
}

function stage(load: JudgingPorts["load"]) {
  const told: Trouble[] = [];
  const timers: { at: number; run: () => void }[] = [];
  let clock = 0;
  let startedOver = 0;
  let applied = 0;
  let seq = 0;
  const connections = createConnections({
    connected: () => undefined,
    ended: () => undefined,
    troubled: () => {
      judging.want();
    },
    answered() {
      if (judging.wanted) void judging.load();
    },
  });
  const judging = createJudging({
    noted: new Map(),
    load: async () => {
      const create = await load();
      return (noted) => {
        applied = 0;
        const judge = create(noted);
        return {
          ...judge,
          apply(events) {
            applied += events.length;
            judge.apply(events);
          },
        };
      };
    },
    unjudged: connections.troubles,
    tell: (trouble) => told.push(trouble),
    startOver() {
      startedOver++;
      connections.forgetTroubles();
    },
    after: (wait, run) => timers.push({ at: clock + wait, run }),
    now: () => clock,
  });
  return {
    ...{ judging, told, connections },
    applied: () => applied,
    startedOver: () => startedOver,
    async take(events: Iterable<Unstamped & { readonly t: number }>) {
      for (const event of events) {
        clock = event.t;
        const stamped = { ...event, seq: ++seq } as RecordedEvent;
        judging.take(stamped);
        connections.take(stamped);
        for (const due of timers.filter(({ at }) => at <= clock)) {
          timers.splice(timers.indexOf(due), 1);
          due.run();
        }
        await Promise.resolve();
      }
    },
    async pass(milliseconds: number) {
      clock += milliseconds;
      for (let i = 0; i < 20; i++) await Promise.resolve();
      for (const due of timers.splice(0)) due.run();
      for (let i = 0; i < 20; i++) await Promise.resolve();
    },
  };
}

const real = (): Promise<typeof createJudge> => Promise.resolve(createJudge);

describe("judging", () => {
  it("tells each interruption once, when it is over for a while", async () => {
    const { judging, told, take, pass } = stage(real);
    await take(cuts(1));
    await judging.load();
    await pass(1_500);
    expect(told).toEqual([]);
    for (let i = 0; i < 20; i++) await pass(1_500);
    judging.tellAll();
    expect(told).toMatchObject([
      { kind: "interruption", recovered: true, outcome: "reconnected", verdict: { cause: "abrupt-loss" } },
    ]);
  });

  it("tells what goes on when the page is left", async () => {
    const { judging, told, take } = stage(real);
    const events = [...cuts(1)];
    const lost = events.findIndex(({ kind }) => kind === "socket-closed");
    await judging.load();
    await take(events.slice(0, lost + 2));
    judging.tellAll();
    expect(told).toMatchObject([{ recovered: false, until: null, verdict: { cause: "abrupt-loss" } }]);
  });

  it("waits for a judge that can't be loaded, and judges when it has come", async () => {
    let tries = 0;
    const { judging, told, take, pass } = stage(() =>
      ++tries < 3 ? Promise.reject(new TypeError("Failed to fetch")) : real(),
    );
    await take(cuts(1));
    await pass(1_000);
    expect(told).toEqual([]);
    await take(cuts(1));
    await judging.load();
    judging.tellEnded();
    expect(tries).toBe(3);
    expect(told.map(({ verdict }) => verdict?.cause)).toContain("abrupt-loss");
  });

  it("says that it isn't judged where the judge never came", async () => {
    const { judging, told, take } = stage(() => Promise.reject(new TypeError("Failed to fetch")));
    await take(cuts(2));
    judging.tellAll();
    judging.tellAll();
    expect(told).toMatchObject([
      { verdict: null, recovered: true, outcome: "reconnected" },
      { verdict: null, recovered: true },
    ]);
  });

  it.each(["with a judge", "without one"])("is bounded on a page that is cut for days, %s", async (which) => {
    const load = which === "with a judge" ? real : () => Promise.reject<typeof createJudge>(new Error("no"));
    const { judging, told, take, applied, startedOver } = stage(load);
    // 6,750 events of 750 interruptions.
    await take(cuts(750));
    judging.tellAll();
    expect(startedOver()).toBeGreaterThanOrEqual(2);
    expect(applied()).toBeLessThanOrEqual(6_000);
    if (which === "with a judge") expect(told.length).toBeGreaterThan(700);
    else expect(told.length).toBeGreaterThan(100);
  });
});
