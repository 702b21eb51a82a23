/** What may be between a page and its hub, and what the connection doctor must say about it. */
import { expect } from "vitest";
import type { DoctorTopic, Place as Where } from "../../../extension/core/doctor/report.ts";
import type { Milliseconds } from "../../../extension/core/units.ts";
import type { ClientSettings } from "../../harness/clients/page.ts";
import { NGINX_FOR_SIGNALR, NGINX_UPGRADE, type Gateway } from "../../harness/situation/gateway.ts";
import { allow, http, type Place } from "../../harness/situation/place.ts";
import { startNodeHub } from "../../harness/hubs/node/node-hub.ts";
import { PLANTED } from "../../harness/planted-secrets.ts";

export interface DoctorSituation {
  readonly name: string;
  /** Path and query of the hub; its board hub when absent. */
  readonly hub?: string;
  /** The page's own client. */
  readonly client?: Partial<ClientSettings>;
  /**
   * What its start comes to, which shows that the situation is real: "connected", or the error. null: nothing, as long as the
   * doctor needs.
   */
  readonly start: "connected" | RegExp | null;
  /** The connect-src of the page's Content-Security-Policy. */
  readonly connectSources?: (hub: string) => string;
  /** The app's own connection is lost meanwhile. */
  readonly losesApp?: true;
  readonly gateway?: Gateway;
  /** The gateway has two servers behind it. */
  readonly twoServers?: true;
  /** What is there instead of a server. */
  readonly at?: () => Promise<Place>;
  /** How long connections are left open. */
  readonly stay?: Milliseconds;
  readonly where: Where | null;
  /** Every topic that is a problem, the worst first. */
  readonly problems: readonly DoctorTopic[];
  /** What one of the verdicts says, and what none of them does. */
  readonly says?: RegExp;
  readonly saysNot?: RegExp;
  /** Each is one of the recorded facts. */
  readonly facts?: readonly object[];
}

const nginx = (location: string, more: Partial<Extract<Gateway, { kind: "nginx" }>> = {}): Gateway => ({
  kind: "nginx",
  location,
  ...more,
});

/** Each transport, with each protocol that it can carry. */
const EVERYTHING: readonly object[] = (
  [
    ["WebSockets", "json"],
    ["WebSockets", "messagepack"],
    ["ServerSentEvents", "json"],
    ["LongPolling", "json"],
  ] as const
).map(([transport, protocol]) => ({
  kind: "doctor-connect",
  transport,
  protocol,
  outcome: "connected",
}));
/** Firefox says goodbye to the server when a page drops a socket: then the connection is over. */
const GRANTED = { kind: "doctor-resume", outcome: expect.stringMatching(/^(resumed|unproven)$/) as string };
const UPGRADE_LOST = {
  kind: "doctor-connect",
  transport: "WebSockets",
  outcome: "refused",
  upgradeLost: true,
};
const BLOCKED = {
  kind: "doctor-connect",
  transport: "WebSockets",
  outcome: "refused",
};

const answers = (status: number, body: string) =>
  http((request, answer) => {
    allow(request, answer);
    if (request.method === "OPTIONS") answer.writeHead(204).end();
    else answer.writeHead(status, { "Content-Type": "text/html" }).end(body);
  });

const SECRETS = PLANTED.map(({ text }) => text).join("\n");

