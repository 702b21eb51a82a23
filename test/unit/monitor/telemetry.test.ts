/** What leaves a page: planted secrets must be in none of it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createJudge } from "../../../content-script/monitor/judge/main.ts";
import { browserNameOf } from "../../../content-script/monitor/telemetry/browser-name.ts";
import { createConnections } from "../../../content-script/monitor/telemetry/connections.ts";
import { hubPathOf } from "../../../content-script/monitor/telemetry/hub-path.ts";
import { createMetrics } from "../../../content-script/monitor/telemetry/metrics.ts";
import {
  causeAttributes,
  connectionSpan,
  troubleSpan,
} from "../../../content-script/monitor/telemetry/spans.ts";
import type { RecordedEvent, Unstamped } from "../../../extension/core/events/events.ts";
import { ATTRIBUTE_NAMES } from "../../../extension/otlp/attribute-names.ts";
import { attributesOf } from "../../harness/monitor/received.ts";

const rate = { key: "hubscope.sample_rate", value: { doubleValue: 0.1 } };
const settings = {
  ...{ page: "p", rate, connectionIds: false },
  hubPath: (url: string) => hubPathOf(url, undefined),
};

/** A start that fails, a connection, its loss, and a try that is refused: with a secret wherever a page or a server may have one. */
function planted(s: string): RecordedEvent[] {
  const url = `https://${s}:${s}@board.example/hubs/${s}/board?id=${s}&access_token=${s}#${s}`;
  const negotiate = (request: number, t: number) => ({
    kind: "negotiate" as const,
    api: "fetch" as const,
    ...{ t, request, url: url.replace("?", "/negotiate?") },
    ...{ askedStatefulReconnect: false, clientVersion: `8.0.1 ${s}` },
  });
  const events: (Unstamped & { readonly t: number })[] = [
    {
      ...{ kind: "page", t: 1_000, url, userAgent: s, openedAt: 1, top: true, visible: true, online: true },
      ...{ wasDiscarded: false, navigation: "navigate", probe: true },
    },
    { kind: "hub", t: 1_001, hub: 1, url, serverTimeout: 1, keepAliveInterval: 1, hasReconnectPolicy: true },
    { kind: "hub-state", t: 1_002, hub: 1, from: "Disconnected", to: "Connecting" },
    negotiate(1, 1_003),
    {
      kind: "negotiate-ended",
      t: 1_010,
      request: 1,
      status: 200,
      connectionId: s,
      transports: [s],
    },
    { kind: "socket", t: 1_011, socket: 1, transport: "WebSockets", url, request: 1 },
    { kind: "socket-opened", t: 1_012, socket: 1 },
    { kind: "handshake", t: 1_013, socket: 1, direction: "out", protocol: s, version: 1 },
    { kind: "handshake", t: 1_014, socket: 1, direction: "in" },
    { kind: "hub-state", t: 1_015, hub: 1, from: "Connecting", to: "Connected", connectionId: s },
    {
      ...{ kind: "message", t: 2_000, socket: 1, direction: "in", type: 7, size: 10 },
      ...{ error: `Connection closed with an error. ${s}`, allowReconnect: true, target: s, invocationId: s },
    },
    { kind: "socket-closed", t: 2_001, socket: 1, code: 1006, reason: s, wasClean: false, error: s },
    { kind: "hub-lost", t: 2_002, hub: 1, error: s },
    { kind: "hub-state", t: 2_003, hub: 1, from: "Connected", to: "Reconnecting" },
    { kind: "retry", t: 2_004, hub: 1, previousRetryCount: 0, elapsed: 0, delay: 0, reason: s, threw: s },
    negotiate(2, 2_005),
    {
      ...{
        kind: "negotiate-ended",
        t: 2_010,
        request: 2,
        status: 503,
        statusText: s,
        error: s,
        retryAfter: s,
      },
      redirectedTo: url,
    },
    { kind: "hub-state", t: 2_011, hub: 1, from: "Reconnecting", to: "Disconnected" },
  ];
  return events.map((event, seq): RecordedEvent => ({ ...event, seq }));
}

