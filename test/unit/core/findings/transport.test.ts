import { describe, expect, it } from "vitest";
import { defaultCommand } from "../../../../extension/core/faults/default-command.ts";
import type { TransportName } from "../../../../extension/core/protocol/terms.ts";
import { script, type EventScript } from "../event-script.ts";
import { answer, type AppLife, foundIn, life } from "./app-life.ts";
import { realAnswer, realFound } from "./real-breaks.ts";

const begun = (): EventScript => script().at(0).page().hub().state("Disconnected", "Connecting");

/** Connected by that transport. */
const by = (transport: TransportName, offered?: readonly string[]): EventScript => {
  const events = begun().at(10).negotiate(1, "id-1");
  if (offered) Object.assign(events.events.at(-1)!, { transports: offered });
  return events.at(20).socket(1, 1, transport).state("Connecting", "Connected", "id-1");
};

/** Lasts from now on. */
const withFault = (events: AppLife): AppLife =>
  events.add({ kind: "fault", fault: 1, command: defaultCommand("latency", { scope: "page" }) });

describe("sticky-sessions", () => {
  const id = "sticky-sessions";

  it("is found where a transport is unknown right after its negotiate", () => {
    const { say, severity, changes } = realFound(id, "no-sticky-session-long-polling.chromium");
    expect(severity).toBe("medium");
    expect(say).toContain("1 try of 1 had a negotiate and then 404");
    expect(changes[0]?.text).toContain("Session affinity");
    expect(realFound(id, "no-sticky-session-websockets.firefox").severity).toBe("medium");
  });

  /** Chromium tells nothing of a refused WebSocket. */
  const failing = (times: number): EventScript => {
    const events = life().lost(1_000);
    for (let n = 0; n < times; n++) {
      events.decided(1_000 + n * 1_000, n, 500);
      events
        .at(1_500 + n * 1_000)
        .negotiate(10 + n, `lost-${n}`)
        .connecting(10 + n, 10 + n);
      events.at(1_520 + n * 1_000).closed(10 + n);
    }
    return events.decided(9_000, times, 500).back(9_500);
  };

  it("is inferred from WebSockets that fail after their negotiates, between others that work", () => {
    const { say } = foundIn(id, failing(3));
    expect(say).toContain("3 WebSockets failed right after an answered negotiate");
    expect(say).toContain("inferred");
    expect(answer(id, failing(1)).answer).toBe("ok");
  });

  it("is OK where all connect, and doesn't apply to Azure or without a negotiate", () => {
    expect(realAnswer(id, "server-killed.chromium").answer).toBe("ok");
    expect(realAnswer(id, "redirected-negotiate-client-gives-up.chromium").answer).toBe("not-applicable");
    expect(realAnswer(id, "server-killed-no-negotiate.chromium").answer).toBe("not-applicable");
  });

  it("can't be told from one try", () => {
    expect(answer(id, life()).answer).toBe("cant-tell");
  });
});

describe("fallback", () => {
  const id = "fallback";

  it("is found with the reason, as far as the browser tells it", () => {
    const { say, measured } = realFound(id, "websockets-blocked.firefox");
    expect(say).toContain(
      "fell back from WebSockets to Server-Sent Events: the upgrade was answered with 403",
    );
    expect(measured).toContainEqual({ label: "Connects with a fallback", value: 1, unit: "count" });
    expect(realFound(id, "websockets-blocked.chromium").say).toContain("the browser doesn't say why");
  });

  it("is OK where the first transport works, and where only one connect of many needed another", () => {
    expect(realAnswer(id, "idle-cut.chromium").answer).toBe("ok");
    expect(realAnswer(id, "server-killed-event-stream.chromium").answer).toBe("ok");
  });

  it("isn't the environment's where a fault of Hubscope blocks WebSockets", () => {
    const command = defaultCommand("block-websockets", { scope: "page" });
    const events = script().at(0).page().hub().add({ kind: "fault", fault: 1, command });
    events
      .state("Disconnected", "Connecting")
      .at(10)
      .negotiate(1, "a")
      .connecting(1, 1)
      .at(20)
      .closed(1, 1006, 1);
    events.at(30).negotiate(2, "b").socket(2, 2, "ServerSentEvents").state("Connecting", "Connected", "b");
    expect(answer(id, events).answer).not.toBe("found");
  });

  it("can't be told before a connect", () => {
    expect(realAnswer(id, "start-negotiate-503.chromium").answer).toBe("cant-tell");
  });
});

