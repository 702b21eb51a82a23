import { HubConnectionState } from "@microsoft/signalr";
import { expect, it } from "vitest";
import { rejection, startClient } from "./client.ts";
import { eventually } from "./eventually.ts";
import { describeHubs } from "./hubs-under-test.ts";
import { RawClient } from "./raw-client.ts";

describeHubs("Close from the server", (hub) => {
  it("with allowReconnect makes the client reconnect with a new id", async () => {
    const client = await startClient(hub.board(), { retryDelaysMilliseconds: [0, 10] });
    const before = client.connection.connectionId;
    await hub.control({ do: "sendClose", error: "Moving house", allowReconnect: true });
    const reconnected = await client.untilTold("reconnected");
    expect(client.told[0]).toBe("reconnecting: Server returned an error on close: Moving house");
    expect(reconnected).toBe(`reconnected: ${client.connection.connectionId}`);
    expect(client.connection.connectionId).not.toBe(before);
    expect(await client.connection.invoke("WhoAmI")).toBe(client.connection.connectionId);
  });

  it("with allowReconnect closes a client without a retry policy", async () => {
    const client = await startClient(hub.board());
    await hub.control({ do: "sendClose", allowReconnect: true });
    await client.untilTold("closed");
    expect(client.told).toEqual(["closed: undefined"]);
  });

  it("without allowReconnect closes the client, with or without a retry policy", async () => {
    const client = await startClient(hub.board(), { retryDelaysMilliseconds: [0, 10] });
    await hub.control({ do: "sendClose", error: "Get out" });
    await client.untilTold("closed");
    expect(client.told).toEqual(["closed: Server returned an error on close: Get out"]);
    expect(client.connection.state).toBe(HubConnectionState.Disconnected);
    expect((await hub.log()).filter(({ event }) => event === "negotiated")).toHaveLength(1);
  });

  it("is what an app's Context.Abort() sends, without an error and without the result", async () => {
    const client = await RawClient.connect(hub.board());
    client.send({ type: 1, invocationId: "7", target: "AbortMe", arguments: [] });
    expect(await client.closed()).toBe(1000);
    expect(client.messages).toEqual(["{}", '{"type":7}']);
  });

  it("after Context.Abort() is not followed by a reconnect", async () => {
    const client = await startClient(hub.board(), { retryDelaysMilliseconds: [0] });
    expect(await rejection(client.connection.invoke("AbortMe"))).toBe(
      "Invocation canceled due to the underlying connection being closed.",
    );
    await client.untilTold("closed");
    expect(client.told).toEqual(["closed: undefined"]);
  });
});

describeHubs("Close from the client", (hub) => {
  it("is answered with a Close and a normal closure", async () => {
    for (const close of [{ type: 7 }, { type: 7, error: "Bye" }, { type: 7, allowReconnect: true }]) {
      const client = await RawClient.connect(hub.board());
      client.send(close);
      expect(await client.closed()).toBe(1000);
      expect(client.messages).toEqual(["{}", '{"type":7}']);
    }
  });

  it("as a bare close frame is answered with 1000, whatever its code", async () => {
    for (const code of [undefined, 1000, 4000]) {
      const client = await RawClient.connect(hub.board());
      client.close(code);
      expect(await client.closed()).toBe(1000);
      expect(client.messages).toEqual(["{}"]);
    }
  });

  it("is what stop() sends", async () => {
    const client = await startClient(hub.board(), { retryDelaysMilliseconds: [0] });
    await client.connection.stop();
    expect(client.told).toEqual(["closed: undefined"]);
    const entries = await eventually("the socket to close", async () => {
      const log = await hub.log();
      return log.some(({ event }) => event === "socket closed") ? log : undefined;
    });
    expect(entries.map(({ event, detail }) => `${event} ${detail}`)).toContain("received Close");
  });
});

describeHubs("lost sockets", (hub) => {
  it("have code 1006 for the client, which reconnects with a new id", async () => {
    const client = await startClient(hub.board(), { retryDelaysMilliseconds: [0, 10] });
    const before = client.connection.connectionId;
    await hub.control({ do: "dropSockets" });
    await client.untilTold("reconnected");
    expect(client.told[0]).toBe("reconnecting: WebSocket closed with status code: 1006 (no reason given).");
    expect(client.connection.connectionId).not.toBe(before);
  });

  it("reject pending calls", async () => {
    const { connection } = await startClient(hub.board());
    const pending = rejection(connection.invoke("Delay", 60_000));
    await hub.control({ do: "dropSockets" });
    expect(await pending).toBe("WebSocket closed with status code: 1006 (no reason given).");
  });

  it("can be a single one of several", async () => {
    const [lost, kept] = [await startClient(hub.board()), await startClient(hub.board())];
    await hub.control({ do: "dropSockets", connectionId: lost.connection.connectionId ?? "" });
    await lost.untilTold("closed");
    expect(await kept.connection.invoke("Add", 1, 2)).toBe(3);
    expect(kept.told).toEqual([]);
  });

  it("can be closed with a code and a reason", async () => {
    const client = await startClient(hub.board());
    await hub.control({ do: "closeSockets", code: 1011, reason: "Out of ink" });
    await client.untilTold("closed");
    expect(client.told).toEqual(["closed: WebSocket closed with status code: 1011 (Out of ink)."]);
  });

  it("with 1000 are lost without an error", async () => {
    const client = await startClient(hub.board(), { retryDelaysMilliseconds: [0] });
    await hub.control({ do: "closeSockets", code: 1000 });
    await client.untilTold("reconnected");
    expect(client.told[0]).toBe("reconnecting: undefined");
  });

  it("and a server that rejects the client use up the retries", async () => {
    const client = await startClient(hub.board(), { retryDelaysMilliseconds: [0, 10] });
    await hub.control({ do: "answerNegotiates", status: 503, count: 2, body: "Starting" });
    await hub.control({ do: "dropSockets" });
    await client.untilTold("closed");
    expect(client.told).toEqual([
      "reconnecting: WebSocket closed with status code: 1006 (no reason given).",
      "closed: undefined",
    ]);
    const refused = (await hub.log()).filter(({ event }) => event === "negotiate refused");
    expect(refused.map(({ detail }) => detail)).toEqual(["503", "503"]);
  });

  it("are noticed by the server, too", async () => {
    const client = await RawClient.connect(hub.board());
    client.destroy();
    const closed = await eventually("the server to see it", async () =>
      (await hub.log()).find(({ event }) => event === "socket closed"),
    );
    expect(closed.detail).toBe("1006");
    await eventually("the hub to see it", async () =>
      (await hub.log()).find(({ event }) => event === "disconnected"),
    );
  });
});
