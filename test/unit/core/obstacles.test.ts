/** Obstacles that are inferred where nothing is told, and those that look alike: each with its title and its advice. */
import { describe, expect, it } from "vitest";
import { adviceAgainst } from "../../../extension/core/diagnosis/advice.ts";
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { watchdogs } from "../../../extension/core/diagnosis/hangs.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { AttemptOutcome } from "../../../extension/core/model/types.ts";
import { attemptTag, attemptWords } from "../../../extension/wording/labels.ts";
import { attemptShort } from "../../../extension/wording/words.ts";
import { classify, withoutProbe } from "../../causes/classify.ts";
import { reduceBatches } from "./plain-model.ts";
import { script, START, URL_OF_HUB, type EventScript } from "./event-script.ts";

const starting = (): EventScript => script().at(0).page().hub().state("Disconnected", "Connecting").at(10);
const ends = (events: EventScript): EventScript => events.at(30).state("Connecting", "Disconnected");
const answered = (status: number): EventScript => ends(starting().negotiateFails(1, status));
const silent = (error = "TypeError: NetworkError"): EventScript =>
  ends(starting().negotiateFails(1, null, error));

const verdict = (events: readonly RecordedEvent[]) => {
  const start = reduceBatches([[...events]]).hubs[0]?.failedStarts[0];
  if (!start) throw new Error("no failed start");
  const found = verdictOf(start);
  const { obstacle } = found;
  return { ...found, advice: obstacle === null ? "" : adviceAgainst(obstacle).text };
};

/** The same with the hub at another port. */
const atPort = ({ events }: EventScript, port: number): RecordedEvent[] =>
  JSON.parse(JSON.stringify(events).replaceAll("board.example/hubs", `board.example:${port}/hubs`)) as never;

describe("a status of Cloudflare", () => {
  it.each([
    [525, "origin-tls", /certificate/],
    [526, "origin-tls", /certificate/],
    [520, "cdn-no-answer", /firewall/],
    [521, "cdn-no-answer", /firewall/],
    [522, "cdn-no-answer", /firewall/],
    [523, "cdn-no-answer", /firewall/],
    [530, "cdn-no-answer", /firewall/],
    [524, "gateway-timeout", /timed out waiting/],
    [504, "gateway-timeout", /timed out waiting/],
    [502, "unavailable", /being deployed/],
  ] as const)("%i at the negotiate is %s", (status, name, advice) => {
    const found = verdict(answered(status).events);
    expect([found.obstacle?.name, found.confidence]).toEqual([name, "high"]);
    expect(found.advice).toMatch(advice);
  });

  it("525 and 526 after a loss don't say for sure that the server is gone", () => {
    const events = script().connected().at(1_000).closed(1).state("Connected", "Reconnecting");
    events.add({ kind: "retry", hub: 1, previousRetryCount: 0, elapsed: 0, delay: 0 });
    events.at(1_010).negotiateFails(2, 526);
    const found = verdictOf(events.onlyInterruption());
    expect(found).toMatchObject({ cause: "server-gone", confidence: "medium" });
    expect(found.title).toContain("secure connection");
  });
});

