import { expect, it } from "vitest";
import { startClient } from "./client.ts";
import { eventually } from "./eventually.ts";
import { describeHubs } from "./hubs-under-test.ts";
import { RawHttp } from "./raw-http.ts";

const jsonHandshake = { protocol: "json", version: 1 };
const add = { type: 1, invocationId: "7", target: "Add", arguments: [1, 2] };

describeHubs("long polling", (hub) => {
  /** A client that has finished its handshake. */
  async function connect(query = ""): Promise<RawHttp> {
    const client = await RawHttp.negotiate(hub.board(query));
    expect(await client.poll()).toMatchObject({ status: 200, body: "" });
    const answer = client.poll();
    expect(await client.send(jsonHandshake)).toEqual([200, ""]);
    expect(await answer).toMatchObject({ status: 200, body: "{}\u001e" });
    return client;
  }

  it("answers the first poll immediately, and the next ones when there are messages", async () => {
    const client = await connect();
    const answer = client.poll();
    await client.send(add);
    expect(await answer).toEqual({
      status: 200,
      type: "application/octet-stream",
      body: '{"type":3,"invocationId":"7","result":3}\u001e',
    });
  });

  it("keeps messages until the next poll, and sends them together", async () => {
    const client = await connect();
    await client.send({ type: 1, target: "Flood", arguments: [3, 1] }, add);
    await eventually("the calls", async () => (await hub.log()).find(({ target }) => target === "Add"));
    let body = "";
    await eventually(
      "everything",
      async () => (body += (await client.poll()).body).includes("result") || undefined,
    );
    expect(body.match(/"flood"/g)).toHaveLength(3);
  });

  it("answers a poll that has waited too long without content", async () => {
    const client = await connect("longPollTimeout=50");
    expect(await client.poll()).toMatchObject({ status: 200, body: "" });
    const real = await startClient(hub.board("longPollTimeout=50"), { transports: ["LongPolling"] });
    await real.connection.invoke("Delay", 150);
    expect(real.told).toEqual([]);
  });

  /** Waits for polls at the server: two requests sent one after the other may arrive in a different order. */
  async function untilPolls(polls: number): Promise<void> {
    await eventually(`poll ${String(polls)}`, async () => {
      const came = (await hub.log()).filter(({ event }) => event === "poll came");
      return came.length >= polls || undefined;
    });
  }

  it("ends a poll with 204 when another one arrives", async () => {
    const client = await connect();
    const first = client.poll();
    await untilPolls(3);
    const second = client.poll();
    expect(await first).toMatchObject({ status: 204, body: "" });
    await client.send(add);
    expect(await second).toMatchObject({ status: 200 });
  });

  it("sends no pings", async () => {
    const client = await connect("keepAlive=50&longPollTimeout=1200");
    expect(await client.poll()).toMatchObject({ status: 200, body: "" });
  });

  it("sends the last messages, then 204, and then removes the connection", async () => {
    const client = await connect();
    const close = client.poll();
    await client.send({ type: 7 });
    expect(await close).toMatchObject({ status: 200, body: '{"type":7}\u001e' });
    expect(await client.poll()).toMatchObject({ status: 204 });
    expect(await client.poll()).toMatchObject({ status: 404, body: "No Connection with that ID" });
  });

  it("is ended by DELETE", async () => {
    const client = await connect();
    const waiting = client.poll();
    await untilPolls(3);
    expect(await client.refusal("DELETE")).toEqual([202, ""]);
    // In ASP.NET Core the Close message and the end of the poll race with each other.
    expect(["", '{"type":7,"allowReconnect":true}\u001e']).toContain((await waiting).body);
    await untilForgotten(client);
    expect(await client.refusal("DELETE")).toEqual([404, "No Connection with that ID"]);
    await eventually("the end", async () => (await hub.log()).find(({ event }) => event === "disconnected"));
  });

  it("can't be changed to another transport", async () => {
    const client = await connect();
    expect(await client.refusal("GET", { Accept: "text/event-stream" })).toEqual([
      400,
      "Cannot change transports mid-connection",
    ]);
  });

  it("continues after a poll was lost", async () => {
    const client = await connect();
    const lost = client.poll().catch(() => "lost");
    // Drops the waiting poll or, if it hasn't arrived yet, the next one.
    await hub.control({ do: "dropSockets" });
    expect(await lost).toBe("lost");
    const answer = client.poll();
    await client.send(add);
    expect(await answer).toMatchObject({ status: 200 });
  });
});

describeHubs(
  "long polling, forgotten",
  (hub) => {
    it("ends when the client stops polling", async () => {
      const client = await RawHttp.negotiate(hub.board());
      await client.poll();
      await client.send(jsonHandshake);
      await client.poll();
      await eventually("the end", async () =>
        (await hub.log()).find(({ event }) => event === "disconnected"),
      );
      expect((await client.send(add))[0]).toBe(404);
      await untilForgotten(client);
    });

    it("never begins when no client connects with the id", async () => {
      const client = await RawHttp.negotiate(hub.board());
      await eventually(
        "the server to forget it",
        async () => (await client.send(add))[0] === 404 || undefined,
      );
    });
  },
  { disconnectTimeoutMilliseconds: 500 },
);

/**
 * The real server notifies its hub of the end first and removes the connection after that; in between it answers 404
 * without a body.
 */
async function untilForgotten(client: RawHttp): Promise<void> {
  await eventually("the server to forget it", async () => {
    const [status, text] = await client.send(add);
    return (status === 404 && text === "No Connection with that ID") || undefined;
  });
}
