import { Subject } from "@microsoft/signalr";
import { expect, it } from "vitest";
import type { LogEntry } from "../harness/hubs/running-hub.ts";
import { type Client, collect, startClient } from "./client.ts";
import { eventually } from "./eventually.ts";
import { describeHubs, type HubUnderTest } from "./hubs-under-test.ts";
import { connectUrl, negotiate, RawClient, refusedUpgrade } from "./raw-client.ts";

const granted = "negotiateVersion=1&useStatefulReconnect=true";
const add = (invocationId: string, a = 1, b = 2): object => ({
  type: 1,
  invocationId,
  target: "Add",
  arguments: [a, b],
});
const result = (invocationId: string, value = 3): string =>
  `{"type":3,"invocationId":"${invocationId}","result":${value}}`;

async function entry(hub: HubUnderTest, what: string, is: (entry: LogEntry) => boolean): Promise<LogEntry> {
  return eventually(what, async () => (await hub.log()).find(is));
}

describeHubs("stateful reconnect on the wire", (hub) => {
  /** A client with stateful reconnect, and the URL for its resume. */
  async function connect(query = ""): Promise<{ client: RawClient; url: string }> {
    const { json } = await negotiate(hub.at("stateful", query), granted);
    const url = connectUrl(hub.at("stateful", query), json.connectionToken);
    const client = await RawClient.openAt(url);
    client.send({ protocol: "json", version: 2 });
    expect(await client.next(0)).toBe("{}");
    return { client, url };
  }

  async function lose(client: RawClient): Promise<void> {
    client.destroy();
    await entry(hub, "the server to see the loss", ({ event }) => event === "socket closed");
  }

  it("is allowed if the negotiate requests it", async () => {
    const { text, json } = await negotiate(hub.at("stateful"), granted);
    expect(Object.keys(json)).toEqual([
      "useStatefulReconnect",
      "negotiateVersion",
      "connectionId",
      "connectionToken",
      "availableTransports",
    ]);
    expect(json.useStatefulReconnect).toBe(true);
    expect(text).toContain('"useStatefulReconnect":true');
    expect((await negotiate(hub.at("stateful"))).text).not.toContain("useStatefulReconnect");
  });

  it("acknowledges received messages once a second, and only if there are new ones", async () => {
    const { client } = await connect();
    client.send(add("1"), add("2"));
    client.send({ type: 6 });
    expect(await client.answers(3)).toEqual([result("1"), result("2"), '{"type":8,"sequenceId":2}']);
    const before = Date.now();
    client.send(add("3"));
    await client.next(5);
    expect(client.messages.slice(4)).toEqual([result("3"), '{"type":8,"sequenceId":3}']);
    expect(Date.now() - before).toBeLessThan(3_000);
  });

  it("continues on a new socket: first Sequence, then the unacknowledged messages", async () => {
    const { client, url } = await connect();
    client.send(add("1"), add("2"), add("3"));
    await client.answers(3);
    client.send({ type: 8, sequenceId: 1 });
    await entry(hub, "the Ack", ({ type, event }) => type === "Ack" && event === "received");
    await lose(client);
    const back = await RawClient.openAt(url);
    expect(await back.next(0)).toBe('{"type":9,"sequenceId":2}');
    expect(await back.answers(2)).toEqual([result("2"), result("3")]);
    back.send({ type: 9, sequenceId: 3 }, add("3"), add("4"));
    expect(await back.next(3)).toBe(result("4"));
    await entry(hub, "the resume", ({ event }) => event === "transport resumed");
  });

  it("with nothing to replay sends the next number", async () => {
    const { client, url } = await connect();
    client.send(add("1"));
    await client.next(1);
    client.send({ type: 8, sequenceId: 1 });
    await entry(hub, "the Ack", ({ type, event }) => type === "Ack" && event === "received");
    await lose(client);
    const back = await RawClient.openAt(url);
    expect(await back.next(0)).toBe('{"type":9,"sequenceId":2}');
  });

  it("treats messages before the client's Sequence as new, and counts them", async () => {
    const { client, url } = await connect();
    client.send(add("1"));
    await client.next(1);
    await lose(client);
    const back = await RawClient.openAt(url);
    await back.next(1);
    back.send(add("2"), { type: 9, sequenceId: 2 }, add("2 again"), add("3"));
    expect(await back.next(2)).toBe(result("2"));
    expect(await back.next(3)).toBe(result("3"));
  });

  it("ends if the old socket is still open and the client answers its close frame", async () => {
    const { client, url } = await connect();
    expect(await refusedUpgrade(url)).toEqual({ status: 404, body: "" });
    expect(await client.closed()).toBe(1000);
  });

  it("ends the connection when the client claims to have sent more than it has", async () => {
    const { client, url } = await connect();
    await lose(client);
    const back = await RawClient.openAt(url);
    back.send({ type: 9, sequenceId: 7 });
    expect(await back.next(1)).toBe(
      '{"type":7,"error":"Connection closed with an error.","allowReconnect":true}',
    );
  });

  it.for([
    ["a close frame", (client: RawClient) => client.close(1000)],
    ["a Close message", (client: RawClient) => client.send({ type: 7 })],
    ["Context.Abort()", (client: RawClient) => client.send({ type: 1, target: "AbortMe", arguments: [] })],
  ] as const)("ends after %s", async ([, end]) => {
    const { client, url } = await connect();
    end(client);
    await client.closed();
    await eventually("the server to forget it", async () => {
      const { status } = await refusedUpgrade(url).catch(() => ({ status: 101 }));
      return status === 404 || undefined;
    });
  });

  it("is not possible with handshakes of version 1", async () => {
    const { json } = await negotiate(hub.at("stateful"), granted);
    const url = connectUrl(hub.at("stateful"), json.connectionToken);
    const client = await RawClient.openAt(url);
    client.send({ protocol: "json", version: 1 }, add("1"));
    await client.next(1);
    expect((await refusedUpgrade(url)).status).toBe(409);
    await lose(client);
    await eventually("the server to forget it", async () => {
      const { status } = await refusedUpgrade(url);
      return status === 404 || undefined;
    });
  });

  it("makes the server wait while too much is unacknowledged", async () => {
    const { client } = await connect("statefulBuffer=1000");
    client.send({ type: 1, invocationId: "1", target: "Flood", arguments: [20, 100] });
    await client.next(5);
    client.send(add("2"));
    const flood = (): number => client.messages.filter((text) => text.includes('"flood"')).length;
    expect(flood()).toBeLessThan(12);
    const numbered = (): number => client.messages.filter((text) => /"type":[13]/.test(text)).length;
    for (let acknowledged = 0; flood() < 20;) {
      acknowledged = await eventually("more to acknowledge", () =>
        numbered() > acknowledged ? numbered() : undefined,
      );
      client.send({ type: 8, sequenceId: acknowledged });
    }
  });
});

