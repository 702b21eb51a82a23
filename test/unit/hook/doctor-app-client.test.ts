// @vitest-environment happy-dom
import { later } from "./in-a-page.ts";
import * as newest from "@microsoft/signalr";
import * as v31 from "signalr-3.1";
import * as v5 from "signalr-5";
import { describe, expect, it } from "vitest";
import { findAppClient } from "../../../content-script/doctor/app-client.ts";
import type { TransportConnection } from "../../../content-script/hook/transport/transport-connection.ts";
import type { PageHub } from "../../../content-script/sentinel/probe.ts";

const URL_OF_HUB = "https://board.example/hubs/board";
const order = (url = URL_OF_HUB) => ({ url, stay: 0, calls: true });

/** What the page has: HubConnections that the probe has found, and addresses of open connections. */
const find = (hubs: readonly unknown[], live: readonly string[] = [], url?: string) =>
  findAppClient(order(url), {
    hubs: () => hubs as PageHub[],
    connections: { live: () => live.map((one) => ({ url: one }) as TransportConnection) } as never,
  });

/** A HubConnection as a minifier left it. */
const hub = (options: object, more: object = {}) => ({
  state: "Disconnected",
  baseUrl: URL_OF_HUB,
  connection: { a: null, q: "x", zz: { logMessageContent: false, ...options } },
  ...more,
});
const throwing = (): never => {
  throw new Error("page's own");
};

describe.each([
  ["3.1", v31],
  ["5", v5],
  ["10", newest],
] as const)("the options of client %s", (version, client) => {
  const built = (options: object) =>
    new client.HubConnectionBuilder()
      .configureLogging({ log: () => undefined })
      .withUrl(URL_OF_HUB, { ...own(), ...options })
      .build();
  const own = (): object => ({ httpClient: new OwnHttpClient() });
  // An app's own, with what looks like an option.
  class OwnHttpClient extends newest.HttpClient {
    readonly accessTokenFactory = (): string => "another";
    send(): Promise<never> {
      return Promise.reject(new Error("not used"));
    }
  }

  it("are found", async () => {
    const options = {
      accessTokenFactory: () => "its token",
      transport: newest.HttpTransportType.WebSockets | newest.HttpTransportType.LongPolling,
      headers: { "X-Tenant": "seven" },
      withCredentials: false,
    };
    expect(await find([built(options)])).toEqual({
      url: URL_OF_HUB,
      token: "borrowed",
      accessToken: "its token",
      error: undefined,
      transports: ["WebSockets", "LongPolling"],
      skipNegotiation: false,
      headers: { "X-Tenant": "seven" },
      withCredentials: false,
      serverTimeout: 30_000,
      keepAliveInterval: 15_000,
      newToken: expect.any(Function) as unknown,
    });
  });

  it("are found where the app leaves them out", async () => {
    const connection = built({ skipNegotiation: true, transport: newest.HttpTransportType.WebSockets });
    connection.serverTimeoutInMilliseconds = 60_000;
    expect(await find([connection])).toMatchObject({
      token: "none",
      accessToken: undefined,
      transports: ["WebSockets"],
      skipNegotiation: true,
      headers: {},
      withCredentials: true,
      serverTimeout: 60_000,
    });
    expect(await find([built({})])).toMatchObject({ transports: undefined, skipNegotiation: false });
    expect(version).not.toBe("");
  });
});

describe("the app's client", () => {
  it("is the connected one of several at this address, or else the newest", async () => {
    const tokens = (...states: readonly string[]) =>
      states.map((state, i) => hub({ accessTokenFactory: () => `token ${i}` }, { state }));
    expect(await find(tokens("Connected", "Disconnected"))).toMatchObject({ accessToken: "token 0" });
    expect(await find(tokens("Disconnected", "Reconnecting"))).toMatchObject({ accessToken: "token 1" });
    const other = hub({ accessTokenFactory: () => "other" }, { baseUrl: "https://board.example/hubs/other" });
    expect(await find([...tokens("Disconnected"), { ...other, state: "Connected" }])).toMatchObject({
      accessToken: "token 0",
    });
    expect(await find([other])).toMatchObject({ token: "unknown", accessToken: undefined });
  });

  it("keeps the query that the app gives to the hub", async () => {
    expect(await find([hub({}, { baseUrl: `${URL_OF_HUB}?room=7` })])).toMatchObject({
      url: `${URL_OF_HUB}?room=7`,
    });
  });

  it("takes nothing from getters and proxies that throw", async () => {
    const evil = new Proxy({}, { ownKeys: throwing, getOwnPropertyDescriptor: throwing, get: throwing });
    const getter = { get: throwing, enumerable: true };
    const found = [
      hub({}, { connection: evil }),
      hub({}, { connection: { a: evil } }),
      hub({ headers: evil }),
      Object.defineProperties(hub({}), { state: getter, serverTimeoutInMilliseconds: getter }),
      hub(
        Object.defineProperty({}, "headers", {
          value: Object.defineProperty({}, "X", getter),
          enumerable: true,
        }),
      ),
    ];
    for (const one of found)
      expect(await find([one])).toMatchObject({ url: URL_OF_HUB, headers: {}, accessToken: undefined });
    expect(await find([Object.defineProperty(hub({}), "baseUrl", getter)])).toMatchObject({
      token: "unknown",
    });
    const options = Object.defineProperties(
      { logMessageContent: false },
      { accessTokenFactory: getter, transport: getter, withCredentials: getter },
    );
    expect(await find([hub({}, { connection: { options } })])).toMatchObject({ token: "none" });
  });
});

