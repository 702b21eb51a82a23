import { expect, it } from "vitest";
import { eventually } from "./eventually.ts";
import { buildClient, rejection } from "./client.ts";
import { describeHubs } from "./hubs-under-test.ts";
import { connectUrl, negotiate, RawClient, refusedUpgrade } from "./raw-client.ts";

const id: unknown = expect.stringMatching(/^[\w-]{22}$/);

describeHubs("negotiate", (hub) => {
  it("answers version 1 with an id and a token", async () => {
    const { status, headers, json } = await negotiate(hub.board(), "negotiateVersion=1");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json");
    expect(Object.keys(json)).toEqual([
      "negotiateVersion",
      "connectionId",
      "connectionToken",
      "availableTransports",
    ]);
    expect(json).toMatchObject({ negotiateVersion: 1, connectionId: id, connectionToken: id });
    expect(json.connectionToken).not.toBe(json.connectionId);
    expect(json.availableTransports).toEqual([
      { transport: "WebSockets", transferFormats: ["Text", "Binary"] },
      { transport: "ServerSentEvents", transferFormats: ["Text"] },
      { transport: "LongPolling", transferFormats: ["Text", "Binary"] },
    ]);
  });

  it("answers a client that sends no version with version 0, which has no token", async () => {
    const { json } = await negotiate(hub.board(), "");
    expect(Object.keys(json)).toEqual(["negotiateVersion", "connectionId", "availableTransports"]);
    expect(json).toMatchObject({ negotiateVersion: 0, connectionId: id });
    const client = await RawClient.openAt(connectUrl(hub.board(), json.connectionId));
    client.send({ protocol: "json", version: 1 });
    expect(await client.next(0)).toBe("{}");
  });

  it("answers an unknown version with the highest version that it supports", async () => {
    const { json } = await negotiate(hub.board(), "negotiateVersion=7");
    expect(json.negotiateVersion).toBe(1);
  });

  it("reports an error when the version is no number", async () => {
    const { text } = await negotiate(hub.board(), "negotiateVersion=x");
    expect(text).toBe('{"error":"The client requested a non-integer protocol version."}');
  });

  it("doesn't mention stateful reconnect where it isn't allowed", async () => {
    const { text } = await negotiate(hub.board(), "negotiateVersion=1&useStatefulReconnect=true");
    expect(text).not.toContain("useStatefulReconnect");
  });

  it("accepts only POST", async () => {
    expect((await fetch(`${hub.board()}/negotiate`)).status).toBe(405);
  });

  it("accepts a page of another origin, with its credentials", async () => {
    const origin = "http://page.example";
    const preflight = await fetch(`${hub.board()}/negotiate`, {
      method: "OPTIONS",
      headers: {
        Origin: origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-requested-with,x-signalr-user-agent",
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-headers")).toBe(
      "x-requested-with,x-signalr-user-agent",
    );
    const answer = await negotiate(hub.board(), "negotiateVersion=1", { Origin: origin });
    for (const { headers } of [preflight, answer]) {
      expect(headers.get("access-control-allow-origin")).toBe(origin);
      expect(headers.get("access-control-allow-credentials")).toBe("true");
    }
  });

  it("answers the next negotiates with the status that a test sets", async () => {
    await hub.control({
      do: "answerNegotiates",
      status: 429,
      count: 2,
      body: "Slow down",
      retryAfterSeconds: 7,
    });
    const first = await negotiate(hub.board());
    expect([first.status, first.text, first.headers.get("retry-after")]).toEqual([429, "Slow down", "7"]);
    const client = buildClient(hub.board());
    expect(await rejection(client.connection.start())).toBe(
      "Failed to complete negotiation with the server: Error: Slow down: Status code '429'",
    );
    await client.connection.start();
  });

  it("delays negotiates when a test asks for it", async () => {
    await hub.control({ do: "delayNegotiates", delayMilliseconds: 150 });
    const before = Date.now();
    expect((await negotiate(hub.board())).status).toBe(200);
    expect(Date.now() - before).toBeGreaterThanOrEqual(145);
  });
});

describeHubs("connect", (hub) => {
  it("rejects an unknown id", async () => {
    expect(await refusedUpgrade(connectUrl(hub.board(), "nope"))).toEqual({
      status: 404,
      body: "No Connection with that ID",
    });
  });

  it("offers and accepts no transport that the hub doesn't have", async () => {
    const hubUrl = hub.at("no-sockets");
    const { json } = await negotiate(hubUrl);
    expect(json.availableTransports).toEqual([
      { transport: "ServerSentEvents", transferFormats: ["Text"] },
      { transport: "LongPolling", transferFormats: ["Text", "Binary"] },
    ]);
    const refused = { status: 404, body: "WebSockets transport not supported by this end point type" };
    expect(await refusedUpgrade(connectUrl(hubUrl, json.connectionToken))).toEqual(refused);
    expect(await refusedUpgrade(hubUrl.replace(/^http/, "ws"))).toEqual(refused);
  });

  it("rejects a second socket with the same id", async () => {
    const url = connectUrl(hub.board(), (await negotiate(hub.board())).json.connectionToken);
    await RawClient.openAt(url);
    expect(await refusedUpgrade(url)).toEqual({ status: 409, body: "" });
  });

  it("rejects the id of a connection that has ended", async () => {
    const url = connectUrl(hub.board(), (await negotiate(hub.board())).json.connectionToken);
    const client = await RawClient.openAt(url);
    client.send({ protocol: "json", version: 3 });
    await client.closed();
    expect(await refusedUpgrade(url)).toMatchObject({ status: 404 });
  });

  it("accepts a client that skips the negotiate", async () => {
    const client = await RawClient.openAt(hub.board().replace(/^http/, "ws"));
    client.send({ protocol: "json", version: 1 });
    expect(await client.next(0)).toBe("{}");
  });

  it("answers requests other than WebSockets with an error", async () => {
    const request = async (method: string, query: string): Promise<[number, string]> => {
      const response = await fetch(`${hub.board()}${query}`, { method });
      return [response.status, await response.text()];
    };
    const token = String((await negotiate(hub.board())).json.connectionToken);
    await RawClient.openAt(connectUrl(hub.board(), token));
    expect(await request("POST", "")).toEqual([400, "Connection ID required"]);
    expect(await request("GET", "")).toEqual([400, "Connection ID required"]);
    expect(await request("POST", "?id=nope")).toEqual([404, "No Connection with that ID"]);
    expect(await request("GET", "?id=nope")).toEqual([404, "No Connection with that ID"]);
    expect(await request("DELETE", "?id=nope")).toEqual([404, "No Connection with that ID"]);
    expect(await request("PUT", "?id=nope")).toEqual([405, ""]);
    expect(await request("GET", `?id=${token}`)).toEqual([400, "Cannot change transports mid-connection"]);
    expect(await request("POST", `?id=${token}`)).toEqual([
      405,
      "POST requests are not allowed for WebSocket connections.",
    ]);
  });

  it("rejects upgrades with the status that a test sets", async () => {
    const url = connectUrl(hub.board(), (await negotiate(hub.board())).json.connectionToken);
    await hub.control({ do: "refuseUpgrades", status: 503, body: "Full" });
    expect(await refusedUpgrade(url)).toEqual({ status: 503, body: "Full" });
    await RawClient.openAt(url);
  });

  it("answers 429 above a limit, and takes more again as time passes", async () => {
    await hub.control({ do: "limitNegotiates", perSecond: 10, burst: 3 });
    const statuses = (count: number): Promise<number[]> =>
      Promise.all(Array.from({ length: count }, async () => (await negotiate(hub.board())).status));
    const many = await statuses(50);
    expect(new Set(many)).toEqual(new Set([200, 429]));
    expect(many.filter((status) => status === 200).length).toBeGreaterThanOrEqual(3);
    await eventually("one more to be taken", async () => (await statuses(1)).includes(200) || undefined);
    await hub.control({ do: "reset" });
    expect(new Set(await statuses(50))).toEqual(new Set([200]));
  });
});
