/** Silence, sleep, and texts of a server or a proxy: cases that only look like a cause, next to real ones. */
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HubConnectionModel } from "../../../extension/core/model/types.ts";
import { script } from "./event-script.ts";

const verdicts = ({ interruptions }: HubConnectionModel) => interruptions.map((one) => verdictOf(one));
const causes = (hub: HubConnectionModel): string[] =>
  verdicts(hub).map(({ cause, confidence }) => `${cause} ${confidence}`);

describe("a poll that a proxy answers instead of the server", () => {
  interface Poll {
    readonly wait: number;
    readonly status: number;
  }
  /** Polls with these answers; then the next negotiate and poll are answered normally or not. */
  const polls = (list: readonly Poll[], next: "answered" | "refused" | "unknown" = "answered") => {
    const events = script().at(0).page({ probe: false });
    let now = 0;
    for (const [i, { wait, status }] of list.entries()) {
      events
        .at(now)
        .negotiate(i + 1, `id-${i + 1}`)
        .socket(i + 1, i + 1, "LongPolling");
      events.at((now += wait)).add({
        kind: "socket-closed",
        socket: i + 1,
        code: null,
        reason: "",
        wasClean: false,
        status,
      });
      now += 50;
    }
    const n = list.length + 1;
    if (next === "refused") events.at(now).negotiateFails(n, 503);
    else if (next === "answered") events.at(now).negotiate(n, `id-${n}`).socket(n, n, "LongPolling");
    return causes(events.onlyHub());
  };

  it.each([10_000, 15_000, 30_000, 60_000])("after %i ms is at most probably a proxy's limit", (wait) => {
    for (const status of [503, 504]) expect(polls([{ wait, status }])).toEqual(["idle-timeout medium"]);
  });

  it("after the same time as another one is certainly a proxy's limit", () => {
    const poll = { wait: 30_010, status: 504 };
    expect(polls([poll, { ...poll, wait: 30_190 }])).toEqual(["idle-timeout high", "idle-timeout high"]);
    expect(polls([poll, { ...poll, wait: 11_000 }])).toEqual(["idle-timeout medium", "idle-timeout medium"]);
  });

  it("at once, or followed by a refused attempt, means a server that is gone", () => {
    expect(polls([{ wait: 200, status: 503 }])).toEqual(["server-gone medium"]);
    expect(polls([{ wait: 12_000, status: 503 }], "refused")).toEqual(["server-gone high"]);
    expect(polls([{ wait: 12_000, status: 502 }])).toEqual(["server-gone medium"]);
  });

  it("with 504 and no next attempt means a proxy that waited without an answer, and with 503 a server that is gone", () => {
    expect(polls([{ wait: 60_000, status: 504 }], "unknown")).toEqual(["idle-timeout medium"]);
    expect(polls([{ wait: 60_000, status: 503 }], "unknown")).toEqual(["server-gone medium"]);
  });
});

describe("a tab that was asleep", () => {
  const timedOut = (silence: number, { probe = true, overdue = true, hidden = false } = {}) => {
    const events = script().connected(probe).at(100).message({ socket: 1, direction: "in", type: 6 });
    if (hidden) events.add({ kind: "visibility", visible: false });
    events.at(100 + silence);
    if (overdue) events.message({ socket: 1, direction: "out", type: 6 });
    events.add({ kind: "socket-closing", socket: 1, duringMessage: false });
    if (probe)
      events
        .add({ kind: "hub-lost", hub: 1, error: "Server timeout elapsed without receiving a message." })
        .state("Connected", "Reconnecting");
    return verdictOf(events.onlyInterruption());
  };

  it("is the cause of a silence far beyond the timeout, in which the client's own timer didn't run", () => {
    fc.assert(
      fc.property(fc.integer({ min: 35_001, max: 36_000_000 }), (silence) => {
        expect(timedOut(silence)).toMatchObject({ cause: "asleep", confidence: "high" });
        expect(timedOut(silence, { hidden: true })).toMatchObject({ cause: "asleep", confidence: "medium" });
        expect(timedOut(silence).ruledOut).not.toContain("freeze");
      }),
      { numRuns: 50 },
    );
  });

  it("is not the cause of a silence as long as the timeout itself", () => {
    fc.assert(
      fc.property(fc.integer({ min: 30_000, max: 33_000 }), fc.boolean(), (silence, overdue) => {
        expect(timedOut(silence, { overdue })).toMatchObject({ cause: "server-timeout", confidence: "high" });
      }),
      { numRuns: 50 },
    );
  });

  it("is recognised without the probe only by an overdue timer, as the timeout is unknown", () => {
    expect(timedOut(74_500, { probe: false })).toMatchObject({ cause: "asleep", confidence: "medium" });
    expect(timedOut(60_000, { probe: false, overdue: false }).cause).toBe("server-timeout");
  });

  it("is the cause also if the server closed the connection, when neither side received anything", () => {
    const events = script().connected().at(100).message({ socket: 1, direction: "in", type: 6 });
    events.at(70_000).message({
      socket: 1,
      direction: "in",
      type: 7,
      allowReconnect: true,
      error: "Connection closed with an error.",
    });
    events.add({ kind: "hub-lost", hub: 1 }).state("Connected", "Reconnecting");
    expect(verdictOf(events.onlyInterruption())).toMatchObject({ cause: "asleep" });
  });

  it("is not the cause for a client that used polling before, whose timers stay off", () => {
    const events = script().at(0).page({ probe: false }).negotiate(1, "id-1").socket(1, 1, "LongPolling");
    events.at(1_000).closed(1, null).at(1_050).negotiate(2, "id-2").socket(2, 2);
    events.at(90_000).closed(2);
    for (const { cause } of verdicts(events.onlyHub())) expect(cause).not.toBe("asleep");
  });
});