describe("the token factory", () => {
  const by = (accessTokenFactory: unknown) => find([hub({ accessTokenFactory })]);

  it("returns a token, or a promise of one", async () => {
    expect(await by(() => "now")).toMatchObject({ token: "borrowed", accessToken: "now" });
    expect(await by(() => Promise.resolve("soon"))).toMatchObject({ token: "borrowed", accessToken: "soon" });
  });

  it("returns none", async () => {
    for (const value of ["", null, undefined, 7])
      expect(await by(() => value)).toMatchObject({ token: "none", accessToken: undefined });
  });

  it("fails", async () => {
    expect(await by(throwing)).toMatchObject({ token: "failed", error: "page's own" });
    expect(await by(() => Promise.reject(new Error("later")))).toMatchObject({
      token: "failed",
      error: "later",
    });
  });

  it("never answers", async () => {
    const found = by(() => new Promise(() => undefined));
    await later(10_000);
    expect(await found).toMatchObject({
      token: "failed",
      error: "The app's token factory did not answer within 10 s.",
    });
  });
});

describe("without the client probe", () => {
  const live = "wss://board.example/hubs/board?room=7&id=secret&access_token=a%2Eb";

  it("an open connection has the token in its address", async () => {
    expect(await find([], [live])).toMatchObject({
      url: `${URL_OF_HUB}?room=7`,
      token: "borrowed",
      accessToken: "a.b",
      transports: undefined,
      skipNegotiation: undefined,
      serverTimeout: undefined,
    });
    expect(await find([], ["wss://board.example/hubs/board?access_token=%E0%A4%A"])).toMatchObject({
      accessToken: "%E0%A4%A",
    });
  });

  it("no token is known of one without, or of another hub's", async () => {
    const unknown = { token: "unknown", accessToken: undefined };
    expect(await find([], [`${URL_OF_HUB}?id=1`])).toMatchObject(unknown);
    expect(await find([], ["wss://board.example/hubs/other?access_token=x"])).toMatchObject(unknown);
    expect(await find([])).toMatchObject({ url: URL_OF_HUB, ...unknown });
  });

  it("a redacted address is no address", async () => {
    await expect(find([], [], `${URL_OF_HUB}?key=…`)).rejects.toThrow("full address is not known");
    // Its path is known: the rest is the app's.
    expect(await find([], [live], `${URL_OF_HUB}?key=…`)).toMatchObject({ url: `${URL_OF_HUB}?room=7` });
  });
});

it("asks for a new token for each connection", async () => {
  let asked = 0;
  const app = await find([hub({ accessTokenFactory: () => `ticket ${++asked}` })]);
  expect([app.accessToken, await app.newToken(), await app.newToken()]).toEqual([
    "ticket 1",
    "ticket 2",
    "ticket 3",
  ]);
});

it("takes the hub with the query that was asked for, as far as it is recorded", async () => {
  const tenant = (name: string): object =>
    hub({ headers: { tenant: name } }, { baseUrl: `${URL_OF_HUB}?tenant=${name}`, state: "Connected" });
  const hubs = [tenant("a"), tenant("b"), hub({})];
  expect(await find(hubs, [], `${URL_OF_HUB}?tenant=b`)).toMatchObject({
    url: `${URL_OF_HUB}?tenant=b`,
    headers: { tenant: "b" },
  });
  expect(await find(hubs, [], `${URL_OF_HUB}?tenant=…`)).toMatchObject({ url: `${URL_OF_HUB}?tenant=a` });
  expect(await find(hubs)).toMatchObject({ url: URL_OF_HUB });
});