export const SITUATIONS: readonly DoctorSituation[] = [
  {
    name: "a healthy server that allows stateful reconnect",
    hub: "/hubs/stateful",
    client: { stateful: true },
    start: "connected",
    stay: 1_500,
    where: null,
    problems: [],
    facts: [...EVERYTHING, GRANTED],
  },
  {
    name: "a healthy server that doesn't",
    start: "connected",
    where: null,
    problems: [],
    facts: [...EVERYTHING, { kind: "doctor-resume", outcome: "not-granted" }],
  },
  {
    name: "the embedded server",
    hub: "/hubs/stateful?keepAlive=500",
    client: { stateful: true, protocol: "messagepack" },
    at: startNodeHub,
    start: "connected",
    stay: 1_500,
    where: null,
    problems: [],
    facts: [...EVERYTHING, GRANTED],
  },
  {
    name: "nginx as it should be",
    gateway: nginx(NGINX_FOR_SIGNALR),
    start: "connected",
    where: null,
    problems: [],
    facts: EVERYTHING,
  },
  {
    name: "nginx with plain proxy_pass",
    gateway: nginx(""),
    client: { transport: "WebSockets" },
    start: /WebSocket failed to connect/,
    where: "between",
    // The app's client may use nothing but WebSockets, so it can't fall back.
    problems: ["websockets", "event-streams", "beside-app"],
    says: /proxy_set_header Upgrade/,
    facts: [UPGRADE_LOST],
  },
  {
    name: "nginx that drops the Upgrade header, but passes event streams",
    gateway: nginx("proxy_buffering off;"),
    start: "connected",
    where: "between",
    problems: ["websockets"],
    says: /proxy_set_header Upgrade/,
    facts: [UPGRADE_LOST],
  },
  {
    name: "nginx that holds event streams back",
    // nginx holds back what it gets by HTTP/1.0, its default for a server behind it. WebSockets need 1.1.
    gateway: nginx(
      `error_page 418 = @streams; if ($http_accept ~ event-stream) { return 418; } ${NGINX_UPGRADE}`,
      { before: "location @streams { proxy_pass http://hubs; }" },
    ),
    start: "connected",
    where: "between",
    problems: ["event-streams"],
    facts: [
      { kind: "doctor-connect", transport: "WebSockets", outcome: "connected" },
      { kind: "doctor-connect", transport: "LongPolling", outcome: "connected" },
    ],
    says: /proxy_buffering off/,
  },
  {
    name: "nginx that answers WebSockets with 403",
    gateway: nginx(`if ($http_upgrade) { return 403; } ${NGINX_FOR_SIGNALR}`),
    start: "connected",
    where: "between",
    problems: ["websockets"],
    saysNot: /proxy_set_header Upgrade/,
    facts: [BLOCKED],
  },
  {
    name: "a firewall that cuts WebSockets",
    gateway: nginx(`if ($http_upgrade) { return 444; } ${NGINX_FOR_SIGNALR}`),
    start: "connected",
    where: "between",
    problems: ["websockets"],
    saysNot: /proxy_set_header Upgrade/,
    facts: [BLOCKED],
  },
  {
    name: "two servers without stickiness",
    gateway: nginx(NGINX_FOR_SIGNALR),
    twoServers: true,
    start: /404|failed to connect/,
    where: "between",
    problems: ["sticky"],
    says: /sticky|affinity/i,
  },
  {
    name: "two servers without stickiness, and an app that skips the negotiation",
    gateway: nginx(NGINX_FOR_SIGNALR),
    twoServers: true,
    client: { transport: "WebSockets", skipNegotiation: true },
    start: "connected",
    where: null,
    problems: [],
  },
  {
    name: "a service that the server redirects to",
    hub: "/hubs/redirected",
    start: "connected",
    where: null,
    problems: [],
    says: /sends clients on to/,
    facts: [...EVERYTHING, GRANTED],
  },
  {
    name: "an expired token",
    hub: "/hubs/secure",
    client: { tokens: ["-60"] },
    start: /401/,
    where: "app",
    problems: ["token"],
    says: /expired/,
  },
  {
    name: "a token factory that throws",
    hub: "/hubs/secure",
    client: { tokens: ["throws"] },
    start: /No token today/,
    where: "app",
    problems: ["token"],
    says: /accessTokenFactory threw/,
  },
  {
    name: "an app without a token",
    hub: "/hubs/secure",
    start: /401/,
    where: "app",
    problems: ["token"],
  },
  {
    name: "answers that the page may not read",
    // nginx drops the CORS headers of the server; one of the location replaces those of the gateway.
    gateway: nginx(`${NGINX_FOR_SIGNALR} add_header X-Other 1;`),
    start: /Failed to (fetch|complete negotiation)|NetworkError/,
    where: "server",
    problems: ["reach"],
    says: /CORS/,
  },
  {
    name: "a policy of the page without ws:",
    connectSources: (hub) => `'self' ${hub}`,
    // In Chromium the blocked WebSocket never closes, and the client waits for it.
    start: null,
    where: "app",
    problems: ["websockets"],
    says: /connect-src/,
  },
  {
    name: "a policy of the page without the hub",
    connectSources: () => "'self'",
    start: /Failed to (fetch|complete negotiation)|NetworkError/,
    where: "app",
    problems: ["reach"],
    says: /connect-src/,
  },
  {
    name: "a hub without WebSockets",
    hub: "/hubs/no-sockets",
    start: "connected",
    where: "server",
    problems: ["websockets"],
    facts: [{ kind: "doctor-connect", transport: "WebSockets", outcome: "not-offered" }],
  },
  {
    name: "an app that uses long polling only",
    client: { transport: "LongPolling" },
    start: "connected",
    where: "app",
    problems: ["beside-app"],
  },
  {
    name: "a wrong address of the hub",
    hub: "/hubs/none",
    start: /404/,
    where: "server",
    problems: ["reach"],
    says: /404/,
  },
  {
    name: "HTML in place of the hub",
    at: answers(200, "<!doctype html><title>Sign in</title>"),
    start: /JSON/,
    where: "server",
    problems: ["reach"],
  },
  {
    name: "an error page full of secrets",
    at: answers(500, SECRETS),
    start: /500/,
    where: "server",
    problems: ["reach"],
    says: /500/,
  },
  {
    name: "nobody behind the gateway",
    gateway: nginx("", { nobodyBehind: true }),
    start: /502/,
    where: "server",
    problems: ["reach"],
    says: /502/,
  },
  {
    name: "nginx that cuts idle connections after 6 s",
    hub: "/hubs/board?keepAlive=60000",
    gateway: nginx(`${NGINX_FOR_SIGNALR} proxy_read_timeout 6s;`),
    start: "connected",
    losesApp: true,
    stay: 10_000,
    where: "between",
    problems: ["stay"],
  },
  {
    name: "nginx that drops the Upgrade header and allows only small messages",
    gateway: nginx("proxy_buffering off; client_max_body_size 1k;"),
    start: "connected",
    where: "between",
    problems: ["websockets", "size"],
    says: /client_max_body_size/,
  },
];
