import { describe, expect, it } from "vitest";
import {
  BEGAN,
  START,
  appBy,
  lost,
  outcome,
  report,
  stayed,
  verdict,
  type Doing,
  type Run,
} from "./doctor-script.ts";

/** The app's client has this server timeout. */
const withTimeout =
  (serverTimeout: number): Doing =>
  (page) =>
    page
      .at(0)
      .page()
      .add({
        kind: "hub",
        hub: 1,
        url: "https://board.example/hubs/board",
        serverTimeout,
        keepAliveInterval: 15_000,
        hasReconnectPolicy: true,
      })
      .state("Disconnected", "Connecting");

describe("keep-alive", () => {
  const judged = (run: Run) => outcome("keep-alive", run);
  const every = (interval: number) => [stayed("WebSockets", 60_000, { interval })];

  it("not tried, or only with long polls, which need no pings", () => {
    expect(judged({})).toBe(undefined);
    expect(judged({ facts: [stayed("LongPolling", 30_000)] })).toBe(undefined);
  });

  it("too short to hear one", () => {
    expect(judged({ facts: [stayed("WebSockets", 5_000, { pings: 0 })] })).toBe("cant-tell");
  });

  it("the server's default is fine, although it looks only once a second", () => {
    for (const interval of [5_000, 15_000, 15_900, 16_100])
      expect(judged({ facts: every(interval), before: withTimeout(30_000) })).toBe("fine");
  });

  it("pings too seldom for the app's client", () => {
    expect(judged({ facts: every(20_000), before: withTimeout(30_000) })).toBe("problem app medium");
    expect(judged({ facts: every(15_000), before: withTimeout(20_000) })).toBe("problem app medium");
    expect(verdict("keep-alive", { facts: every(20_300), before: withTimeout(30_000) })).toMatchObject({
      snippet: { code: ".withServerTimeout(40000)" },
    });
    // The app has raised its server timeout.
    expect(judged({ facts: every(30_000), before: withTimeout(60_000) })).toBe("fine");
  });

  it("says nothing of an app that it doesn't know", () => {
    expect(judged({ facts: every(20_000) })).toBe("problem app low");
    expect(verdict("keep-alive", { facts: every(15_000) })?.say).not.toContain("the app");
  });
});

