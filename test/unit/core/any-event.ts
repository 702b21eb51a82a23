/** Any event, for properties that hold for all of them. */
import fc from "fast-check";
import type { Unstamped } from "../../../extension/core/events/events.ts";
import { START, URL_OF_HUB } from "./event-script.ts";

const small = fc.integer({ min: 1, max: 3 });
const direction = fc.constantFrom("in" as const, "out" as const);
const transport = fc.constantFrom("WebSockets", "ServerSentEvents", "LongPolling");
const state = fc.constantFrom("Disconnected", "Connecting", "Connected", "Disconnecting", "Reconnecting");
const maybe = <T>(name: string, value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined }).map((v) => (v === undefined ? {} : { [name]: v }));
const merge = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<Unstamped> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all) as Unstamped);
const kind = (name: string, fields: Record<string, fc.Arbitrary<unknown>> = {}): fc.Arbitrary<object> =>
  fc.record({ kind: fc.constant(name), ...fields });

/** Any events in any order, as they could come from a hostile page, a lost batch or a bug in the hook. */
export const anyEvent: fc.Arbitrary<Unstamped> = fc.oneof(
  merge(kind("visibility", { visible: fc.boolean() })),
  merge(
    kind("lifecycle", {
      phase: fc.constantFrom("freeze", "resume", "pagehide", "pageshow"),
      persisted: fc.boolean(),
    }),
  ),
  merge(kind("online", { online: fc.boolean() })),
  merge(kind("long-task", { duration: fc.nat(5_000) })),
  merge(kind("dropped", { where: fc.constant("hook"), count: fc.nat(10) })),
  merge(
    kind("negotiate", {
      request: small,
      url: fc.constant(`${URL_OF_HUB}/negotiate`),
      api: fc.constant("fetch"),
      askedStatefulReconnect: fc.boolean(),
    }),
  ),
  merge(
    kind("negotiate-ended", { request: small, status: fc.constantFrom(null, 200, 429) }),
    maybe("connectionId", fc.constantFrom("a", "b")),
    maybe("statefulReconnect", fc.boolean()),
    maybe("transports", fc.constant(["WebSockets", "ServerSentEvents", "LongPolling"])),
    maybe("redirectUrl", fc.constant(URL_OF_HUB)),
    maybe("tokenLifetime", fc.constant(60_000)),
    maybe("retryAfter", fc.constant("7")),
  ),
  merge(
    kind("socket", {
      socket: small,
      transport,
      url: fc.constant("wss://board.example/hubs/board?id=…"),
    }),
    maybe("request", small),
    maybe("tokenExpiresAt", fc.constant(START + 10_000)),
    maybe("already", fc.constantFrom("connecting", "open", "connected")),
    maybe("since", fc.constant(START - 10_000)),
    maybe("connectionId", fc.constantFrom("a", "b")),
  ),
  merge(kind("socket-opened", { socket: small })),
  merge(kind("socket-closing", { socket: small, duringMessage: fc.boolean() })),
  merge(
    kind("socket-closed", {
      socket: small,
      code: fc.constantFrom(null, 1000, 1001, 1006, 1011),
      reason: fc.constant(""),
      wasClean: fc.boolean(),
    }),
    maybe("status", fc.constantFrom(null, 204, 404)),
    maybe("fault", small),
  ),
  merge(
    kind("transport-request", {
      socket: small,
      method: fc.constantFrom("GET", "POST", "DELETE"),
      duration: fc.nat(100_000),
      status: fc.constantFrom(null, 200, 404),
    }),
  ),
  merge(
    kind("upgrade", { socket: small, status: fc.constantFrom(null, 101, 401, 404, 503) }),
    maybe("error", fc.constant("NS_ERROR_CONNECTION_REFUSED")),
    maybe("retryAfter", fc.constant("7")),
  ),
  merge(
    kind("request-seen", {
      method: fc.constantFrom("GET", "POST"),
      status: fc.constantFrom(null, 200, 404),
    }),
    maybe("request", small),
    maybe("socket", small),
    maybe("error", fc.constantFrom("net::ERR_FAILED", "NS_ERROR_UNKNOWN_HOST")),
    maybe("headers", fc.constant(["server: nginx"])),
  ),
  merge(
    kind("policy-violation", {
      url: fc.constantFrom("wss://board.example/hubs/board?id=…", `${URL_OF_HUB}/negotiate`),
      directive: fc.constant("connect-src"),
    }),
  ),
  merge(
    kind("negotiate-timing", {
      request: small,
      protocol: fc.constant("h2"),
      queued: fc.nat(100),
      dns: fc.nat(100),
      connect: fc.nat(100),
      tls: fc.nat(100),
      wait: fc.nat(1_000),
      download: fc.nat(100),
    }),
  ),
  merge(
    kind("refresh", { request: small, duration: fc.nat(1_000), status: fc.constantFrom(null, 200, 401) }),
    maybe("tokenLifetime", fc.constant(60_000)),
  ),
  merge(kind("clock-jump", { since: fc.constant(START), by: fc.integer({ min: -9_000, max: 9_000 }) })),
  merge(kind("network-type", { from: fc.constant("wifi"), to: fc.constant("cellular") })),
  merge(kind("worker-connection", { url: fc.constant("wss://other.example/hub"), status: fc.constant(101) })),
  merge(kind("legacy", { url: fc.constant("https://board.example/signalr") })),
  merge(kind("handshake", { socket: small, direction }), maybe("error", fc.constant("no"))),
  merge(
    kind("message", { socket: small, direction, type: fc.integer({ min: 0, max: 9 }), size: fc.nat(40_000) }),
    maybe("invocationId", fc.constantFrom("0", "1")),
    maybe("counted", fc.boolean()),
    maybe("sequenceId", small),
    maybe("swallowed", fc.boolean()),
    maybe("allowReconnect", fc.boolean()),
  ),
  merge(
    kind("counts", {
      socket: small,
      until: fc.constant(START + 25_000),
      counts: fc.array(
        fc.record({
          direction,
          type: fc.integer({ min: 0, max: 9 }),
          count: fc.nat(20),
          bytes: fc.nat(2_000),
        }),
        { maxLength: 3 },
      ),
    }),
  ),
  merge(
    kind("hub", {
      hub: small,
      url: fc.constant(URL_OF_HUB),
      serverTimeout: fc.constant(30_000),
      keepAliveInterval: fc.constant(15_000),
      hasReconnectPolicy: fc.boolean(),
    }),
    maybe("state", state),
    maybe("connectionId", fc.constantFrom("a", "b")),
  ),
  merge(kind("still-open")),
  merge(kind("recording-ended", { reason: fc.constantFrom("switched-off", "probe-switched") })),
  merge(
    kind("hub-state", { hub: small, from: state, to: state }),
    maybe("connectionId", fc.constantFrom("a", "b")),
  ),
  merge(
    kind("circuit", {
      socket: small,
      method: fc.constantFrom("StartCircuit", "ConnectCircuit", "ResumeCircuit", "PauseCircuit"),
      step: fc.constantFrom("called", "accepted", "refused", "failed"),
    }),
    maybe("circuit", fc.constant("#12345678")),
  ),
  merge(kind("circuit-error", { socket: small, error: fc.constant("NullReferenceException") })),
  merge(kind("reconnect-ui", { state: fc.constantFrom("show", "rejected") })),
  merge(kind("circuit-left", {})),
  merge(
    kind("app-mistake", {
      hub: small,
      mistake: fc.constantFrom("started-twice", "no-handler", "handlers-doubled"),
      count: fc.integer({ min: 1, max: 9 }),
    }),
    maybe("target", fc.constantFrom("tick", "rows")),
    maybe("error", fc.constant("TypeError")),
  ),
  merge(
    kind("call-site", {
      hub: small,
      method: fc.constantFrom("start", "stop"),
      stack: fc.constant("at f (app.js:1:1)"),
    }),
  ),
  merge(kind("hub-lost", { hub: small }), maybe("error", fc.constant("Server timeout elapsed"))),
  merge(
    kind("retry", {
      hub: small,
      previousRetryCount: fc.nat(4),
      elapsed: fc.nat(),
      delay: fc.constantFrom(null, 0, 2_000),
    }),
    maybe("reason", fc.constant("WebSocket failed to connect.")),
  ),
  merge(
    kind("fault", {
      fault: small,
      command: fc.constantFrom(
        { name: "half-open", target: { scope: "page" } },
        { name: "abrupt-loss", target: { scope: "connection", socket: 1 } },
      ),
    }),
  ),
  merge(kind("fault-ended", { fault: small, reason: fc.constant("completed") })),
  merge(
    kind("doctor", {
      run: small,
      url: fc.constant(URL_OF_HUB),
      stay: fc.constantFrom(0, 30_000),
      calls: fc.boolean(),
      client: fc.constant("10.0.11"),
      token: fc.constantFrom("none", "borrowed", "failed", "unknown"),
    }),
    maybe("tokenExpiresAt", fc.integer({ min: START - 900_000, max: START + 900_000 })),
    maybe("transports", fc.constantFrom([], ["LongPolling"], ["WebSockets"])),
    maybe("skipNegotiation", fc.boolean()),
  ),
  merge(kind("doctor-tries", { run: small, check: fc.constantFrom("negotiate", "connect", "stay") })),
  merge(
    kind("doctor-negotiate", {
      run: small,
      url: fc.constant(`${URL_OF_HUB}/negotiate`),
      status: fc.constantFrom(null, 200, 401),
      duration: fc.nat(),
    }),
    maybe("transports", fc.constant(["WebSockets"])),
    maybe("redirectUrl", fc.constantFrom("https://x.service.signalr.net/client/", "?")),
    maybe("redirectedTo", fc.constant("https://board.example/login")),
    maybe("blockedBy", fc.constant("connect-src")),
    maybe("error", fc.constant("Failed to fetch")),
  ),
  merge(
    kind("doctor-connect", {
      run: small,
      transport,
      protocol: fc.constantFrom("json", "messagepack"),
      outcome: fc.constantFrom(
        "connected",
        "not-offered",
        "protocol-refused",
        "refused",
        "silent",
        "negotiate-failed",
      ),
      duration: fc.nat(),
    }),
    maybe("upgradeLost", fc.boolean()),
    maybe("skipNegotiation", fc.boolean()),
    maybe("open", fc.nat()),
    maybe("blockedBy", fc.constant("connect-src")),
  ),
  merge(
    kind("doctor-sticky", {
      run: small,
      transport,
      tried: fc.nat(6),
      notFound: fc.nat(6),
      failed: fc.nat(6),
    }),
  ),
  merge(
    kind("doctor-resume", {
      run: small,
      outcome: fc.constantFrom("resumed", "unproven", "not-granted"),
    }),
  ),
  merge(
    kind("doctor-size", {
      run: small,
      direction,
      transport,
      passed: fc.nat(),
      failed: fc.option(fc.nat()),
    }),
    maybe("status", fc.constantFrom(413, 500)),
    maybe("error", fc.constant("No answer within 10 s.")),
  ),
  merge(
    kind("doctor-stay", {
      run: small,
      transport,
      duration: fc.nat(),
      lost: fc.boolean(),
      pings: fc.nat(9),
    }),
    maybe("interval", fc.nat()),
    maybe("error", fc.constantFrom("Server timeout elapsed", "Unauthorized: Status code '401'")),
  ),
  merge(kind("doctor-ended", { run: small, reason: fc.constantFrom("completed", "cancelled") })),
);
