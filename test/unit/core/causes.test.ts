import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { describe, expect, it } from "vitest";
import { START, script } from "./event-script.ts";

describe("the cause of a loss", () => {
  const lost = (events: ReturnType<typeof script>, error?: string) =>
    events
      .add({ kind: "hub-lost", hub: 1, ...(error === undefined ? {} : { error }) })
      .state("Connected", "Reconnecting")
      .onlyInterruption();

  it("is the frozen tab, when the tab was frozen", () => {
    const events = script()
      .connected()
      .at(1_000)
      .add({ kind: "visibility", visible: false })
      .add({ kind: "lifecycle", phase: "freeze", persisted: false });
    events.at(61_000).add({ kind: "lifecycle", phase: "resume", persisted: false }).at(61_004).closed(1);
    const verdict = verdictOf(lost(events));
    expect(verdict).toMatchObject({ cause: "tab-frozen", confidence: "high" });
    expect(verdict.evidence.map(({ text }) => text)).toContain("Tab resumed after 1 min");
    expect(verdict.evidence.map(({ t }) => t)).toEqual(
      [...verdict.evidence.map(({ t }) => t)].sort((a, b) => a - b),
    );
  });

  it("is offline, when the browser was", () => {
    const events = script().connected().at(1_000).add({ kind: "online", online: false }).at(1_050).closed(1);
    expect(verdictOf(lost(events))).toMatchObject({ cause: "offline", confidence: "high" });
  });

  it("is the server timeout if the client reports it", () => {
    const events = script()
      .connected()
      .at(32_000)
      .add({ kind: "socket-closing", socket: 1, duringMessage: false });
    expect(
      verdictOf(lost(events, "Server timeout elapsed without receiving a message from the server.")),
    ).toMatchObject({ cause: "server-timeout", confidence: "high", knowledge: "client" });
  });

  it("is the server timeout if there were no messages for this time", () => {
    const events = script()
      .connected(false)
      .at(30_500)
      .add({ kind: "socket-closing", socket: 1, duringMessage: false });
    expect(verdictOf(events.onlyInterruption())).toMatchObject({
      cause: "server-timeout",
      confidence: "medium",
      knowledge: "wire",
    });
  });

  it("is the server's Close, also one that allows a reconnect", () => {
    const events = script().connected().at(1_000).message({
      socket: 1,
      direction: "in",
      type: 7,
      allowReconnect: true,
      error: "Connection closed with an error.",
    });
    expect(
      verdictOf(lost(events, "Server returned an error on close: Connection closed with an error.")).cause,
    ).toBe("server-close");
  });

  it("is a message above the server's limit, when one was sent just before", () => {
    const events = script()
      .connected()
      .at(900)
      .message({ socket: 1, direction: "out", type: 1, size: 40_000, target: "SaveLayout" });
    events.at(1_000).message({
      socket: 1,
      direction: "in",
      type: 7,
      allowReconnect: true,
      error: "Connection closed with an error.",
    });
    expect(verdictOf(lost(events))).toMatchObject({ cause: "message-too-large", confidence: "medium" });
  });

  it("is an injected fault, and only when that broke this connection", () => {
    const fault = {
      kind: "fault",
      fault: 1,
      command: { name: "abrupt-loss", target: { scope: "connection", socket: 1 } },
    } as const;
    const ended = { kind: "fault-ended", fault: 1, reason: "completed" } as const;
    expect(
      verdictOf(lost(script().connected().at(1_000).add(fault).closed(1, 1006, 1).add(ended))),
    ).toMatchObject({ cause: "injected", confidence: "high" });
    expect(
      verdictOf(lost(script().connected().at(1_000).add(fault).add(ended).at(1_500).closed(1))).cause,
    ).not.toBe("injected");
  });

  it("is unknown without evidence", () => {
    const verdict = verdictOf(
      script().connected().at(1_000).state("Connected", "Reconnecting").onlyInterruption(),
    );
    expect(verdict).toMatchObject({ cause: "unknown", confidence: "low" });
  });

  it("is the busy page, when it was too busy to send its pings", () => {
    const closed = (events: ReturnType<typeof script>) =>
      verdictOf(
        lost(
          events.message({
            socket: 1,
            direction: "in",
            type: 7,
            allowReconnect: true,
            error: "Connection closed with an error.",
          }),
        ),
      );
    const ping = { socket: 1, direction: "in", type: 6 } as const;
    const busy = script().connected();
    for (let t = 15_000; t <= 59_000; t += 15_000) busy.at(t).message(ping);
    busy.at(60_000).add({ kind: "long-task", duration: 35_000 });
    // The overdue messages were sent before the client received the Close.
    const verdict = closed(busy.at(95_010).message({ socket: 1, direction: "out", type: 6 }).at(95_020));
    expect(verdict).toMatchObject({ cause: "client-ping-timeout", confidence: "high" });
    expect(verdict.evidence.map(({ text }) => text)).toContain("Main thread blocked for 35 s");
    const paused = script().connected();
    for (let t = 15_000; t <= 95_000; t += 15_000) paused.at(t).message(ping);
    paused.at(95_010).message({ socket: 1, direction: "out", type: 6 });
    expect(closed(paused.at(95_020))).toMatchObject({ cause: "client-ping-timeout", confidence: "medium" });
    const usual = script().connected().at(14_000).message({ socket: 1, direction: "out", type: 6 });
    expect(closed(usual.at(14_020))).toMatchObject({ cause: "server-close", confidence: "medium" });
  });

  it("is that the page was left, also if the browser closes the socket first", () => {
    const left = (pause: number) =>
      verdictOf(
        lost(
          script()
            .connected()
            .at(1_000)
            .closed(1, 1000)
            .at(1_000 + pause)
            .add({ kind: "lifecycle", phase: "pagehide", persisted: false })
            .at(1_000),
        ),
      );
    expect(left(20)).toMatchObject({ cause: "page-left", confidence: "high" });
    expect(left(5_000).cause).toBe("closed-by-server-socket");
  });

  it("is a server that shuts down, also if it answers one more negotiate", () => {
    const events = script().connected(false).at(1_000).closed(1).at(1_100).negotiate(2, "id-2");
    events.connecting(2, 2).at(1_200).closed(2).at(1_500).negotiateFails(3, null, "Failed to fetch");
    expect(verdictOf(events.onlyInterruption())).toMatchObject({
      cause: "server-gone",
      confidence: "medium",
    });
  });

  it("has the status of a later rejected upgrade as evidence, if webRequest reports it", () => {
    const refused = (status: number | null) => {
      const events = script().connected(false).at(1_000).closed(1).at(1_100).negotiate(2, "id-2");
      events.connecting(2, 2).at(1_200);
      if (status !== null) events.add({ kind: "upgrade", socket: 2, status, retryAfter: "7" });
      return verdictOf(events.closed(2).onlyInterruption());
    };
    expect(refused(503)).toMatchObject({
      cause: "server-gone",
      knowledge: "network",
      obstacle: { name: "unavailable", retryAfter: "7" },
    });
    expect(refused(503).evidence.at(-1)).toMatchObject({ knowledge: "network" });
    expect(refused(429)).toMatchObject({ cause: "abrupt-loss", obstacle: { name: "throttled" } });
    expect(refused(null)).toMatchObject({ cause: "abrupt-loss", obstacle: null });
  });

  it("is an idle timeout if a poll was answered with 504 after a long wait, and otherwise a server that is gone", () => {
    const answered = (wait: number) => {
      const events = script().at(0).page({ probe: false }).negotiate(1, "id-1").socket(1, 1, "LongPolling");
      events.at(wait).add({
        kind: "socket-closed",
        socket: 1,
        code: null,
        reason: "",
        wasClean: false,
        status: 504,
      });
      return verdictOf(events.onlyInterruption()).cause;
    };
    expect(answered(60_000)).toBe("idle-timeout");
    expect(answered(2_000)).toBe("server-gone");
  });

  it("reports other connections to the same server that were lost at the same time", () => {
    const events = script().at(0).page({ probe: false });
    for (const [i, path] of ["board", "chat", "news"].entries()) {
      const url = `https://board.example/hubs/${path}`;
      const n = i + 1;
      events.add(
        {
          kind: "negotiate",
          request: n,
          url: `${url}/negotiate`,
          api: "fetch",
          askedStatefulReconnect: false,
        },
        { kind: "negotiate-ended", request: n, status: 200, connectionId: `id-${n}` },
      );
      events.socket(n, n);
    }
    events.at(1_000).closed(1).closed(2).at(60_000).closed(3);
    const [board, , news] = events.reduce().hubs;
    const told = (hub: typeof board): string[] =>
      verdictOf(hub!.interruptions[0]!).evidence.map(({ text }) => text);
    expect(told(board)).toContain(
      "Another connection of this page (its frames not counted) to the same server was lost at the same time",
    );
    expect(told(news).some((text) => text.includes("at the same time"))).toBe(false);
  });

  it("counts an attempt whose failure only the client reports", () => {
    const events = script().connected().at(1_000).closed(1);
    events.add({ kind: "hub-lost", hub: 1 }).state("Connected", "Reconnecting");
    events.add({ kind: "retry", hub: 1, previousRetryCount: 0, elapsed: 0, delay: 0 });
    const reason = "WebSocket failed to connect.";
    events.at(1_050).add({ kind: "retry", hub: 1, previousRetryCount: 1, elapsed: 50, delay: 2_000, reason });
    const [first] = events.onlyInterruption().attempts;
    expect(first).toMatchObject({
      outcome: { kind: "socket-failed", error: reason },
      endedAt: START + 1_050,
    });
  });
});
