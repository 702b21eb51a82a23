import { describe, expect, it } from "vitest";
import { START } from "../event-script.ts";
import { answer, foundIn, life, type AppLife } from "./app-life.ts";
import { realAnswer, realFound } from "./real-breaks.ts";

let id = 0;

/** Calls of one method, each answered 20 ms later with so many bytes. */
function load(events: AppLife, socket: number, t: number, target: string, times: number, size = 40): AppLife {
  for (let n = 0; n < times; n++) {
    const invocationId = String(++id);
    const at = t + n * 30;
    events.at(at).message({ socket, direction: "out", type: 1, target, invocationId });
    events.at(at + 20).message({ socket, direction: "in", type: 3, invocationId, size });
  }
  return events;
}

const ping = (events: AppLife, socket: number, t: number): AppLife =>
  events.at(t).message({ socket, direction: "in", type: 6, size: 11 });

/** Calls at the start and again after a loss, each time with these answers. */
const loading = (times: number, size: number): AppLife => {
  const events = load(life(), 1, 100, "GetBoard", times, size);
  ping(events, 1, 50_000).outage(60_000, [0]);
  return ping(load(events, 2, 60_050, "GetBoard", times, size), 2, 80_000);
};

describe("heavy-reconnect", () => {
  const which = "heavy-reconnect";

  it("is found with calls and bytes, and what a thousand clients would cause", () => {
    const { severity, say, measured } = foundIn(which, loading(2, 400_000));
    expect(severity).toBe("low");
    expect(say).toBe(
      "2 calls and 800 kB received within 95 ms of a reconnect. 1,000 clients at once: 2,000 calls and 800 MB.",
    );
    expect(measured[1]).toEqual({ label: "Received after a reconnect", value: 800_000, unit: "B" });
    expect(foundIn(which, loading(45, 100)).severity).toBe("medium");
  });

  it("is OK for an app that joins its group and asks for what is new", () => {
    expect(answer(which, loading(3, 2_000)).answer).toBe("ok");
    expect(realAnswer(which, "idle-cut.chromium").answer).toBe("ok");
  });

  it("doesn't count what was usual before", () => {
    const events = life();
    for (let t = 1_000; t < 60_000; t += 250) load(events, 1, t, "Poll", 1, 40_000);
    events.outage(60_000, [0]);
    for (let t = 60_250; t < 80_000; t += 250) load(events, 2, t, "Poll", 1, 40_000);
    expect(answer(which, events).answer).toBe("ok");
  });

  it("is found where the app did so much that its messages were only counted", () => {
    const counted = (busyBefore: boolean) => {
      const events = life();
      const busy = (socket: number, t: number) =>
        events.at(t).add({
          kind: "counts",
          socket,
          until: START + t + 1_000,
          counts: [
            { direction: "out", type: 1, count: 60, bytes: 3_000 },
            { direction: "in", type: 3, count: 60, bytes: 900_000 },
          ],
        });
      if (busyBefore) for (let t = 50_000; t < 60_000; t += 1_000) busy(1, t);
      events.outage(60_000, [0]);
      for (let n = 0; n < (busyBefore ? 6 : 1); n++) busy(2, 60_100 + n * 1_000);
      return ping(events, 2, 80_000);
    };
    expect(foundIn(which, counted(false)).say).toContain("60 calls and 900 kB received");
    expect(answer(which, counted(true)).answer).toBe("ok");
  });

  it("can't be told before a reconnect, or where nothing is recorded after it", () => {
    expect(answer(which, life()).answer).toBe("cant-tell");
    expect(realAnswer(which, "server-killed.chromium").answer).toBe("cant-tell");
    expect(realAnswer(which, "blazor-connection-cut.chromium").answer).toBe("not-applicable");
  });
});

describe("repeated-work", () => {
  const which = "repeated-work";

  it("is found with the methods that load again", () => {
    const { say, measured } = foundIn(which, loading(2, 100_000));
    expect(say).toBe("GetBoard brought 200 kB again after a reconnect; the first start had 200 kB.");
    expect(measured).toContainEqual({ label: "Calls repeated", value: 2, unit: "count" });
  });

  it("is OK where groups are joined again, or other methods are called", () => {
    expect(answer(which, loading(10, 40)).answer).toBe("ok");
    const events = load(life(), 1, 100, "GetBoard", 1, 400_000);
    ping(events, 1, 50_000).outage(60_000, [0]);
    expect(answer(which, ping(load(events, 2, 60_050, "GetSince", 1, 90_000), 2, 80_000)).answer).toBe("ok");
  });

  it("can't be told without a first start, or a reconnect", () => {
    expect(answer(which, life()).answer).toBe("cant-tell");
    expect(realAnswer(which, "server-killed.chromium").answer).toBe("cant-tell");
  });
});

describe("visible-gap", () => {
  const which = "visible-gap";

  it("is found where a visible page was long without a connection", () => {
    const { say, severity } = realFound(which, "server-killed-event-stream.chromium");
    expect(severity).toBe("low");
    expect(say).toContain("for 13");
    expect(foundIn(which, life().outage(1_000, [0, 70_000])).severity).toBe("medium");
  });

  it("is OK where the page was hidden or the network was away for most of it", () => {
    const hidden = life().at(900).add({ kind: "visibility", visible: false }).outage(1_000, [0, 70_000]);
    expect(answer(which, hidden).answer).toBe("ok");
    const offline = life().lost(1_000).add({ kind: "online", online: false });
    offline.at(60_000).add({ kind: "online", online: true }).decided(60_010, 0, 0).back(60_020);
    expect(answer(which, offline).answer).toBe("ok");
    expect(realAnswer(which, "idle-cut.chromium").answer).toBe("ok");
  });

  it("can't be told before a loss", () => {
    expect(answer(which, life()).answer).toBe("cant-tell");
  });
});
