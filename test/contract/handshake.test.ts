import { HubConnectionState } from "@microsoft/signalr";
import { expect, it } from "vitest";
import { buildClient, rejection, startClient } from "./client.ts";
import { describeHubs } from "./hubs-under-test.ts";
import { RawClient } from "./raw-client.ts";

describeHubs("handshake", (hub) => {
  /** Sends a handshake request. @returns the answer and, after an error, the close code of the socket */
  async function shakeHands(request: object | string, query = ""): Promise<[string, number | undefined]> {
    const client = await RawClient.open(hub.board(query));
    if (typeof request === "string") client.sendText(request);
    else client.send(request);
    const answer = await client.next(0);
    return [answer, answer === "{}" ? client.closeCode : await client.closed()];
  }

  it.for([0, 1, 2])("accepts version %i of the JSON protocol", async (version) => {
    expect(await shakeHands({ protocol: "json", version })).toEqual(["{}", undefined]);
  });

  it("rejects future versions", async () => {
    expect(await shakeHands({ protocol: "json", version: 3 })).toEqual([
      `{"error":"The server does not support version 3 of the 'json' protocol."}`,
      1000,
    ]);
  });

  it("rejects an unknown protocol", async () => {
    expect(await shakeHands({ protocol: "smoke", version: 1 })).toEqual([
      `{"error":"The protocol 'smoke' is not supported."}`,
      1000,
    ]);
  });

  it.for([
    "nonsense\u001e",
    "[]\u001e",
    '{"version":1}\u001e',
    '{"protocol":"json"}\u001e',
    '{"protocol":1,"version":1}\u001e',
  ])("doesn't report what was wrong with %j", async (request) => {
    expect(await shakeHands(request)).toEqual([
      '{"error":"An unexpected error occurred during connection handshake."}',
      1000,
    ]);
  });

  it("reports what was wrong with detailed errors", async () => {
    const sentence = "An unexpected error occurred during connection handshake. InvalidDataException:";
    const [noProtocol] = await shakeHands({ version: 1 }, "detailedErrors=1");
    expect(JSON.parse(noProtocol)).toEqual({
      error: `${sentence} Missing required property 'protocol'. Message content: {"version":1}`,
    });
    const [noObject] = await shakeHands("[]\u001e", "detailedErrors=1");
    expect(JSON.parse(noObject)).toEqual({
      error: `${sentence} Unexpected JSON Token Type 'Array'. Expected a JSON Object.`,
    });
  });

  it("has a timeout", async () => {
    const client = await RawClient.open(hub.board("handshakeTimeout=100"));
    expect(await client.next(0)).toBe('{"error":"Handshake was canceled."}');
    expect(await client.closed()).toBe(1000);
  });

  it("reads messages in the same frame", async () => {
    const client = await RawClient.open(hub.board());
    client.send(
      { protocol: "json", version: 1 },
      { type: 1, invocationId: "0", target: "Add", arguments: [1, 2] },
    );
    expect(await client.answers(1)).toEqual(['{"type":3,"invocationId":"0","result":3}']);
    expect(client.messages[0]).toBe("{}");
  });

  it("is rejected when a test asks for it, and start() reports that", async () => {
    await hub.control({ do: "refuseHandshakes", error: "Not 'you'." });
    const client = buildClient(hub.board());
    expect(await rejection(client.connection.start())).toBe("Server returned handshake error: Not 'you'.");
    expect(client.connection.state).toBe(HubConnectionState.Disconnected);
    expect(client.told).toEqual([]);
  });

  it("that is rejected during a reconnect counts as one failed attempt", async () => {
    const client = await startClient(hub.board(), { retryDelaysMilliseconds: [0, 10] });
    await hub.control({ do: "refuseHandshakes", error: "Later" });
    await hub.control({ do: "dropSockets" });
    await client.untilTold("reconnected");
    expect((await hub.log()).map(({ event }) => event)).toContain("handshake refused");
  });
});

describeHubs("OnConnected", (hub) => {
  it("that throws lets the handshake succeed and ends the connection for good", async () => {
    await hub.control({ do: "failConnected" });
    const client = await RawClient.connect(hub.board());
    expect(await client.closed()).toBe(1000);
    expect(client.messages).toEqual(["{}", '{"type":7,"error":"Connection closed with an error."}']);
  });

  it("can send messages before it throws", async () => {
    await hub.control({ do: "failConnected", greets: true });
    const client = await RawClient.connect(hub.board());
    expect(await client.closed()).toBe(1000);
    expect(client.messages).toEqual([
      "{}",
      '{"type":1,"target":"messageReceived","arguments":["board","welcome",0]}',
      '{"type":7,"error":"Connection closed with an error."}',
    ]);
  });

  it("that throws is not retried by the client", async () => {
    await hub.control({ do: "failConnected" });
    const client = buildClient(hub.board(), { retryDelaysMilliseconds: [0, 10] });
    // start() may resolve or fail: that depends on whether the Close message arrives in the same frame as the handshake response.
    await client.connection.start().catch(() => undefined);
    if (client.connection.state !== HubConnectionState.Disconnected) await client.untilTold("closed");
    expect(client.told.filter((line) => line.startsWith("reconnect"))).toEqual([]);
    expect((await hub.log()).filter(({ event }) => event === "negotiated")).toHaveLength(1);
  });
});
