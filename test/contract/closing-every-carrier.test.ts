import { HubConnectionState } from "@microsoft/signalr";
import { expect, it } from "vitest";
import { carriedBy, describeCarriers } from "./carriers.ts";
import { rejection, startClient } from "./client.ts";
import { eventually } from "./eventually.ts";

describeCarriers("the end over every transport and protocol", (hub, carrier) => {
  const settings = carriedBy(carrier);
  const persistent = { ...settings, retryDelaysMilliseconds: [0, 10] };

  async function logged(event: string): Promise<string | undefined> {
    const { detail } = await eventually(event, async () =>
      (await hub.log()).find((entry) => entry.event === event),
    );
    return detail;
  }

  it("as a Close with allowReconnect makes the client reconnect with a new id", async () => {
    const client = await startClient(hub.board(), persistent);
    const before = client.connection.connectionId;
    await hub.control({ do: "sendClose", error: "Moving house", allowReconnect: true });
    await client.untilTold("reconnected");
    expect(client.told[0]).toBe("reconnecting: Server returned an error on close: Moving house");
    expect(client.connection.connectionId).not.toBe(before);
    expect(await client.connection.invoke("WhoAmI")).toBe(client.connection.connectionId);
  });

  it("as a Close without allowReconnect is for good", async () => {
    const client = await startClient(hub.board(), persistent);
    await hub.control({ do: "sendClose", error: "Get out" });
    await client.untilTold("closed");
    expect(client.told).toEqual(["closed: Server returned an error on close: Get out"]);
    expect(client.connection.state).toBe(HubConnectionState.Disconnected);
  });

  it("by Context.Abort() is for good and has no error", async () => {
    for (const abort of ["by itself", "by command"]) {
      const client = await startClient(hub.board(), persistent);
      if (abort === "by itself") await rejection(client.connection.invoke("AbortMe"));
      else await hub.control({ do: "abort" });
      await client.untilTold("closed");
      expect(client.told).toEqual(["closed: undefined"]);
    }
  });

  it("by an invalid message lets the client reconnect", async () => {
    const client = await startClient(hub.board("maximumMessage=1000"), persistent);
    await client.connection.send("Echo", "x".repeat(2_000));
    await client.untilTold("reconnected");
    expect(client.told[0]).toBe(
      "reconnecting: Server returned an error on close: Connection closed with an error.",
    );
  });

  it("by OnConnected is for good", async () => {
    await hub.control({ do: "failConnected" });
    const client = await startClient(hub.board(), persistent).catch(() => undefined);
    await client?.untilTold("closed");
    expect((await hub.log()).filter(({ event }) => event === "negotiated")).toHaveLength(1);
  });

  it("of the network makes the client reconnect, and rejects pending calls", async () => {
    const client = await startClient(hub.board(), persistent);
    const pending = rejection(client.connection.invoke("Delay", 60_000));
    await eventually("the call", async () => (await hub.log()).find(({ target }) => target === "Delay"));
    await hub.control({ do: "dropSockets" });
    await client.untilTold("reconnected");
    expect(await pending).not.toContain("Not rejected");
    expect(await client.connection.invoke("Add", 1, 2)).toBe(3);
  });

  it("of the transport alone, with a close frame, makes the client reconnect", async () => {
    const client = await startClient(hub.board(), persistent);
    await hub.control({ do: "closeSockets", code: 1000 });
    await client.untilTold("reconnected");
    expect(client.told[0]).toBe("reconnecting: undefined");
  });

  it("of the connection on the server makes the client reconnect with a new id", async () => {
    const client = await startClient(hub.board(), persistent);
    await hub.control({ do: "loseConnections" });
    await client.untilTold("reconnected");
    expect(await client.connection.invoke("WhoAmI")).toBe(client.connection.connectionId);
  });

  it("by stop() is noticed by the server", async () => {
    const client = await startClient(hub.board(), persistent);
    await client.connection.stop();
    expect(client.told).toEqual(["closed: undefined"]);
    await logged("disconnected");
    expect(await logged("transport closed")).toBe(carrier.transport);
  });
});
