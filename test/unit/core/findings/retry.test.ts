import { describe, expect, it } from "vitest";
import { answer, foundIn, life } from "./app-life.ts";

describe("no-automatic-reconnect", () => {
  const id = "no-automatic-reconnect";

  it("is found where nothing starts a client without a policy again", () => {
    const { severity, measured, changes } = foundIn(id, life({ policy: false }).lost(1_000, false));
    expect(severity).toBe("high");
    expect(measured).toContainEqual({
      label: "Longest time without a connection",
      value: 60_000,
      unit: "ms",
    });
    expect(changes[0]?.snippet?.code).toContain("withAutomaticReconnect");
    expect(changes[0]?.snippet?.code).toContain("https://board.example/hubs/board");
  });

  it("is OK with a policy, and where the app starts the connection again itself", () => {
    expect(answer(id, life()).answer).toBe("ok");
    const own = life({ policy: false }).lost(1_000, false).at(2_000).state("Disconnected", "Connecting");
    own.negotiate(2, "id-2").socket(2, 2).state("Connecting", "Connected", "id-2");
    expect(answer(id, own).answer).toBe("ok");
  });

  it("can't be told before a loss, soon after one, or without the probe", () => {
    expect(answer(id, life({ policy: false })).answer).toBe("cant-tell");
    expect(answer(id, life({ policy: false }).lost(1_000, false), 2_000).answer).toBe("cant-tell");
    expect(answer(id, life({ probe: false })).answer).toBe("cant-tell");
  });
});

describe("gives-up", () => {
  const id = "gives-up";

  it("is found where the client gave up, with after how long", () => {
    const events = life()
      .lost(1_000)
      .decided(1_000, 0, 0)
      .refused(1_010)
      .decided(1_020, 1, 2_000)
      .refused(3_030);
    const { severity, say, measured } = foundIn(id, events.gaveUp(3_040, 2));
    expect(severity).toBe("high");
    expect(say).toBe("The client gave up 2 s after the loss, after 2 attempts.");
    expect(measured).toContainEqual({ label: "From the loss until it gave up", value: 2_040, unit: "ms" });
  });

  it("is inferred from the default delays", () => {
    expect(foundIn(id, life().outage(1_000, [0, 2_000, 10_000]))).toMatchObject({ severity: "medium" });
    expect(answer(id, life().outage(1_000, [0, 2_000])).answer).toBe("cant-tell");
  });

  it("is OK where the client goes on and on", () => {
    expect(answer(id, life().outage(1_000, [100, 300, 900, 2_000, 5_000])).answer).toBe("ok");
  });
});

describe("no-jitter", () => {
  const id = "no-jitter";

  it("is found where the delays are the same after each loss", () => {
    const events = life().outage(1_000, [1_000, 3_000]).outage(60_000, [1_000, 3_000]);
    expect(foundIn(id, events)).toMatchObject({ severity: "medium" });
  });

  it("weighs less where only the first attempt is known to come at once", () => {
    expect(foundIn(id, life().outage(1_000, [0]).outage(60_000, [0]))).toMatchObject({ severity: "low" });
  });

  it("is OK where they differ", () => {
    const events = life().outage(1_000, [412, 1_733]).outage(60_000, [77, 2_210]);
    expect(answer(id, events).answer).toBe("ok");
  });

  it("can't be told from nothing, or from one random delay", () => {
    expect(answer(id, life()).answer).toBe("cant-tell");
    expect(answer(id, life().outage(1_000, [713])).answer).toBe("cant-tell");
  });
});

describe("first-start-not-retried", () => {
  const id = "first-start-not-retried";
  const failed = () => {
    const events = life({ probe: false });
    events.events.length = 0;
    return events
      .at(0)
      .page()
      .hub()
      .state("Disconnected", "Connecting")
      .at(10)
      .negotiateFails(1, 503)
      .state("Connecting", "Disconnected");
  };

  it("is found where nothing follows", () => {
    expect(foundIn(id, failed())).toMatchObject({
      severity: "high",
      say: "start() failed, and the app didn't try again in the 1 min after that.",
    });
  });

  it("is OK where the app starts again", () => {
    const events = failed().at(3_000).state("Disconnected", "Connecting").negotiate(2, "id-2").socket(2, 2);
    expect(answer(id, events.state("Connecting", "Connected", "id-2")).answer).toBe("ok");
  });

  it("can't be told without a failed start, or too soon", () => {
    expect(answer(id, life()).answer).toBe("cant-tell");
    expect(answer(id, failed(), 3_000).answer).toBe("cant-tell");
  });
});

