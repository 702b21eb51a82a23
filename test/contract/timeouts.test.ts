import { expect, it } from "vitest";
import { startClient } from "./client.ts";
import { eventually } from "./eventually.ts";
import { describeHubs } from "./hubs-under-test.ts";
import { RawClient } from "./raw-client.ts";

/** ASP.NET Core checks its timers once a second, so everything may happen up to a second later. */
const heartbeatMilliseconds = 1_000;
/** Extra time for a busy machine. */
const slackMilliseconds = 1_000;

describeHubs("keep-alive", (hub) => {
  it("sends pings at the configured interval", async () => {
    const client = await RawClient.connect(hub.board("keepAlive=400"));
    for (let ping = 1; ping <= 2; ping++) expect(await client.next(ping)).toBe('{"type":6}');
    // Measured by the server's clock, as received messages may have waited for this process.
    const [first, second] = (await hub.log()).filter(
      ({ event, type }) => event === "sent" && type === "Ping",
    );
    const gap = (second?.t ?? 0) - (first?.t ?? 0);
    expect(gap).toBeGreaterThan(300);
    expect(gap).toBeLessThan(400 + heartbeatMilliseconds + slackMilliseconds);
  });

  it("sends pings even while it sends other messages", async () => {
    const client = await RawClient.connect(hub.board("keepAlive=400"));
    client.send({ type: 4, invocationId: "7", target: "Ticks", arguments: ["ABC", 50] });
    await eventually("a ping", () => client.messages.find((text) => text === '{"type":6}'));
  });

  it("triggers a real client's server timeout only when the server is silent", async () => {
    const client = await startClient(hub.board("keepAlive=400"), { serverTimeoutMilliseconds: 1_600 });
    await hub.control({ do: "goSilent" });
    await client.untilTold("closed");
    expect(client.told).toEqual([
      "closed: Server timeout elapsed without receiving a message from the server.",
    ]);
  });
});

describeHubs("client timeout", (hub) => {
  it("closes the connection of a silent client, and allows it to reconnect", async () => {
    const client = await RawClient.connect(hub.board("clientTimeout=300"));
    client.send({ type: 6 });
    expect(await client.closed()).toBe(1000);
    expect(client.messages.slice(1)).toEqual([
      '{"type":7,"error":"Connection closed with an error.","allowReconnect":true}',
    ]);
    await eventually("the log to say so", async () =>
      (await hub.log()).find(({ event }) => event === "client timeout"),
    );
  });

  it("is explained with detailed errors", async () => {
    const client = await RawClient.connect(hub.board("clientTimeout=300&detailedErrors=1"));
    client.send({ type: 6 });
    expect(JSON.parse(await client.next(1))).toMatchObject({
      error:
        "Connection closed with an error. OperationCanceledException: Client hasn't sent a message/ping within the configured ClientTimeoutInterval.",
    });
  });

  it("doesn't apply to a client that has never pinged", async () => {
    const silent = await RawClient.connect(hub.board("clientTimeout=300"));
    // A client that has pinged shows when the silent one's timeout would also have expired.
    const pinging = await RawClient.connect(hub.board("clientTimeout=300"));
    pinging.send({ type: 6 });
    await pinging.closed();
    silent.send({ type: 1, invocationId: "7", target: "Add", arguments: [1, 2] });
    expect(await silent.next(1)).toBe('{"type":3,"invocationId":"7","result":3}');
  });
});