describeHubs("stateful reconnect", (hub) => {
  it.for(["json", "messagepack"] as const)(
    "with %s is invisible to the app, and loses no messages in either direction",
    async (protocol) => {
      const client = await startClient(hub.at("stateful"), { stateful: true, protocol });
      const { connection, told } = client;
      const { connectionId } = connection;
      const received: string[] = [];
      connection.on("messageReceived", (_user, text: string) => void received.push(text));
      await connection.invoke("JoinBoard", "b");
      const counter = collect<number>(client, "Counter", 60, 5);
      const numbers = new Subject<number>();
      const sum = connection.invoke<number>("Sum", numbers);
      const other = await startClient(hub.board());
      for (let round = 1; round <= 3; round++) {
        await eventually("some items", () => counter.items[round * 10]);
        await hub.control({ do: "dropSockets", connectionId: connectionId ?? "" });
        numbers.next(round);
        await other.connection.invoke("Say", "b", "Ada", String(round));
        expect(await connection.invoke("Add", round, round)).toBe(2 * round);
      }
      numbers.complete();
      expect(await sum).toBe(6);
      expect(await counter.ended).toBe("complete");
      expect(counter.items).toEqual(Array.from({ length: 60 }, (_, index) => index));
      await eventually("the messages", () => received[2]);
      expect(received).toEqual(["1", "2", "3"]);
      expect(told).toEqual([]);
      expect(connection.connectionId).toBe(connectionId);
      expect((await hub.log()).filter(({ event }) => event === "transport resumed")).toHaveLength(3);
    },
  );

  it("returns client results across a loss", async () => {
    const { connection } = await startClient(hub.at("stateful"), { stateful: true });
    connection.on("answer", async (question: string) => {
      await hub.control({ do: "dropSockets" });
      return `${question} Because.`;
    });
    expect(await connection.invoke("AskClient", "Why?")).toBe("Why? Because.");
  });

  it("falls back to a new connection when the server has lost the old one", async () => {
    const client = await startClient(hub.at("stateful"), {
      stateful: true,
      retryDelaysMilliseconds: [0, 10],
    });
    const before = client.connection.connectionId;
    await hub.control({ do: "loseConnections" });
    await client.untilTold("reconnected");
    expect(client.connection.connectionId).not.toBe(before);
    await entry(hub, "the refusal", ({ detail }) => detail === "WebSockets 404");
  });

  it("falls back to a new connection when the socket is refused", async () => {
    const client = await startClient(hub.at("stateful"), {
      stateful: true,
      retryDelaysMilliseconds: [0, 10],
    });
    await hub.control({ do: "refuseUpgrades", status: 503 });
    await hub.control({ do: "dropSockets" });
    await client.untilTold("reconnected");
    expect(await client.connection.invoke("Add", 1, 2)).toBe(3);
  });

  it("rejects the socket with which the client tries to resume a connection that the server has closed", async () => {
    const client = await startClient(hub.at("stateful", "maximumMessage=1000"), {
      stateful: true,
      retryDelaysMilliseconds: [0, 10],
    });
    await client.connection.send("Echo", "x".repeat(2_000));
    await client.untilTold("reconnected");
    expect((await hub.log()).filter(({ event }) => event === "transport refused")).toMatchObject([
      { detail: "WebSockets 404" },
    ]);
  });

  it("isn't used if the hub doesn't allow it", async () => {
    const client = await startClient(hub.board(), { stateful: true, retryDelaysMilliseconds: [0] });
    await hub.control({ do: "dropSockets" });
    await client.untilTold("reconnected");
    expect((await hub.log()).find(({ event }) => event === "handshake")?.detail).toContain('"version":1');
  });

  it("ends with stop()", async () => {
    const client: Client = await startClient(hub.at("stateful"), { stateful: true });
    await client.connection.stop();
    expect(client.told).toEqual(["closed: undefined"]);
    await entry(hub, "the end", ({ event }) => event === "disconnected");
  });
});

describeHubs(
  "stateful reconnect, too late",
  (hub) => {
    it("is rejected with 404, and the hub was notified of the end", async () => {
      const { json } = await negotiate(hub.at("stateful"), granted);
      const url = connectUrl(hub.at("stateful"), json.connectionToken);
      const client = await RawClient.openAt(url);
      client.send({ protocol: "json", version: 2 });
      await client.next(0);
      client.destroy();
      await entry(hub, "the end", ({ event }) => event === "disconnected");
      const log = await hub.log();
      const at = (event: string): number => log.find((found) => found.event === event)?.t ?? 0;
      expect(at("disconnected") - at("socket closed")).toBeGreaterThan(450);
      await eventually("the server to forget it", async () => {
        const { status, body } = await refusedUpgrade(url);
        return (status === 404 && body === "No Connection with that ID") || undefined;
      });
    });
  },
  { disconnectTimeoutMilliseconds: 500 },
);
