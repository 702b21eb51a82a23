import { describe, expect, it } from "vitest";
import { START, script, type EventScript } from "./event-script.ts";

/** A connection with stateful reconnect: three messages out, two in, and two of those out are acknowledged. */
const talking = (probe: boolean): EventScript => {
  const events = script().at(0).page({ probe });
  if (probe) events.hub().state("Disconnected", "Connecting");
  events.at(10).negotiate(1, "id-1", true).at(20).socket(1, 1);
  if (probe) events.state("Connecting", "Connected", "id-1");
  for (let i = 0; i < 3; i++)
    events.at(100 + i).message({ socket: 1, direction: "out", type: 1, size: 50, invocationId: String(i) });
  for (let i = 0; i < 2; i++)
    events.at(200 + i).message({ socket: 1, direction: "in", type: 1, target: "tick" });
  return events
    .at(1_200)
    .message({ socket: 1, direction: "in", type: 8, sequenceId: 2 })
    .message({ socket: 1, direction: "in", type: 6 });
};

describe("stateful reconnect", () => {
  it("counts messages per direction, without pings and acks", () => {
    const hub = talking(true).onlyHub();
    expect(hub.stateful).toMatchObject({
      asked: true,
      granted: true,
      window: 15_000,
      in: { last: 2, acked: 0, unackedBytes: 80 },
      out: { last: 3, acked: 2, unackedBytes: 50, peakBytes: 150, acks: 1 },
    });
    expect([...hub.messages].map(({ sequence }) => sequence)).toEqual([1, 2, 3, 1, 2, null, null]);
  });

  it.each([true, false])(
    "resumes, and distinguishes repeated messages from new ones (probe: %s)",
    (probe) => {
      const events = talking(probe).at(2_000).closed(1).at(2_001).connecting(2, 1);
      events.at(2_010).add({ kind: "socket-opened", socket: 2 });
      events.message({ socket: 2, direction: "out", type: 9, sequenceId: 3 });
      events.message({ socket: 2, direction: "out", type: 1, size: 50, invocationId: "2" });
      events.at(2_020).message({ socket: 2, direction: "in", type: 9, sequenceId: 2 });
      events.message({ socket: 2, direction: "in", type: 1, target: "tick" });
      events.message({ socket: 2, direction: "in", type: 1, target: "missed" });
      const hub = events.onlyHub();
      expect(hub.interruptions).toHaveLength(1);
      expect(hub.interruptions[0]).toMatchObject({ outcome: "resumed", connectionIdBefore: "id-1" });
      expect(hub.stateful?.resumes).toMatchObject([
        {
          outcome: "resumed",
          socket: 2,
          replayed: { in: 1, out: 1 },
          unacked: { in: 2, out: 1 },
        },
      ]);
      const replays = [...hub.messages].filter(({ replay }) => replay);
      expect(replays.map(({ message, sequence }) => [message.direction, sequence])).toEqual([
        ["out", 3],
        ["in", 2],
      ]);
      // The call that was sent twice is one call.
      expect(hub.calls).toHaveLength(3);
      expect(hub.states.map(({ state }) => state)).toEqual([
        "connecting",
        "connected",
        "resumed",
        "connected",
      ]);
    },
  );

  it.each([true, false])(
    "that is refused falls back to a new connection, which counts from zero (probe: %s)",
    (probe) => {
      const events = talking(probe).at(2_000).closed(1).at(2_001).connecting(2, 1).at(2_010).closed(2);
      if (probe) events.state("Connected", "Reconnecting");
      events.at(2_011).negotiate(2, "id-2", true).at(2_020).socket(3, 2);
      if (probe) events.state("Reconnecting", "Connected", "id-2");
      const hub = events.onlyHub();
      expect(hub.interruptions).toHaveLength(1);
      expect(hub.interruptions[0]).toMatchObject({ outcome: "reconnected", connectionIdAfter: "id-2" });
      expect(hub.interruptions[0]?.attempts.map(({ origin }) => origin)).toEqual(["resume", "retry"]);
      expect(hub.stateful?.resumes).toMatchObject([{ outcome: "refused" }]);
      expect(hub.stateful?.out.last).toBe(0);
    },
  );

  it("treats a socket that the client opens while it closes the connection itself as orphaned", () => {
    const events = talking(true).at(31_000).add({ kind: "socket-closing", socket: 1, duringMessage: false });
    events.connecting(2, 1).at(31_005).add({ kind: "socket-opened", socket: 2 });
    events.state("Connected", "Reconnecting").at(31_010).negotiate(2, "id-2", true).at(31_020).socket(3, 2);
    events.state("Reconnecting", "Connected", "id-2").at(60_000).closed(2, 1006);
    const hub = events.onlyHub();
    expect(hub.transports.map(({ ghost }) => ghost)).toEqual([false, true, false]);
    expect(hub.interruptions).toHaveLength(1);
    expect(hub.interruptions[0]?.attempts).toHaveLength(1);
    expect(hub.stateful?.resumes).toEqual([]);
    expect(hub.states.at(-1)?.state).toBe("connected");
  });

  it("that the server didn't allow is shown as not allowed, and nothing is counted", () => {
    const events = script().at(0).page({ probe: false });
    events.add(
      {
        kind: "negotiate",
        request: 1,
        url: "https://board.example/hubs/board/negotiate?negotiateVersion=1&useStatefulReconnect=true",
        api: "fetch",
        askedStatefulReconnect: true,
      },
      { kind: "negotiate-ended", request: 1, status: 200, connectionId: "id-1" },
    );
    const hub = events.socket(1, 1).message({ socket: 1, direction: "out", type: 1 }).onlyHub();
    expect(hub.stateful).toMatchObject({ asked: true, granted: false, out: { last: 0 } });
  });
});