describe("transport-restricted", () => {
  const id = "transport-restricted";

  it("is found where the client leaves WebSockets out", () => {
    const { severity, say } = foundIn(id, by("LongPolling"));
    expect(severity).toBe("medium");
    expect(say).toContain("The connect used long polling, although the server offers WebSockets");
    expect(realFound(id, "event-stream-cut.chromium").severity).toBe("low");
  });

  it("is OK where the server offers none, or they were tried", () => {
    expect(answer(id, by("LongPolling", ["LongPolling"])).answer).toBe("ok");
    expect(realAnswer(id, "websockets-blocked.chromium").answer).toBe("ok");
    expect(realAnswer(id, "idle-cut.chromium").answer).toBe("ok");
  });

  it("can't be told before a connect", () => {
    expect(realAnswer(id, "start-negotiate-503.chromium").answer).toBe("cant-tell");
  });
});

describe("negotiate-throttled", () => {
  const id = "negotiate-throttled";

  it("is found with how many", () => {
    expect(realFound(id, "throttled.chromium").say).toMatch(/^1 try of 3 was answered with 429/);
    expect(realFound(id, "start-negotiate-429.chromium").say).toContain("1 try of 1");
    expect(realFound(id, "start-upgrade-429.firefox").severity).toBe("medium");
  });

  it("is OK for other refusals, and not the server's where a fault of Hubscope is on", () => {
    expect(realAnswer(id, "start-negotiate-503.chromium").answer).toBe("ok");
    const events = withFault(life().lost(1_000)).decided(1_000, 0, 0);
    expect(answer(id, events.refused(1_010, 429, "5").decided(1_020, 1, 2_000).back(3_100)).answer).toBe(
      "ok",
    );
  });

  it("can't be told before a try has ended", () => {
    expect(answer(id, begun().at(10), 0).answer).toBe("cant-tell");
  });
});

describe("buffering-proxy", () => {
  const id = "buffering-proxy";

  it("is found where answers wait for the next ping, or an event stream gets none", () => {
    expect(realFound(id, "answers-held-back-until-the-next-ping.chromium").say).toContain(
      "5 of 5 answers came together with the server's next ping, up to 2.1 s late (inferred)",
    );
    const { say, changes } = realFound(id, "event-stream-held-back-nginx.firefox");
    expect(say).toContain("1 event stream got no answer");
    expect(changes[0]?.snippet?.code).toContain("proxy_buffering off");
  });

  it("is OK where an answer comes at once, and not found where the browser's connections are in use", () => {
    expect(answer(id, life().call(100, "Save", "1")).answer).toBe("ok");
    expect(realAnswer(id, "six-event-streams-to-one-host.chromium").answer).not.toBe("found");
  });

  it("can't be told without answers", () => {
    expect(answer(id, life()).answer).toBe("cant-tell");
  });
});

describe("lifetime-limit", () => {
  const id = "lifetime-limit";

  it("is found with the age", () => {
    const { say, changes } = realFound(id, "lifetime-limit.chromium");
    expect(say).toBe("2 connections ended at an age of 5 s each (inferred: high confidence).");
    expect(changes[0]?.where).toBe("proxy");
  });

  it("is OK where connections end at different ages", () => {
    expect(realAnswer(id, "idle-cut.chromium").answer).toBe("ok");
  });

  it("can't be told from one loss", () => {
    expect(realAnswer(id, "network-cut.chromium").answer).toBe("cant-tell");
  });
});
