import { expect, it } from "vitest";
import { carriedBy, describeCarriers } from "./carriers.ts";
import { startClient } from "./client.ts";
import { describeHubs } from "./hubs-under-test.ts";
import { negotiate } from "./raw-client.ts";

describeHubs("the redirect", (hub) => {
  it("contains the service's address and a token for it, like Azure's", async () => {
    const { status, json } = await negotiate(
      hub.at("redirected", "user=ada"),
      "negotiateVersion=1&useStatefulReconnect=true",
    );
    expect(status).toBe(200);
    expect(Object.keys(json)).toEqual(["negotiateVersion", "url", "accessToken", "availableTransports"]);
    expect(json).toMatchObject({
      url: `${hub.origin}/client/?hub=board&asrs.op=%2Fhubs%2Fredirected&user=ada&negotiateVersion=1&useStatefulReconnect=true`,
      availableTransports: [],
    });
    const claims = JSON.parse(
      Buffer.from(String(json.accessToken).split(".")[1] ?? "", "base64url").toString(),
    ) as Record<string, unknown>;
    expect(claims.aud).toBe(`${hub.origin}/client/?hub=board`);
    expect(Number(claims.exp) - Date.now() / 1_000).toBeGreaterThan(3_500);
  });

  it("leads to 401 without the token", async () => {
    const { status } = await negotiate(`${hub.origin}/client?hub=board`);
    expect(status).toBe(401);
  });

  it("can be rejected like any negotiate", async () => {
    await hub.control({ do: "answerNegotiates", status: 500, body: "Not connected yet." });
    expect((await negotiate(hub.at("redirected"))).status).toBe(500);
  });

  it("works with stateful reconnect", async () => {
    const { connection, told } = await startClient(hub.at("redirected"), { stateful: true });
    await hub.control({ do: "dropSockets" });
    expect(await connection.invoke("Add", 1, 2)).toBe(3);
    expect(told).toEqual([]);
    expect((await hub.log()).map(({ event }) => event)).toContain("transport resumed");
  });
});

describeCarriers("a redirected client", (hub, carrier) => {
  it("negotiates twice, and again when it reconnects", async () => {
    const client = await startClient(hub.at("redirected"), {
      ...carriedBy(carrier),
      retryDelaysMilliseconds: [0, 10],
    });
    expect(await client.connection.invoke("WhoAmI")).toBe(client.connection.connectionId);
    await hub.control({ do: "dropSockets" });
    await client.untilTold("reconnected");
    expect(await client.connection.invoke("Add", 1, 2)).toBe(3);
    const negotiates = (await hub.log()).filter(({ event }) => /^(redirected|negotiated)$/.test(event));
    expect(negotiates.map(({ event, detail }) => (event === "redirected" ? event : detail))).toEqual([
      "redirected",
      "/client",
      "redirected",
      "/client",
    ]);
  });
});