describe("calls that must be repeated with a new connection id", () => {
  const reconnected = (again: boolean): EventScript => {
    const events = script().connected().at(100);
    events.message({ socket: 1, direction: "out", type: 1, target: "JoinBoard", invocationId: "0" });
    events.message({ socket: 1, direction: "out", type: 1, target: "Hello", invocationId: "1" });
    events.at(9_000).message({ socket: 1, direction: "out", type: 1, target: "Say", invocationId: "2" });
    events.at(10_000).closed(1).state("Connected", "Reconnecting");
    events.at(10_010).negotiate(2, "id-2").at(10_020).socket(2, 2).state("Reconnecting", "Connected", "id-2");
    events.at(10_100).message({ socket: 2, direction: "out", type: 1, target: "Hello", invocationId: "3" });
    if (again)
      events.message({ socket: 2, direction: "out", type: 1, target: "JoinBoard", invocationId: "4" });
    return events;
  };
  const later = (events: EventScript) => events.at(13_000).message({ socket: 2, direction: "in", type: 6 });

  it("are those of the start that weren't made again", () => {
    expect(later(reconnected(false)).onlyInterruption().notRepeated).toEqual(["JoinBoard"]);
    expect(later(reconnected(true)).onlyInterruption().notRepeated).toEqual([]);
  });
  it("are not listed before the app had time to repeat them", () => {
    expect(reconnected(false).onlyInterruption().notRepeated).toBeNull();
  });

  it("huge message counts in a file cost no time per message", () => {
    const count = 2 ** 53 - 1;
    const events = talking(true);
    events.at(2_000).add({
      kind: "counts",
      socket: 1,
      until: START + 3_000,
      counts: [
        { direction: "out", type: 1, count: 4, bytes: 400 },
        { direction: "in", type: 1, count, bytes: count },
      ],
    });
    events.at(3_100).message({ socket: 1, direction: "in", type: 8, sequenceId: 5 });
    const { stateful } = events.onlyHub();
    expect(stateful?.out).toMatchObject({ last: 7, acked: 5, unackedBytes: 200 });
    expect(stateful?.in.last).toBeGreaterThan(1e15);
  });
});
