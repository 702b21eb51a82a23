import { describe, expect, it } from "vitest";
import { script, START } from "../event-script.ts";
import { answer, foundIn, life } from "./app-life.ts";

/** A connection that calls Join at its start, is lost, and comes back with a new id. */
const joined = (again: boolean) => {
  const events = life().call(100, "JoinBoard", "1").call(150, "Load", "2").outage(5_000, [0]);
  if (again) events.call(5_200, "JoinBoard", "3").call(5_250, "Load", "4");
  return events.at(20_000).message({ socket: 2, direction: "in", type: 6 });
};

describe("calls-not-repeated", () => {
  const id = "calls-not-repeated";

  it("is found with the methods, and weighs more where a name says that it joins", () => {
    const { severity, say, changes } = foundIn(id, joined(false));
    expect(severity).toBe("high");
    expect(say).toContain("JoinBoard, Load");
    expect(changes[0]?.snippet?.code).toContain('invoke("JoinBoard"');
    const other = life().call(100, "Load", "1").outage(5_000, [0]).at(20_000);
    other.message({ socket: 2, direction: "in", type: 6 });
    expect(foundIn(id, other).severity).toBe("low");
  });

  it("takes no method for a join by a part of a word, or one that reads", () => {
    for (const name of ["GetDataCenters", "GetGroups", "RegisterPurchase"]) {
      const events = life().call(100, name, "1").outage(5_000, [0]).at(20_000);
      events.message({ socket: 2, direction: "in", type: 6 });
      expect([name, foundIn(id, events).severity]).toEqual([name, "low"]);
    }
  });

  it("is OK where they are repeated", () => {
    expect(answer(id, joined(true)).answer).toBe("ok");
  });

  it("can't be told before a connection came back", () => {
    expect(answer(id, life()).answer).toBe("cant-tell");
    expect(answer(id, life().call(100, "JoinBoard", "1").lost(5_000)).answer).toBe("cant-tell");
  });
});

describe("messages-missed", () => {
  const id = "messages-missed";
  const busy = () => life().messages(1_000, 20_000, 200).outage(20_000, [0, 3_000]);

  it("is found where nothing was called that could fetch them", () => {
    const { say } = foundIn(id, busy().at(40_000).message({ socket: 2, direction: "in", type: 6 }));
    expect(say).toMatch(/^About \d+ messages were missed/);
  });

  it("is OK where the app calls something after the reconnect", () => {
    expect(answer(id, busy().call(23_100, "LoadSince", "1")).answer).toBe("ok");
  });

  it("can't be told before a connection came back, or from too few messages", () => {
    expect(answer(id, life()).answer).toBe("cant-tell");
    expect(answer(id, life().outage(5_000, [0])).answer).toBe("cant-tell");
  });
});

describe("stateful-not-used", () => {
  const id = "stateful-not-used";

  it("is found where a short loss cost calls", () => {
    const { say, changes } = foundIn(id, life().call(900, "Save", "1", null).outage(1_000, [0]));
    expect(say).toContain("shorter than the 15 s");
    expect(changes.map(({ where }) => where)).toEqual(["client", "server"]);
    expect(changes[1]?.snippet?.code).toContain('MapHub<YourHub>("/hubs/board"');
  });

  it("is OK where a server that restarts had to forget the connection", () => {
    const restarted = life().call(900, "Save", "1", null).lost(1_000);
    for (let i = 0; i < 3; i++) restarted.decided(1_100 + i * 500, i, 400).refused(1_510 + i * 500);
    expect(answer(id, restarted.decided(2_600, 3, 400).back(3_100)).answer).toBe("ok");
  });

  it("is OK where no loss cost anything, and where it is used", () => {
    expect(answer(id, life().outage(1_000, [0])).answer).toBe("ok");
    const used = script().at(0).page().hub().state("Disconnected", "Connecting").negotiate(1, "a", true);
    expect(answer(id, used.socket(1, 1).state("Connecting", "Connected", "a")).answer).toBe("ok");
  });

  it("can't be told before a loss, and doesn't apply to an old client", () => {
    expect(answer(id, life()).answer).toBe("cant-tell");
    const old = life();
    for (const event of old.events)
      if (event.kind === "negotiate") Object.assign(event, { clientVersion: "6.0.1" });
    expect(answer(id, old).answer).toBe("not-applicable");
  });
});

/** A client that asks for stateful reconnect. */
const asking = (granted: boolean) => {
  const events = script().at(0).page().hub().state("Disconnected", "Connecting").negotiate(1, "a", true);
  if (!granted) Object.assign(events.events.at(-1) ?? {}, { statefulReconnect: false });
  return events.at(20).socket(1, 1).state("Connecting", "Connected", "a");
};

describe("stateful-not-granted", () => {
  const id = "stateful-not-granted";

  it("is found, is OK where granted, and doesn't apply where it isn't asked for", () => {
    expect(foundIn(id, asking(false)).changes[0]?.snippet?.code).toContain("AllowStatefulReconnects = true");
    expect(answer(id, asking(true)).answer).toBe("ok");
    expect(answer(id, life()).answer).toBe("not-applicable");
  });

  it("can't be told before a negotiate is answered", () => {
    const events = asking(true);
    events.events.length = events.events.findIndex(({ kind }) => kind === "negotiate-ended");
    expect(answer(id, events).answer).toBe("cant-tell");
  });
});

