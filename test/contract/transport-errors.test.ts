import { expect, it } from "vitest";
import { carriedBy, describeCarriers } from "./carriers.ts";
import { buildClient, rejection, startClient } from "./client.ts";
import { eventually } from "./eventually.ts";
import { describeHubs, type HubUnderTest } from "./hubs-under-test.ts";
import { negotiate } from "./raw-client.ts";

async function details(hub: HubUnderTest, event: string): Promise<(string | undefined)[]> {
  return (await hub.log()).filter((entry) => entry.event === event).map(({ detail }) => detail);
}

describeHubs("fallback", (hub) => {
  it("tries each transport, with a negotiate for each", async () => {
    await hub.control({ do: "blockTransports", transports: ["WebSockets", "ServerSentEvents"] });
    const { connection } = await startClient(hub.board());
    expect(await connection.invoke("Add", 1, 2)).toBe(3);
    expect(await details(hub, "transport refused")).toEqual(["WebSockets 404", "ServerSentEvents 404"]);
    expect(await details(hub, "transport connected")).toEqual(["LongPolling"]);
    expect(await details(hub, "negotiated")).toHaveLength(3);
  });

  it("ends with the error of each transport", async () => {
    await hub.control({
      do: "blockTransports",
      transports: ["WebSockets", "ServerSentEvents", "LongPolling"],
      // After 503 the EventSource for Node, unlike a browser's, would try again.
      status: 403,
    });
    const told = await rejection(buildClient(hub.board()).connection.start());
    expect(told).toMatch(
      /^Unable to connect to the server with any of the available transports\. .*WebSockets failed.*ServerSentEvents failed.*LongPolling failed/,
    );
  });

  it("chooses among the offered transports", async () => {
    await hub.control({ do: "offerTransports", transports: ["LongPolling"] });
    const { json } = await negotiate(hub.board());
    expect(json.availableTransports).toEqual([
      { transport: "LongPolling", transferFormats: ["Text", "Binary"] },
    ]);
    await startClient(hub.board());
    expect(await details(hub, "transport connected")).toEqual(["LongPolling"]);
    await hub.control({ do: "offerTransports", transports: [] });
    expect(await rejection(buildClient(hub.board()).connection.start())).toBe(
      "None of the transports supported by the client are supported by the server.",
    );
  });

  it("doesn't help when the server doesn't know the negotiated ids", async () => {
    await hub.control({ do: "forgetNegotiated", count: 3 });
    const client = buildClient(hub.board());
    expect(await rejection(client.connection.start())).toContain("LongPolling failed");
    expect(await details(hub, "transport refused")).toEqual([
      "WebSockets 404",
      "ServerSentEvents 404",
      "LongPolling 404",
    ]);
    await client.connection.start();
  });

  it("doesn't happen without a negotiate", async () => {
    const { connection } = await startClient(hub.board(), {
      transports: ["WebSockets"],
      skipNegotiation: true,
    });
    expect(connection.connectionId).toBeNull();
    expect(await connection.invoke("Add", 1, 2)).toBe(3);
    const log = await hub.log();
    expect(log.map(({ event }) => event)).not.toContain("negotiated");
    const connected = log.find(({ event }) => event === "transport connected");
    expect(connected?.connectionId).toBe(await connection.invoke("WhoAmI"));
  });
});

describeCarriers("a transport", (hub, carrier) => {
  const settings = carriedBy(carrier);
  const { transport } = carrier;

  it("that is rejected is a failed start", async () => {
    await hub.control({ do: "refuseTransports", transport, status: 403, body: "Full" });
    const client = buildClient(hub.board(), settings);
    // With long polling the first poll fails after the client has treated the transport as started.
    expect(await rejection(client.connection.start())).not.toContain("Not rejected");
    expect(await details(hub, "transport refused")).toEqual([`${transport} 403`]);
    await client.connection.start();
    expect(await client.connection.invoke("Add", 1, 2)).toBe(3);
  });

  it("whose id the server doesn't know any more is a failed reconnect", async () => {
    const client = await startClient(hub.board(), { ...settings, retryDelaysMilliseconds: [0, 10] });
    await hub.control({ do: "forgetNegotiated" });
    await hub.control({ do: "dropSockets" });
    await client.untilTold("reconnected");
    expect(await details(hub, "transport refused")).toContain(`${transport} 404`);
  });

  it("can become silent, and send again", async () => {
    const { connection } = await startClient(hub.board("keepAlive=100"), settings);
    await hub.control({ do: "goSilent" });
    let answered = false;
    const answer = connection.invoke("Add", 1, 2).finally(() => (answered = true));
    const other = await startClient(hub.board());
    for (let i = 0; i < 5; i++) await other.connection.invoke("Delay", 20);
    expect(answered).toBe(false);
    await hub.control({ do: "goSilent", silent: false });
    expect(await answer).toBe(3);
  });
});

describeHubs("transports without sockets", (hub) => {
  it.for(["ServerSentEvents", "LongPolling"] as const)(
    "lose only the message when the POST fails: %s",
    async (transport) => {
      const { connection, told } = await startClient(hub.board(), { transports: [transport] });
      await hub.control({ do: "refuseSends", status: 502, body: "Bad gateway" });
      expect(await rejection(connection.invoke("Add", 1, 2))).toBe("Bad gateway: Status code '502'");
      expect(await connection.invoke("Add", 1, 2)).toBe(3);
      expect(told).toEqual([]);
      expect(await details(hub, "send refused")).toEqual(["502"]);
    },
  );

  it("report a rejected later poll as the reason of the loss", async () => {
    const client = await startClient(hub.board("longPollTimeout=100"), {
      transports: ["LongPolling"],
      retryDelaysMilliseconds: [0, 10],
    });
    await hub.control({ do: "refuseTransports", transport: "LongPolling", status: 504, body: "Too late" });
    await client.untilTold("reconnected");
    expect(client.told[0]).toBe("reconnecting: Too late: Status code '504'");
  });

  it("deliver a text unchanged", async () => {
    for (const transport of ["ServerSentEvents", "LongPolling"] as const) {
      const client = await startClient(hub.board(), {
        transports: [transport],
        retryDelaysMilliseconds: [0, 10],
      });
      await hub.control({ do: "sendText", text: "garbage" });
      const told = await client.untilTold("reconnecting");
      expect(told).toBe("reconnecting: Message is incomplete.");
      await client.untilTold("reconnected");
      await client.connection.stop();
      await eventually("the end", () => client.told.find((line) => line.startsWith("closed")));
    }
  });
});