describe("staying", () => {
  const judged = (run: Run) => outcome("stay", run);
  const of = (...facts: NonNullable<Run["facts"]>): Run => ({ facts });

  it("not tried", () => {
    expect(judged({ began: { stay: 0 } })).toBe(undefined);
  });

  it("all stay, for the time that was tried", () => {
    const run = of(stayed("WebSockets", 30_000), stayed("LongPolling", 30_000));
    expect(judged(run)).toBe("fine");
    expect(verdict("stay", run)).toMatchObject({ title: "Connections stay open for 30 s" });
  });

  it("cut while nothing came: probably an idle timeout", () => {
    const run = of(
      lost("WebSockets", 6_000, { code: 1006, error: "WebSocket closed with status code: 1006" }),
    );
    expect(judged(run)).toBe("problem between medium");
    expect(JSON.stringify(verdict("stay", run))).toContain("idle timeout");
  });

  it("cut at once, or while pings came: that is no idle timeout", () => {
    for (const fact of [
      lost("WebSockets", 900, { code: 1006, error: "closed" }),
      lost("WebSockets", 40_000, { code: 1006, error: "closed", pings: 2 }),
      lost("LongPolling", 20_000, { error: "Bad Gateway: Status code '502'" }),
    ]) {
      expect(judged(of(fact))).toBe("problem between low");
      expect(JSON.stringify(verdict("stay", of(fact)))).not.toContain("Probably an idle timeout");
    }
  });

  it("an event stream ends without a reason", () => {
    expect(judged(of(lost("ServerSentEvents", 900)))).toBe("problem between low");
    expect(judged(of(lost("ServerSentEvents", 20_000)))).toBe("problem between medium");
  });

  it("closed by the server: with an error, or in good order", () => {
    const error = "Server returned an error on close: Connection closed with an error.";
    expect(judged(of(lost("WebSockets", 6_000, { error })))).toBe("problem server medium");
    expect(judged(of(lost("WebSockets", 6_000, { code: 1000 })))).toBe("problem server medium");
    expect(judged(of(lost("LongPolling", 6_000)))).toBe("problem server medium");
  });

  it("all lost at the same moment, polls as well: no idle timeout", () => {
    const cut = { code: 1006, error: "closed" };
    const poll = lost("LongPolling", 6_300, { error: "Failed to fetch" });
    const all = of(lost("WebSockets", 6_000, cut), lost("ServerSentEvents", 6_100), poll);
    expect(judged(all)).toBe("problem between low");
    expect(JSON.stringify(verdict("stay", all))).not.toContain("Probably an idle timeout");
    const later = lost("LongPolling", 9_000, { error: "Failed to fetch" });
    expect(judged(of(lost("WebSockets", 6_000, cut), later))).toBe("problem between medium");
    // nginx: proxy_read_timeout.
    const timedOut = lost("LongPolling", 6_000, { error: "Gateway Time-out: Status code '504'" });
    expect(judged(of(lost("WebSockets", 6_000, cut), timedOut))).toBe("problem between medium");
    // Context.Abort(): a stream ends without a reason, the others in good order.
    const ended = [
      lost("ServerSentEvents", 310),
      lost("WebSockets", 300, { code: 1000 }),
      lost("LongPolling", 320),
    ];
    expect(judged(of(...ended))).toBe("problem server medium");
  });

  it("given up by the client, as no ping came: perhaps the server's setting, and no idle timeout", () => {
    const error = "Server timeout elapsed without receiving a message from the server.";
    const run = of(lost("WebSockets", 30_000, { error }));
    expect(judged(run)).toBe("problem server low");
    expect(JSON.stringify(verdict("stay", run))).toContain("KeepAliveInterval");
    expect(judged(of(lost("WebSockets", 60_000, { error, pings: 2 })))).toBe("problem between low");
  });

  it("a poll is refused: the token may have ended meanwhile", () => {
    const poll = lost("LongPolling", 20_000, { error: "Unauthorized: Status code '401'" });
    expect(judged({ facts: [poll] })).toBe("problem server low");
    const tokenExpiresAt = START + BEGAN + 500;
    expect(judged({ facts: [poll], began: { token: "borrowed", tokenExpiresAt } })).toBe(
      "problem app medium",
    );
  });

  it("says which stayed", () => {
    const run = of(lost("WebSockets", 6_000, { code: 1006, error: "closed" }), stayed("LongPolling", 30_000));
    expect(verdict("stay", run)?.say).toContain("Long polling stayed open.");
  });

  it.each([
    ["the browser was offline", { kind: "online", online: false }],
    ["the page was frozen", { kind: "lifecycle", phase: "freeze", persisted: false }],
  ] as const)("can't tell when %s", (words, event) => {
    const run: Run = {
      facts: [lost("WebSockets", 6_000, { code: 1006, error: "closed" })],
      meanwhile: (page) => page.add(event),
    };
    expect(judged(run)).toBe("cant-tell");
    expect(verdict("stay", run)?.title).toContain(words);
    expect(report(run).where).toBe(null);
  });

  it("what was offline only before the run doesn't matter, nor what a fault imitates for the app", () => {
    const facts = [lost("WebSockets", 6_000, { code: 1006, error: "closed" })];
    const before: Doing = (page) =>
      appBy("WebSockets")(page)
        .at(60)
        .add({ kind: "online", online: false })
        .at(70)
        .add({ kind: "online", online: true });
    expect(judged({ facts, before })).toBe("problem between medium");
  });
});