describe("the error of a Close", () => {
  const closed = (silence: number, error: string | undefined, allowReconnect = true, azure = false) => {
    const events = script().at(0).page().hub().state("Disconnected", "Connecting");
    if (azure)
      events.add(
        {
          kind: "negotiate",
          request: 9,
          url: "https://board.example/hubs/board/negotiate",
          api: "fetch",
          askedStatefulReconnect: false,
        },
        {
          kind: "negotiate-ended",
          request: 9,
          status: 200,
          redirectUrl: "https://x.service.signalr.net/client/?hub=board&asrs.op=%2Fhubs%2Fboard",
        },
        {
          kind: "negotiate",
          request: 1,
          url: "https://x.service.signalr.net/client/negotiate?hub=board",
          api: "fetch",
          askedStatefulReconnect: false,
        },
        { kind: "negotiate-ended", request: 1, status: 200, connectionId: "id-1" },
      );
    else events.negotiate(1, "id-1");
    events.socket(1, 1).state("Connecting", "Connected", "id-1");
    events.at(silence).message({
      socket: 1,
      direction: "in",
      type: 7,
      allowReconnect,
      ...(error === undefined ? {} : { error }),
    });
    events.add({ kind: "hub-lost", hub: 1 }).state("Connected", "Reconnecting");
    return verdictOf(events.onlyInterruption());
  };
  const NO_DETAILS = "Connection closed with an error.";

  it("isn't mistaken for a timeout after a silence that is shorter than any timeout", () => {
    for (const silence of [1_100, 5_000, 12_000])
      expect(closed(silence, NO_DETAILS)).toMatchObject({ cause: "server-close", confidence: "medium" });
    expect(closed(20_000, NO_DETAILS)).toMatchObject({ cause: "client-ping-timeout", confidence: "medium" });
    expect(closed(30_500, NO_DETAILS)).toMatchObject({ cause: "client-ping-timeout", confidence: "high" });
    expect(
      closed(20_000, NO_DETAILS)
        .evidence.map(({ text }) => text)
        .join(),
    ).toContain("20 s of silence");
  });

  it("is attributed to Azure before the hub, by its text and by the address", () => {
    const missing = "No app server is currently connected to the Azure service.";
    expect(closed(300, missing, false)).toMatchObject({ cause: "azure-service", confidence: "high" });
    expect(closed(300, "Something else.", false, true)).toMatchObject({
      cause: "azure-service",
      confidence: "medium",
    });
    expect(closed(300, NO_DETAILS, false, true)).toMatchObject({
      cause: "connect-handler-failed",
      confidence: "medium",
    });
    expect(closed(300, NO_DETAILS, false)).toMatchObject({
      cause: "connect-handler-failed",
      confidence: "high",
    });
  });
});

describe("several connections that are lost in one event", () => {
  it("have one cause, no matter which of them retries first", () => {
    const events = script().at(0).page({ probe: false });
    for (const [i, path] of ["board", "chat"].entries()) {
      const n = i + 1;
      events.add(
        {
          kind: "negotiate",
          request: n,
          url: `https://board.example/hubs/${path}/negotiate`,
          api: "fetch",
          askedStatefulReconnect: false,
        },
        { kind: "negotiate-ended", request: n, status: 200, connectionId: `id-${n}` },
      );
      events.socket(n, n);
    }
    events.at(5_000).closed(1).closed(2).at(5_020).negotiateFails(3, 503);
    for (const hub of events.reduce().hubs) expect(causes(hub)).toEqual(["server-gone high"]);
  });
});

describe("a socket that ends in Firefox", () => {
  /** @param left how long after the end the page was unloaded; it stays when absent */
  const closed = (userAgent: string, { code = 1000, left }: { code?: number; left?: number } = {}) => {
    const events = script().connected().at(5_000).closed(1, code);
    events.events[0] = { ...events.events[0]!, userAgent } as (typeof events.events)[0];
    events.add({ kind: "hub-lost", hub: 1 }).state("Connected", "Disconnected");
    if (left !== undefined)
      events.at(5_000 + left).add({ kind: "lifecycle", phase: "pagehide", persisted: false });
    return verdictOf(events.onlyInterruption());
  };
  const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";
  const CHROMIUM = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36";

  it("with a clean 1000 was perhaps ended by the browser, not certainly by the other end", () => {
    const firefox = closed(FIREFOX);
    expect(firefox).toMatchObject({ cause: "closed-by-browser", confidence: "low" });
    expect(firefox.title).toContain("possibly by the browser");
    expect(closed(CHROMIUM)).toMatchObject({ cause: "closed-by-server-socket", confidence: "medium" });
    expect(closed("")).toMatchObject({ cause: "closed-by-server-socket", confidence: "low" });
  });

  it("with a clean 1000 was perhaps ended by a navigation, if the page was unloaded seconds later", () => {
    const left = closed(FIREFOX, { left: 3_000 });
    expect(left).toMatchObject({ cause: "page-left", confidence: "low" });
    expect(left.evidence.map(({ text }) => text)).toContain("Page unloaded");
    expect(closed(FIREFOX, { left: 900 })).toMatchObject({ cause: "page-left", confidence: "medium" });
    expect(closed(FIREFOX, { left: 6_000 }).cause).toBe("closed-by-browser");
    expect(closed(FIREFOX, { left: 3_000, code: 1001 }).cause).not.toBe("page-left");
    expect(closed(CHROMIUM, { left: 3_000 }).cause).toBe("closed-by-server-socket");
  });
});
