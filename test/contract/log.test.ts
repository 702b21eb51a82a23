import { expect, it } from "vitest";
import type { LogEntry } from "../harness/hubs/running-hub.ts";
import { carriedBy, describeCarriers } from "./carriers.ts";
import { startClient } from "./client.ts";
import { eventually } from "./eventually.ts";
import { describeHubs } from "./hubs-under-test.ts";

/** One log entry as text, without time and connection id. */
function line({ event, detail = "", invocationId, sequenceId }: LogEntry): string {
  return [event, detail, invocationId, sequenceId]
    .filter((part) => part !== undefined && part !== "")
    .join(" ");
}

describeCarriers("the log", (hub, carrier) => {
  it("contains the whole life of a connection", async () => {
    const { connection } = await startClient(hub.board(), carriedBy(carrier));
    const { connectionId } = connection;
    connection.on("answer", () => 42);
    await connection.invoke("Echo", "secret");
    await connection.send("JoinBoard", "b");
    await connection.invoke("AskClient", "Why?");
    await connection.stop();
    const log = await eventually("the end", async () => {
      const entries = await hub.log();
      return entries.some(({ event }) => event === "transport closed") ? entries : undefined;
    });
    expect(log.every((entry) => entry.connectionId === connectionId)).toBe(true);
    const lines = log
      .filter(({ event, type }) => type !== "Ping" && type !== "Close" && !/^(poll|delete|send) /.test(event))
      .map((entry) => line(entry).replace(/ s\d+$/, " s1"));
    // Hub and transport log independently, so their order varies a little. And a client whose event stream has opened
    // sends its handshake at once, maybe before the server has logged the stream.
    const inOrder = lines.filter(
      (text) => !/^(connected|disconnected|handshake answered|transport connected)/.test(text),
    );
    const began = lines.indexOf(`transport connected ${carrier.transport}`);
    expect(began).toBeGreaterThan(lines.indexOf("negotiated /hubs/board"));
    expect(began).toBeLessThan(lines.indexOf("received Invocation Echo 0"));
    expect(inOrder).toEqual([
      "negotiated /hubs/board",
      `handshake {"protocol":"${carrier.protocol}","version":1}`,
      "received Invocation Echo 0",
      "sent Completion 0",
      "received Invocation JoinBoard",
      "received Invocation AskClient 1",
      "sent Invocation answer s1",
      "received Completion s1",
      "sent Completion 1",
      ...(carrier.transport === "WebSockets" ? ["socket closed 1000"] : []),
      `transport closed ${carrier.transport}`,
    ]);
    expect(lines).toContain("handshake answered {}");
    expect(lines).toContain("connected");
    expect(lines).toContain("disconnected");
    expect(JSON.stringify(log)).not.toContain("secret");
  });
});

describeHubs("the log", (hub) => {
  it("contains Acks, Sequences and replays with their numbers", async () => {
    const { connection } = await startClient(hub.at("stateful"), { stateful: true });
    await connection.invoke("Add", 1, 2);
    await hub.control({ do: "dropSockets" });
    await connection.invoke("Add", 3, 4);
    const lines = await eventually("the client's Ack", async () => {
      const entries = (await hub.log()).filter(({ type }) => type !== "Ping").map(line);
      return entries.includes("received Ack 2") ? entries : undefined;
    });
    const afterResume = lines.slice(lines.indexOf("transport resumed WebSockets") + 1);
    expect(afterResume.filter((text) => text.startsWith("sent")).slice(0, 3)).toEqual([
      "sent Sequence 1",
      "sent Completion 0",
      "sent Completion 1",
    ]);
    expect(afterResume.filter((text) => text.startsWith("received")).slice(0, 3)).toEqual([
      "received Sequence 1",
      "received Invocation Add 0",
      "received Invocation Add 1",
    ]);
  });

  it("contains the parts of a message separately", async () => {
    const { connection } = await startClient(hub.board());
    await connection.invoke("Add", 1, 2);
    const messages = (await hub.log()).filter(({ type }) => type === "Invocation" || type === "Completion");
    expect(messages).toMatchObject([
      { event: "received", detail: "Invocation Add", type: "Invocation", target: "Add", invocationId: "0" },
      { event: "sent", detail: "Completion", type: "Completion", invocationId: "0" },
    ]);
  });

  it("contains the answers to polls and to the DELETE", async () => {
    const { connection } = await startClient(hub.board(), { transports: ["LongPolling"] });
    await connection.invoke("Add", 1, 2);
    await connection.stop();
    const lines = (await hub.log()).map(line);
    expect(lines.filter((text) => text === "poll answered 200").length).toBeGreaterThanOrEqual(3);
    expect(lines).toContain("delete answered 202");
  });
});
