import { expect, it } from "vitest";
import { createTestToken } from "../harness/hubs/node/test-token.ts";
import { carriedBy, type Carrier, carriers } from "./carriers.ts";
import { buildClient, rejection, startClient } from "./client.ts";
import { describeHubs } from "./hubs-under-test.ts";
import { connectUrl, negotiate, RawClient, refusedUpgrade } from "./raw-client.ts";

/** A token that is valid for at least this time, and up to a second longer, as ASP.NET Core rounds to whole seconds. */
const tokenFor = (milliseconds: number, claims = {}): string =>
  createTestToken({ exp: Math.ceil((Date.now() + milliseconds) / 1_000), ...claims });
const bearer = (token: string): object => ({ Authorization: `Bearer ${token}` });

describeHubs("a hub that requires a token", (hub) => {
  it.for([
    ["no token", {}, 401],
    ["an expired one", bearer(tokenFor(-1_000)), 401],
    ["one without an expiry", bearer(createTestToken({ exp: NaN })), 401],
    ["nonsense", bearer("nonsense"), 401],
    ["one that isn't enough", bearer(tokenFor(60_000, { forbidden: true })), 403],
    ["a good one", bearer(tokenFor(60_000)), 200],
  ] as const)("answers a negotiate with %s", async ([, headers, status]) => {
    const answer = await negotiate(hub.at("secure"), "negotiateVersion=1", headers);
    expect(answer.status).toBe(status);
    if (status !== 200) expect(answer.text).toBe("");
  });

  it("requires it in every request, from browsers in the query", async () => {
    const good = tokenFor(60_000);
    const { json } = await negotiate(hub.at("secure"), "negotiateVersion=1", bearer(good));
    const url = connectUrl(hub.at("secure"), json.connectionToken);
    expect((await refusedUpgrade(url)).status).toBe(401);
    expect((await refusedUpgrade(`${url}&access_token=${tokenFor(-1_000)}`)).status).toBe(401);
    expect(
      (await refusedUpgrade(`${url}&access_token=${tokenFor(60_000, { forbidden: true })}`)).status,
    ).toBe(403);
    const client = await RawClient.openAt(`${url}&access_token=${good}`);
    client.send({ protocol: "json", version: 1 });
    expect(await client.next(0)).toBe("{}");
    const post = await fetch(url.replace(/^ws/, "http"), { method: "POST" });
    expect(post.status).toBe(401);
  });

  it("refuses a client with the status in its error", async () => {
    const refused = (token: string): Promise<string> =>
      rejection(buildClient(hub.at("secure"), { accessToken: () => token }).connection.start());
    expect(await refused(tokenFor(-1_000))).toBe(
      "Failed to complete negotiation with the server: Error: Unauthorized: Status code '401'",
    );
    expect(await refused(tokenFor(60_000, { forbidden: true }))).toBe(
      "Failed to complete negotiation with the server: Error: Forbidden: Status code '403'",
    );
  });

  it("closes the connection when the token expires, and allows the client to reconnect", async () => {
    const token = tokenFor(1_000);
    const { json } = await negotiate(hub.at("secure"), "negotiateVersion=1", bearer(token));
    const client = await RawClient.openAt(
      `${connectUrl(hub.at("secure"), json.connectionToken)}&access_token=${token}`,
    );
    client.send({ protocol: "json", version: 1 });
    expect(await client.next(1)).toBe('{"type":7,"allowReconnect":true}');
    expect(await client.closed()).toBe(1000);
  });
});

describeHubs("an expiring token", (hub) => {
  it("makes clients reconnect with a new token, over every transport", async () => {
    const comesBack = async (carrier: Carrier): Promise<unknown> => {
      let lifetime = 1_000;
      const client = await startClient(hub.at("secure"), {
        ...carriedBy(carrier),
        accessToken: () => tokenFor(lifetime),
        retryDelaysMilliseconds: [0, 10, 100],
      });
      lifetime = 60_000;
      await client.untilTold("reconnected");
      return client.connection.invoke("Add", 1, 2);
    };
    expect(await Promise.all(carriers.map(comesBack))).toEqual(carriers.map(() => 3));
  });
});

describeHubs("an expired token", (hub) => {
  it("disconnects a client without a new token", async () => {
    const stale = tokenFor(1_000);
    const client = await startClient(hub.at("secure"), {
      accessToken: () => stale,
      retryDelaysMilliseconds: [0, 10],
    });
    await client.untilTold("closed");
    const refused = (await hub.log()).filter(({ event }) => event === "negotiate refused");
    expect(refused.map(({ detail }) => detail)).toEqual(["401", "401"]);
  });
});