describe("a port to which browsers don't connect", () => {
  it.each([6000, 6667, 10080])("%i is the reason where the browser tells none (Firefox)", (port) => {
    for (const events of [atPort(silent(), port), withoutProbe(atPort(silent(), port))])
      expect(verdict(events)).toMatchObject({
        obstacle: { name: "unsafe-port" },
        confidence: "high",
        knowledge: "wire",
      });
  });

  it.each([
    ["another port", atPort(silent(), 5000)],
    // Only Firefox blocks it.
    ["a port that Chromium allows", atPort(silent(), 4190)],
    ["no port", silent().events],
    ["a request that the client ended itself", atPort(silent("AbortError: aborted"), 6000)],
    ["a request that waited", atPort(ends(starting().negotiateFails(1, null, "x")), 6000).map(later(20_000))],
  ])("is not the reason with %s", (_what, events) => {
    expect(verdict(events).obstacle?.name).not.toBe("unsafe-port");
  });

  it("is not the reason where the browser tells another, or where it has worked", () => {
    const told = silent().add({
      kind: "request-seen",
      request: 1,
      method: "POST",
      status: null,
      error: "NS_ERROR_CONNECTION_REFUSED",
    });
    expect(verdict(atPort(told, 6000)).obstacle?.name).toBe("connection-refused");
    const lost = script().connected().at(1_000).closed(1).state("Connected", "Reconnecting");
    lost.add({ kind: "retry", hub: 1, previousRetryCount: 0, elapsed: 0, delay: 0 });
    lost.at(1_010).negotiateFails(2, null, "TypeError: NetworkError");
    expect(classify(atPort(lost, 6000)).name).not.toContain("unsafe-port");
  });

  it("is probably the reason where nothing was seen at all", () => {
    expect(verdict(atPort(ends(starting()), 6000))).toMatchObject({
      obstacle: { name: "unsafe-port" },
      confidence: "medium",
    });
  });
});

function later(ms: number): (event: RecordedEvent) => RecordedEvent {
  return (event) =>
    event.kind === "negotiate-ended" || event.seq > 5 ? { ...event, t: event.t + ms } : event;
}

describe("a start of which nothing was seen", () => {
  it("isn't told as one that sent nothing: a client may skip the negotiate", () => {
    const { obstacle, confidence, advice, evidence } = verdict(ends(starting()).events);
    expect([obstacle?.name, confidence]).toEqual(["nothing-seen", "low"]);
    expect(advice).toContain("skipNegotiation");
    expect(advice).toContain("accessTokenFactory");
    const texts = evidence.map(({ text }) => text).join("\n");
    expect(texts).toContain("no negotiate was sent");
    expect(texts).not.toContain("nothing was sent");
  });

  it("was answered at the negotiate if it tried none of the transports that the server offered", () => {
    const events = ends(starting().negotiate(1, "id-1"));
    const { obstacle, confidence, title, advice, evidence } = verdict(events.events);
    expect([obstacle?.name, confidence]).toEqual(["after-negotiate", "medium"]);
    expect(title).not.toContain("before anything was sent");
    expect(advice).toContain("transport option");
    expect(advice).toContain("accessTokenFactory");
    expect(evidence.map(({ text }) => text).join("\n")).toContain(
      "nothing was sent after the negotiate, which offered WebSockets, ServerSentEvents, LongPolling",
    );
  });

  it("has sent nothing if the client has negotiated before", () => {
    const events = answered(503).at(100).state("Disconnected", "Connecting").at(200);
    events.state("Connecting", "Disconnected");
    const found = verdict(events.events);
    expect(found.obstacle?.name).toBe("before-request");
    expect(found.advice).not.toContain("WebSocket");
  });

  it("was blocked by a policy if the browser says so, also after the client was told (Firefox)", () => {
    const url = URL_OF_HUB.replace("https:", "wss:");
    const events = ends(starting()).add({ kind: "policy-violation", url, directive: "connect-src" });
    expect(verdict(events.events).obstacle?.name).toBe("csp");
  });
});

describe("an event stream that fails", () => {
  const failing = (transport: "ServerSentEvents" | "LongPolling" | "WebSockets"): EventScript =>
    ends(starting().negotiate(1, "a").connecting(1, 1, transport).at(20).closed(1, null));

  it("is told in terms of event streams, not of WebSockets", () => {
    const { obstacle, confidence, advice } = verdict(failing("ServerSentEvents").events);
    expect([obstacle?.name, confidence]).toEqual(["event-stream-failed", "medium"]);
    expect(advice).toContain("text/event-stream");
    expect(advice).not.toMatch(/WebSocket|upgrade/i);
  });

  it("differs from a poll and a WebSocket", () => {
    const [poll, socket] = [verdict(failing("LongPolling").events), verdict(failing("WebSockets").events)];
    expect([poll.obstacle?.name, socket.obstacle?.name]).toEqual(["poll-failed", "transport-failed"]);
    expect(poll.advice).not.toMatch(/WebSocket|upgrade/i);
  });
});