function sentOf(events: readonly RecordedEvent[]) {
  const spans: ReturnType<typeof connectionSpan>[] = [];
  const metrics = createMetrics(0, rate);
  const connections = createConnections({
    connected: () => undefined,
    ended: (connection, end) => spans.push(connectionSpan(connection, end, 3_000, settings)),
    troubled: () => undefined,
    answered: () => undefined,
  });
  for (const event of events) connections.take(event);
  const judge = createJudge(new Map());
  judge.apply(events);
  const troubles = [...judge.troubles().map(({ judged }) => judged()), ...connections.troubles()];
  for (const trouble of troubles) {
    spans.push(troubleSpan(trouble, 3_000, settings));
    metrics.add("hubscope.interruptions", {
      "hubscope.hub": settings.hubPath(trouble.hubUrl),
      ...causeAttributes(trouble),
    });
  }
  return { spans, troubles, metrics: metrics.take(3_000) };
}

describe("what is sent", () => {
  it("has no secret, no id, no query, no text of a server in it", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{24}$/), (id) => {
        const { spans, metrics } = sentOf(planted(id));
        expect(spans.length).toBeGreaterThanOrEqual(3);
        expect(JSON.stringify([spans, metrics])).not.toContain(id);
      }),
    );
  });

  it("says the cause, what prevented the reconnect, and the status", () => {
    const { spans } = sentOf(planted("0123456789abcdef01234567"));
    const lost = spans.map(attributesOf).find((values) => values["hubscope.kind"] === "interruption");
    expect(lost).toMatchObject({
      "hubscope.hub": "/hubs/{id}/board",
      "server.address": "board.example",
      "hubscope.confidence": expect.any(String) as string,
      "hubscope.reconnect_prevented_by": "unavailable",
      "http.response.status_code": "503",
      "hubscope.client_version": "8.0.1",
      "hubscope.sample_rate": 0.1,
    });
    for (const values of spans.map(attributesOf))
      expect(ATTRIBUTE_NAMES).toEqual(expect.arrayContaining(Object.keys(values)));
  });

  it("has connection ids only if they are asked for", () => {
    const events = planted("0123456789abcdef01234567");
    const judge = createJudge(new Map());
    judge.apply(events);
    const [lost] = judge.troubles().map(({ judged }) => judged());
    if (!lost) throw new Error("no interruption");
    const ids = attributesOf(troubleSpan(lost, 3_000, { ...settings, connectionIds: true }));
    expect(ids["hubscope.connection_id.before"]).toBe("0123456789abcdef01234567");
    expect(attributesOf(troubleSpan(lost, 3_000, settings))).not.toHaveProperty(
      "hubscope.connection_id.before",
    );
  });
});

describe("the path of a hub", () => {
  it.each([
    ["https://a.example/hubs/chat?x=1", "/hubs/chat"],
    ["https://a.example/boards/81/hub", "/boards/{id}/hub"],
    ["https://a.example/t/3f2504e0-4f89-11d3-9a0c-0305e82c3301/hub", "/t/{id}/hub"],
    ["https://a.example/users/jane%40a.example/hub", "/users/{id}/hub"],
    ["https://a.example/eyJhbGciOiJIUzI1NiJ9.e30.x/hub", "/{id}/hub"],
    ["https://a.example/notifications-and-messages", "/notifications-and-messages"],
    ["https://a.example/v2/hub", "/v2/hub"],
  ])("%s is sent as %s", (url, path) => {
    expect(hubPathOf(url, undefined)).toBe(path);
  });

  it("is the app's own word, if it has one", () => {
    expect(hubPathOf("https://a.example/acme/hub?x", (path) => path.replace("acme", "{tenant}"))).toBe(
      "/{tenant}/hub",
    );
  });
});

it.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "140"],
  [
    "Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
    "Chrome",
    "156",
  ],
  ["Mozilla/5.0 (Windows) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.1.2", "Edge", "156"],
  [
    "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15",
    "Safari",
    "18",
  ],
  ["curl/8", "other", ""],
])("the browser of %s is %s", (agent, name, version) => {
  expect(browserNameOf(agent)).toEqual({ name, version });
});

describe("metrics", () => {
  it("are what happened since the last time, and bounded", () => {
    const metrics = createMetrics(1_000, rate);
    for (let i = 0; i < 500; i++) metrics.add("hubscope.connections", { "hubscope.hub": `/hub${i}` });
    metrics.recovered({ "hubscope.hub": "/hub" }, 1_500);
    const [connections, recovery] = metrics.take(2_000);
    expect(connections?.sum).toMatchObject({ aggregationTemporality: 1, isMonotonic: true });
    expect(connections?.sum?.dataPoints).toHaveLength(100);
    expect(recovery?.histogram?.dataPoints).toMatchObject([{ count: "1", sum: 1.5, min: 1.5, max: 1.5 }]);
    expect(metrics.take(3_000)).toEqual([]);
  });
});
