import { describe, expect, it } from "vitest";
import { defaultCommand } from "../../../../extension/core/faults/default-command.ts";
import { script, URL_OF_HUB } from "../event-script.ts";
import { answer, type AppLife, foundIn, life } from "./app-life.ts";
import { realAnswer, realFound } from "./real-breaks.ts";

const pings = <E extends ReturnType<typeof script>>(
  events: E,
  direction: "in" | "out",
  from: number,
  to: number,
  every: number,
): E => {
  for (let t = from; t < to; t += every) events.at(t).message({ socket: 1, direction, type: 6, size: 11 });
  return events;
};

describe("keep-alive-mismatch", () => {
  const id = "keep-alive-mismatch";

  it("is found where two pings don't fit into the server timeout", () => {
    const { say, severity, changes } = foundIn(id, pings(life(), "in", 20_000, 120_000, 20_000));
    expect(severity).toBe("medium");
    expect(say).toBe("The server pings every 20 s, and the client gives up after 30 s.");
    expect(changes[0]?.snippet?.code).toContain(".withServerTimeout(40000)");
  });

  it("is OK with the defaults, and where answers come between the pings", () => {
    expect(answer(id, pings(life(), "in", 15_000, 120_000, 15_000)).answer).toBe("ok");
    const busy = pings(life(), "in", 15_000, 120_000, 15_000).messages(121_000, 130_000, 500);
    expect(answer(id, busy).answer).toBe("ok");
  });

  it("is inferred where a client with a short timeout never sees a ping", () => {
    const events = script().at(0).page();
    const found = { kind: "hub", hub: 1, url: URL_OF_HUB, keepAliveInterval: 15_000 } as const;
    events.add({ ...found, serverTimeout: 3_000, hasReconnectPolicy: true });
    events.state("Disconnected", "Connecting").at(10).negotiate(1, "id-1").at(20).socket(1, 1);
    events.state("Connecting", "Connected", "id-1");
    for (const [n, t] of [3_020, 6_060].entries()) {
      events.at(t).add({ kind: "socket-closing", socket: n + 1, duringMessage: false });
      const error = "Server timeout elapsed without receiving a message from the server.";
      events.add({ kind: "hub-lost", hub: 1, error }).state("Connected", "Reconnecting");
      events
        .at(t + 20)
        .negotiate(n + 2, `id-${n + 2}`)
        .socket(n + 2, n + 2);
      events.state("Reconnecting", "Connected", `id-${n + 2}`);
    }
    const { severity, say } = foundIn(id, events);
    expect(severity).toBe("high");
    expect(say).toContain("gave up 2 times after 3 s");
  });

  it("can't be told without pings, or without the client probe", () => {
    expect(answer(id, life()).answer).toBe("cant-tell");
    expect(answer(id, pings(life({ probe: false }), "in", 20_000, 120_000, 20_000)).answer).toBe("cant-tell");
    expect(realAnswer(id, "offline.chromium").answer).toBe("cant-tell");
  });
});

describe("idle-cut", () => {
  const id = "idle-cut";

  it("is found with the idle time, in real recordings", () => {
    const { say, measured, changes } = realFound(id, "idle-cut.chromium");
    expect(say).toMatch(/^2 connections ended after 6 s without a message \(inferred: medium confidence\)/);
    expect(measured[1]).toMatchObject({ label: "Idle time", unit: "ms" });
    expect(changes[1]?.snippet?.code).toContain("KeepAliveInterval = TimeSpan.FromSeconds(2)");
    expect(realFound(id, "idle-cut-haproxy.chromium").say).toContain("6 s");
    const polls = realFound(id, "poll-answered-504-twice-haproxy.chromium");
    expect(polls.changes.at(-1)?.snippet?.code).toContain("PollTimeout");
  });

  it("is OK for losses of other kinds, also at the same age", () => {
    expect(realAnswer(id, "lifetime-limit.chromium").answer).toBe("ok");
    expect(realAnswer(id, "network-cut.chromium").answer).toBe("ok");
  });

  it("can't be told before a loss", () => {
    expect(answer(id, life()).answer).toBe("cant-tell");
  });
});