describe("the tag of an attempt", () => {
  const negotiate = (
    more: Partial<Extract<AttemptOutcome, { kind: "negotiate-failed" }>>,
  ): AttemptOutcome => ({
    kind: "negotiate-failed",
    status: null,
    after: 10,
    error: "TypeError: Failed to fetch",
    retryAfter: null,
    ...more,
  });
  const seen = (more: { status?: number; error?: string }) => ({
    seen: { method: "POST" as const, status: null, ...more },
  });
  const socket = (more: Partial<Extract<AttemptOutcome, { kind: "socket-failed" }>>): AttemptOutcome => ({
    kind: "socket-failed",
    transport: "WebSockets",
    code: 1006,
    ...more,
  });

  it.each([
    [negotiate({ status: 503 }), "503"],
    [negotiate({}), "no answer"],
    [negotiate(seen({ error: "net::ERR_CERT_DATE_INVALID" })), "no answer"],
    [negotiate(seen({ error: "net::ERR_CONNECTION_REFUSED" })), "refused"],
    [negotiate(seen({ error: "net::ERR_CONNECTION_TIMED_OUT" })), "timed out"],
    [negotiate(seen({ error: "NS_ERROR_NET_TIMEOUT" })), "timed out"],
    [negotiate({ error: "TimeoutError: A timeout occurred." }), "timed out"],
    [negotiate(seen({ error: "net::ERR_BLOCKED_BY_CLIENT" })), "blocked"],
    [negotiate(seen({ error: "net::ERR_UNSAFE_PORT" })), "blocked"],
    [negotiate({ blockedBy: "connect-src" }), "blocked"],
    // Without CORS headers: the browser keeps the answer from the page.
    [negotiate(seen({ status: 200 })), "blocked"],
    [negotiate(seen({ status: 502 })), "502"],
    [socket({ status: 401 }), "401"],
    [socket({}), "1006"],
    [socket({ error: "NS_ERROR_CONNECTION_REFUSED" }), "refused"],
    [socket({ blockedBy: "connect-src" }), "blocked"],
    [socket({ code: null }), "failed"],
    [
      { kind: "handshake-failed", error: "x", transport: "WebSockets", openedAfter: 1, sentAfter: 1 },
      "rejected",
    ],
    [{ kind: "not-sent", error: null, negotiates: true }, "not sent"],
    [{ kind: "not-sent", error: null, negotiates: false }, "failed"],
  ] as const satisfies readonly (readonly [AttemptOutcome, string])[])("of %j is “%s”", (outcome, tag) => {
    expect(attemptTag(outcome)).toBe(tag);
    expect(attemptWords(outcome)).toMatchObject({ tag, tone: tag === "503" ? "warn" : "bad" });
    // On the timeline there is little room.
    expect(attemptShort(outcome)).toMatch(/^(?:\d+|failed|not sent|rejected)$/);
  });
});

describe("an access token that doesn't come", () => {
  const hang = (events: EventScript) => {
    const [one] = watchdogs(events.reduce(), START + 60_000).hangs;
    if (!one) throw new Error("no hang");
    const { title, evidence } = verdictOf(one);
    return `${title}\n${evidence.map(({ text }) => text).join("\n")}`;
  };

  it("before the negotiate says nothing of a negotiate that was forgotten", () => {
    expect(hang(starting())).not.toMatch(/drops/);
  });

  it("after the negotiate says that the server has forgotten that, and not that nothing was sent", () => {
    const words = hang(starting().negotiate(1, "a"));
    expect(words).toContain("drops an unused negotiate after 15 s");
    expect(words).not.toMatch(/nothing was sent/i);
  });
});
