import { describe, expect, it } from "vitest";
import { isProven } from "../../../../extension/core/diagnosis/findings/finding.ts";
import { answer, foundIn, life } from "./app-life.ts";

describe("calls-lost", () => {
  const id = "calls-lost";

  it("is found where a call was waiting at the loss, with its method", () => {
    const events = life().call(500, "Save", "1").call(900, "Save", "2", null).outage(1_000, [0]);
    const { severity, say, measured, changes } = foundIn(id, events);
    expect(severity).toBe("high");
    expect(say).toContain("1 call of /hubs/board had no answer when the connection was lost: Save.");
    expect(measured).toContainEqual({ label: "Share of all calls", value: 50, unit: "%" });
    expect(changes[0]?.snippet?.code).toContain('invoke("Save", key, value)');
  });

  it("proves nothing where no call was waiting", () => {
    expect(answer(id, life().call(500, "Save", "1").outage(1_000, [0]))).toMatchObject({
      answer: "ok",
      soFar: true,
    });
  });

  it("is OK where the app makes the call again after the reconnect", () => {
    const again = life()
      .call(500, "Load", "1")
      .call(900, "Save", "2", null)
      .outage(1_000, [0])
      .call(1_500, "Save", "3");
    expect(isProven(answer(id, again))).toBe(true);
    const late = life().call(900, "Save", "2", null).outage(1_000, [0]).call(9_000, "Save", "3");
    expect(answer(id, late).answer).toBe("found");
  });

  it("isn't found while the connection isn't back, as the app may call again", () => {
    const events = life().call(900, "Save", "1", null).lost(1_000);
    expect(answer(id, events)).toMatchObject({ answer: "ok", soFar: true });
    const givenUp = life().call(900, "Save", "1", null).lost(1_000).gaveUp(2_000, 0);
    expect(answer(id, givenUp).answer).toBe("found");
  });

  it("isn't found where the app itself stops the connection", () => {
    const events = life()
      .call(900, "Save", "1", null)
      .at(1_000)
      .state("Connected", "Disconnecting")
      .closed(1, 1000);
    expect(answer(id, events.state("Disconnecting", "Disconnected")).answer).toBe("cant-tell");
  });

  it("can't be told without calls, or without a loss", () => {
    expect(answer(id, life().outage(1_000, [0])).answer).toBe("cant-tell");
    expect(answer(id, life().call(500, "Save", "1")).answer).toBe("cant-tell");
  });
});

describe("calls-while-disconnected", () => {
  const id = "calls-while-disconnected";
  const mistake = {
    kind: "app-mistake",
    hub: 1,
    mistake: "not-connected",
    target: "Save",
    count: 3,
  } as const;

  it("is found with how often", () => {
    const { say } = foundIn(id, life().lost(1_000).at(1_500).add(mistake));
    expect(say).toBe("The app called 3 times while it was not connected, and didn't catch the error.");
  });

  it("is OK after a loss without such calls, and can't be told before one", () => {
    expect(answer(id, life().outage(1_000, [0])).answer).toBe("ok");
    expect(answer(id, life()).answer).toBe("cant-tell");
    expect(answer(id, life({ probe: false })).answer).toBe("cant-tell");
  });
});

describe("large-payloads", () => {
  const id = "large-payloads";
  const message = (size: number) =>
    life().at(500).message({ socket: 1, direction: "in", type: 1, target: "Document", size });

  it("is found with the size and the method", () => {
    const { severity, say } = foundIn(id, message(300_000));
    expect(severity).toBe("low");
    expect(say).toBe("1 message over 131.1 kB; the largest had 300 kB (Document).");
    expect(foundIn(id, message(2_000_000)).severity).toBe("medium");
  });

  it("is OK below that, and can't be told without messages", () => {
    expect(answer(id, message(100_000)).answer).toBe("ok");
    expect(answer(id, life()).answer).toBe("cant-tell");
  });

  it("leaves out what Hubscope sent itself", () => {
    const events = life().at(500).message({ socket: 1, direction: "out", type: 1, size: 300_000, fault: 1 });
    expect(answer(id, events).answer).toBe("ok");
  });
});

describe("polling-over-hub", () => {
  const id = "polling-over-hub";
  const calls = (gaps: readonly number[], answerSize = 400) => {
    const events = life();
    let t = 500;
    gaps.forEach((gap, i) => {
      events.call(t, "GetState", String(i));
      Object.assign(events.events.at(-1) ?? {}, { size: answerSize });
      t += gap;
    });
    return events;
  };

  it("is found where a method is called in a fixed rhythm", () => {
    const { say, severity } = foundIn(id, calls(Array<number>(20).fill(1_000)));
    expect(say).toBe("GetState was called 20 times, every 1 s.");
    expect(severity).toBe("medium");
  });

  it("is OK where calls come when a user acts", () => {
    const gaps = [300, 2_000, 700, 5_000, 900, 1_500, 400, 3_300, 800, 2_600, 1_200, 600, 4_100];
    expect(answer(id, calls(gaps)).answer).toBe("ok");
  });

  it("is OK where the app reports something in a rhythm, and gets no answer to speak of", () => {
    expect(answer(id, calls(Array<number>(20).fill(500), 35)).answer).toBe("ok");
  });

  it("can't be told from a few calls", () => {
    expect(answer(id, calls([1_000, 1_000])).answer).toBe("cant-tell");
  });
});