describe("pings-starved", () => {
  const id = "pings-starved";
  const busy = (duration: number, agent: string) => {
    const events = life();
    Object.assign(events.events[0]!, { userAgent: agent });
    return events.at(5_000).add({ kind: "long-task", duration });
  };
  const CHROMIUM = "Mozilla/5.0 Chrome/150.0";

  it("is found where a block ended the connection", () => {
    const { say, severity } = realFound(id, "main-thread-blocked.chromium");
    expect(severity).toBe("high");
    expect(say).toContain("blocked for 4 s");
  });

  it("weighs less where nothing was lost by it", () => {
    expect(foundIn(id, busy(6_000, CHROMIUM)).severity).toBe("low");
  });

  it("is OK for short tasks, and for a block by Hubscope's own fault", () => {
    expect(answer(id, busy(300, CHROMIUM)).answer).toBe("ok");
    const command = defaultCommand("block-main-thread", { scope: "page" });
    const events = life().at(4_990).add({ kind: "fault", fault: 1, command });
    events.at(5_000).add({ kind: "long-task", duration: 6_000 });
    events.at(11_000).add({ kind: "fault-ended", fault: 1, reason: "completed" });
    expect(answer(id, events).answer).toBe("ok");
  });

  it("can't be told in a browser that reports no long tasks", () => {
    expect(answer(id, life()).answer).toBe("cant-tell");
    expect(realAnswer(id, "main-thread-blocked.firefox").answer).toBe("cant-tell");
  });
});

describe("freeze-without-lock", () => {
  const id = "freeze-without-lock";

  it("is found where the browser froze the tab", () => {
    const { say, changes } = realFound(id, "frozen.chromium");
    expect(say).toContain("1 connection ended because the tab was frozen, for 2 s at most");
    expect(changes[0]?.snippet?.code).toContain("navigator.locks");
  });

  it("is OK where a page was hidden for long and stayed awake", () => {
    const events = life().at(1_000).add({ kind: "visibility", visible: false });
    events.at(400_000).add({ kind: "visibility", visible: true });
    expect(answer(id, events).answer).toBe("ok");
  });

  it("can't be told where the page wasn't hidden for long", () => {
    expect(answer(id, life()).answer).toBe("cant-tell");
    expect(realAnswer(id, "idle-cut.chromium").answer).toBe("cant-tell");
  });
});

describe("background-throttling", () => {
  const id = "background-throttling";
  const hidden = (every: number) =>
    pings(life().at(1_000).add({ kind: "visibility", visible: false }), "out", 2_000, 240_000, every);

  it("is found where pings of a hidden page come late", () => {
    const { say, severity, changes } = foundIn(id, hidden(60_000));
    expect(severity).toBe("medium");
    expect(say).toBe(
      "While the page was hidden, the client sent nothing for 1 min; its pings are due every 15 s.",
    );
    expect(changes[0]?.snippet?.code).toContain("ClientTimeoutInterval = TimeSpan.FromSeconds(120)");
  });

  it("is OK where they come in time", () => {
    expect(answer(id, hidden(15_000)).answer).toBe("ok");
  });

  it("can't be told where the page was visible, or sent too few pings", () => {
    expect(answer(id, pings(life(), "out", 2_000, 240_000, 60_000)).answer).toBe("cant-tell");
    expect(answer(id, hidden(300_000)).answer).toBe("cant-tell");
  });
});

describe("slow-calls", () => {
  const id = "slow-calls";
  const calls = (latency: number, count = 5): AppLife => {
    const events = life();
    for (let n = 0; n < count; n++) events.call(1_000 + n * 20_000, "Export", String(n), latency);
    return events;
  };

  it("is found with the median", () => {
    const { say, severity, changes } = foundIn(id, calls(4_000));
    expect(severity).toBe("low");
    expect(say).toBe("Export took 4 s as a median of 5 calls.");
    expect(changes[0]?.snippet?.code).toContain("public async Task Export(");
    expect(foundIn(id, calls(12_000)).severity).toBe("medium");
  });

  it("is OK where answers are quick, and doesn't count calls that waited for others", () => {
    expect(answer(id, calls(200)).answer).toBe("ok");
    expect(realAnswer(id, "calls-behind-a-slow-one.chromium").answer).not.toBe("found");
  });

  it("can't be told from two calls", () => {
    expect(answer(id, calls(4_000, 2)).answer).toBe("cant-tell");
  });
});

describe("head-of-line", () => {
  const id = "head-of-line";

  it("is found with the method that holds the others up", () => {
    const { say, changes } = realFound(id, "calls-behind-a-slow-one.chromium");
    expect(say).toBe("2 calls waited for a slower one, 2 s at most, behind Delay (inferred).");
    expect(changes[0]?.snippet?.code).toContain("MaximumParallelInvocationsPerClient");
    expect(realFound(id, "calls-behind-a-slow-one.firefox").severity).toBe("medium");
  });

  it("is OK where the server runs several calls at once", () => {
    expect(realAnswer(id, "calls-beside-a-slow-one.chromium").answer).toBe("ok");
    expect(realAnswer(id, "calls-beside-a-slow-one.firefox").answer).toBe("ok");
  });

  it("can't be told from one call", () => {
    expect(answer(id, life().call(100, "Save", "1")).answer).toBe("cant-tell");
  });
});