describe("retry-after-ignored", () => {
  const id = "retry-after-ignored";
  const throttled = (next: number, header = "7") =>
    life()
      .lost(1_000)
      .decided(1_000, 0, 0)
      .refused(1_010, 429, header)
      .decided(1_020, 1, next)
      .back(1_020 + next);

  it("is found where the next attempt comes sooner", () => {
    const { say, changes } = foundIn(id, throttled(2_000));
    expect(say).toBe("The server asked to wait 7 s; the next attempt came after 2 s.");
    expect(changes[0]?.snippet?.code).toContain("7000");
  });

  it("is OK where the client waits", () => {
    expect(answer(id, throttled(9_000)).answer).toBe("ok");
  });

  it("can't be told without such an answer, or with a header that isn't a time", () => {
    expect(answer(id, life().outage(1_000, [0, 2_000])).answer).toBe("cant-tell");
    expect(answer(id, throttled(2_000, "soon")).answer).toBe("cant-tell");
  });
});

describe("retries-while-offline", () => {
  const id = "retries-while-offline";
  const offline = (tries: number, gaveUp: boolean) => {
    const events = life().at(900).add({ kind: "online", online: false }).lost(1_000);
    for (let i = 0; i < tries; i++) events.decided(1_100 + i * 1_000, i, 500).refused(1_600 + i * 1_000);
    const end = 2_000 + tries * 1_000;
    if (gaveUp) events.gaveUp(end, tries);
    return events.at(end + 5_000).add({ kind: "online", online: true });
  };

  it("is found from several attempts on, and weighs more if the client gave up", () => {
    expect(foundIn(id, offline(5, false))).toMatchObject({ severity: "low" });
    expect(foundIn(id, offline(5, true))).toMatchObject({ severity: "high" });
  });

  it("is OK with a single attempt", () => {
    expect(answer(id, offline(1, false)).answer).toBe("ok");
  });

  it("can't be told where the browser was never offline", () => {
    expect(answer(id, life().outage(1_000, [0, 100, 100, 100])).answer).toBe("cant-tell");
  });
});

describe("no-recovery-on-return", () => {
  const id = "no-recovery-on-return";
  const hidden = (shownAt: number) =>
    life()
      .at(500)
      .add({ kind: "visibility", visible: false })
      .lost(1_000)
      .decided(1_000, 0, 0)
      .refused(1_010)
      .gaveUp(1_020, 1)
      .at(shownAt)
      .add({ kind: "visibility", visible: true });

  it("is found where a client that gave up isn't started again", () => {
    const { severity, say } = foundIn(id, hidden(30_000));
    expect(severity).toBe("high");
    expect(say).toBe("No attempt in the 1 min after the page was shown again.");
  });

  it("is found where the next attempt comes late", () => {
    const events = life()
      .at(500)
      .add({ kind: "online", online: false })
      .lost(1_000)
      .decided(1_000, 0, 40_000)
      .at(5_000)
      .add({ kind: "online", online: true })
      .back(41_000);
    expect(foundIn(id, events)).toMatchObject({
      severity: "medium",
      say: "The next attempt came 36 s after the browser was online again.",
    });
  });

  it("is OK where it is started at once", () => {
    const events = hidden(30_000)
      .at(30_100)
      .state("Disconnected", "Connecting")
      .negotiate(9, "id-9")
      .socket(9, 9);
    expect(answer(id, events.state("Connecting", "Connected", "id-9")).answer).toBe("ok");
  });

  it("can't be told where nothing came back, or was followed too shortly", () => {
    expect(answer(id, life().outage(1_000, [0])).answer).toBe("cant-tell");
    expect(answer(id, hidden(30_000), 2_000).answer).toBe("cant-tell");
  });
});

describe("several-retry-loops", () => {
  const id = "several-retry-loops";
  const second = (overlap: number) =>
    life()
      .lost(1_000)
      .decided(1_000, 0, 20_000)
      .at(2_000)
      .hub(2)
      .state("Disconnected", "Connecting", undefined, 2)
      .at(2_000 + overlap)
      .negotiate(5, "id-5")
      .socket(5, 5)
      .state("Connecting", "Connected", "id-5", 2);

  it("is found where a second connection tries while the first one does", () => {
    expect(foundIn(id, second(5_000))).toMatchObject({ severity: "medium" });
  });

  it("is OK with one connection", () => {
    expect(answer(id, life().outage(1_000, [0, 2_000])).answer).toBe("ok");
  });

  it("can't be told before a loss", () => {
    expect(answer(id, life()).answer).toBe("cant-tell");
  });
});