describe("stateful-buffer", () => {
  const id = "stateful-buffer";
  const kept = (size: number) => asking(true).at(100).message({ socket: 1, direction: "out", type: 1, size });

  it("is found near the limit, with whose buffer it is", () => {
    const { say, severity } = foundIn(id, kept(90_000));
    expect(say).toBe("The client kept up to 90 kB of its 100 kB (by default).");
    expect(severity).toBe("low");
    expect(foundIn(id, kept(101_000)).severity).toBe("medium");
  });

  it("is OK far below it, and where a larger one must have been set", () => {
    expect(answer(id, kept(10_000)).answer).toBe("ok");
    expect(answer(id, kept(300_000)).say).toContain("larger one is set");
    expect(answer(id, life()).answer).toBe("not-applicable");
  });
});

describe("stateful-window-missed", () => {
  const id = "stateful-window-missed";
  /** The last message comes at 1 s, the client notices at `lostAt`, and its resume is refused. */
  const refused = (lostAt: number) =>
    asking(true)
      .at(1_000)
      .message({ socket: 1, direction: "in", type: 6 })
      .at(lostAt)
      .closed(1)
      .at(lostAt + 5)
      .add({
        kind: "socket",
        transport: "WebSockets",
        socket: 2,
        request: 1,
        url: "wss://board.example/hubs/board?id=…",
      })
      .at(lostAt + 20)
      .closed(2)
      .add({ kind: "hub-lost", hub: 1, error: "" })
      .state("Connected", "Reconnecting");

  it("is found where the server had heard nothing for too long", () => {
    const { measured } = foundIn(id, refused(31_000));
    expect(measured).toContainEqual({ label: "Time to resume", value: 15_000, unit: "ms" });
  });

  it("is OK where a restarted server refused it", () => {
    expect(answer(id, refused(2_000)).answer).toBe("ok");
  });

  it("can't be told before a loss, and doesn't apply without it", () => {
    expect(answer(id, asking(true)).answer).toBe("cant-tell");
    expect(answer(id, life()).answer).toBe("not-applicable");
  });
});

describe("zombie-connected", () => {
  const id = "zombie-connected";

  it("is found where the client missed the end of its transport", () => {
    const events = script().at(0).page().hub().state("Disconnected", "Connecting").at(10).negotiate(1, "a");
    events.at(20).socket(1, 1).message({ socket: 1, direction: "in", type: 7, error: "No." }).closed(1, 1000);
    expect(foundIn(id, events.at(30).state("Connecting", "Connected", "a"))).toMatchObject({
      severity: "high",
    });
  });

  it("is found where the server never says anything", () => {
    expect(foundIn(id, life(), 120_000).say).toContain("without a message from the server");
  });

  it("is found where the client goes on sending to a server that is silent, as it waits for long", () => {
    const waits = (serverTimeout: number) => {
      const events = life().messages(1_000, 9_000, 1_000);
      for (const event of events.events) if (event.kind === "hub") Object.assign(event, { serverTimeout });
      for (let t = 15_000; t <= 60_000; t += 15_000)
        events.at(t).message({ socket: 1, direction: "out", type: 6 });
      return events;
    };
    expect(foundIn(id, waits(600_000))).toMatchObject({ say: expect.stringContaining("52 s") as string });
    // It would have noticed it in time, but for its timers.
    expect(answer(id, waits(30_000)).answer).toBe("ok");
  });

  it("is OK with messages, and can't be told without a connection", () => {
    expect(answer(id, life().messages(100, 20_000, 5_000)).answer).toBe("ok");
    const never = script()
      .at(0)
      .page()
      .hub()
      .state("Disconnected", "Connecting")
      .at(10)
      .negotiateFails(1, 500);
    expect(answer(id, never.state("Connecting", "Disconnected")).answer).toBe("cant-tell");
  });
});

describe("duplicate-connections", () => {
  const id = "duplicate-connections";

  it("is found where two are connected at once", () => {
    const events = life()
      .at(3_000)
      .hub(2)
      .state("Disconnected", "Connecting", undefined, 2)
      .negotiate(5, "b");
    events.socket(5, 5).state("Connecting", "Connected", "b", 2);
    expect(foundIn(id, events).measured).toContainEqual({
      label: "Connections at the same time",
      value: 2,
      unit: "count",
    });
  });

  it("is OK with one, and can't be told without a connection", () => {
    expect(answer(id, life()).answer).toBe("ok");
    const never = script()
      .at(0)
      .page()
      .hub()
      .state("Disconnected", "Connecting")
      .at(10)
      .negotiateFails(1, 500);
    expect(answer(id, never.state("Connecting", "Disconnected")).answer).toBe("cant-tell");
  });
});

describe("handlers-doubled", () => {
  const id = "handlers-doubled";

  const handlers = (t: number, count: number) =>
    ({
      kind: "app-mistake",
      hub: 1,
      mistake: "handlers-doubled",
      target: "changed",
      count,
      t: START + t,
    }) as const;

  it("is found where they become more", () => {
    expect(foundIn(id, life().add(handlers(500, 2), handlers(9_000, 3))).say).toMatch(
      /^3 handlers for changed/,
    );
    expect(foundIn(id, life().add(handlers(9_000, 2))).severity).toBe("medium");
  });

  it("is OK where two components have one each from the start", () => {
    expect(answer(id, life().add(handlers(500, 2))).answer).toBe("ok");
  });

  it("is OK with one, and can't be told without the probe", () => {
    expect(answer(id, life()).answer).toBe("ok");
    expect(answer(id, life({ probe: false })).answer).toBe("cant-tell");
  });
});
