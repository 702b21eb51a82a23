// @vitest-environment happy-dom
/** A client since .NET 11 sends a new token for an open connection: `POST …/refresh?id={token}`. */
import { later } from "./in-a-page.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { createTransportConnections } from "../../../content-script/hook/transport/transport-connection.ts";
import {
  createTransports,
  type Transports,
} from "../../../content-script/hook/transport/http-connections.ts";
import type { HttpAnswer, HttpWatch } from "../../../content-script/hook/transport/http-request.ts";
import { createRecorder } from "../../../content-script/hook/record/recorder.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";

const TOKEN = "ConnT0kenSecret55";
const OLD = "OldAccessTok3n66";
const NEW = "NewAccessTok3n77";
const NEGOTIATE = 4;

let sent: RecordedEvent[];
let transports: Transports;
beforeEach(() => {
  sent = [];
  const recorder = createRecorder({ send: (events) => void sent.push(...events), idle: () => false });
  const connections = createTransportConnections({ added: () => undefined, removed: () => undefined });
  transports = createTransports(connections, (token) => (token === TOKEN ? NEGOTIATE : undefined), {
    recorder,
    hold: () => undefined,
    rule: () => undefined,
    ended: () => undefined,
    beforeStart: () => undefined,
  });
});

function request(method: string, url: string, body?: string): HttpWatch | undefined {
  return transports.sees({
    api: "fetch",
    url,
    method,
    body,
    header: (name) => (name === "Authorization" ? `Bearer ${NEW}` : null),
  });
}
/** The answer comes after 40 ms. */
async function answer(watch: HttpWatch | undefined, status: number, body: string): Promise<void> {
  const answered: HttpAnswer = {
    status,
    statusText: status === 200 ? "OK" : "Unauthorized",
    header: () => null,
    answeredBy: undefined,
    made: false,
  };
  await later(40);
  expect(watch?.reads(answered)).toBe("short text");
  watch?.answered(answered, body);
}
async function recorded(): Promise<unknown[]> {
  await later(1_000);
  return sent.map(({ seq: _seq, t: _t, ...event }) => event);
}

const REFRESH = `https://host.test/hub/refresh?id=${TOKEN}`;

describe("a refresh of the token", () => {
  it("is recorded with the connection's negotiate, its status, and how long the token lasts", async () => {
    await answer(request("POST", REFRESH), 200, '{"tokenLifetimeSeconds":3600}');
    expect(await recorded()).toEqual([
      { kind: "refresh", request: NEGOTIATE, duration: 40, status: 200, tokenLifetime: 3_600_000 },
    ]);
  });

  it("says so if the server told no lifetime", async () => {
    await answer(request("POST", REFRESH), 200, "");
    expect(await recorded()).toEqual([{ kind: "refresh", request: NEGOTIATE, duration: 40, status: 200 }]);
  });

  it("that is refused has the server's words, without the token", async () => {
    await answer(request("POST", REFRESH), 401, `Token ${NEW} is not valid`);
    expect(await recorded()).toEqual([
      {
        kind: "refresh",
        request: NEGOTIATE,
        duration: 40,
        status: 401,
        error: "Token … is not valid",
      },
    ]);
  });

  it("that is refused without words has its status text", async () => {
    await answer(request("POST", REFRESH), 401, "");
    expect(await recorded()).toMatchObject([{ status: 401, error: "Unauthorized" }]);
  });

  it("that gets no answer has the browser's error", async () => {
    const watch = request("POST", REFRESH);
    await later(7);
    watch?.failed(new TypeError("Failed to fetch"));
    expect(await recorded()).toEqual([
      {
        kind: "refresh",
        request: NEGOTIATE,
        duration: 7,
        status: null,
        error: "TypeError: Failed to fetch",
      },
    ]);
  });

  it("with more in its query is one, too", async () => {
    await answer(
      request("POST", `https://host.test/hub/refresh?tenant=7&id=${TOKEN}&access_token=${OLD}`),
      200,
      "",
    );
    expect(await recorded()).toMatchObject([{ kind: "refresh" }]);
  });

  it("of a connection over long polling isn't one of its messages", async () => {
    request("GET", `https://host.test/hub?id=${TOKEN}`);
    await answer(request("POST", REFRESH), 200, "");
    expect((await recorded()).map((event) => (event as { kind: string }).kind)).toEqual([
      "socket",
      "refresh",
    ]);
  });
});

describe("no refresh of the token is", () => {
  it("a request with an id that no negotiate has answered with", async () => {
    expect(request("POST", "https://host.test/hub/refresh?id=other")).toBeUndefined();
    expect(await recorded()).toEqual([]);
  });

  it("a message to a hub that is itself called refresh", async () => {
    request("GET", REFRESH);
    request("POST", REFRESH, '{"protocol":"json","version":1}\x1e');
    expect((await recorded()).map((event) => (event as { kind: string }).kind)).toEqual([
      "socket",
      "handshake",
    ]);
  });

  it("a poll, or the end of one", async () => {
    request("GET", REFRESH);
    request("DELETE", REFRESH);
    expect(JSON.stringify(await recorded())).not.toContain('"refresh"');
  });
});
