import { expect, it } from "vitest";
import { startClient } from "./client.ts";
import { describeHubs } from "./hubs-under-test.ts";
import { RawClient } from "./raw-client.ts";

const add = '{"type":1,"invocationId":"7","target":"Add","arguments":[1,2]}';

/** An invocation of `Add` with exactly so many bytes, record separator included. */
function paddedAddition(bytes: number): string {
  return `${add}${" ".repeat(bytes - add.length - 1)}\u001e`;
}

describeHubs("malformed messages to the server", (hub) => {
  it.for([
    "nonsense\u001e",
    "\u001e",
    "[]\u001e",
    "{}\u001e",
    '{"type":"x"}\u001e',
    '{"type":1,"target":"Echo"}\u001e',
    '{"type":1,"arguments":[]}\u001e',
    '{"type":1,"target":"Echo","arguments":3}\u001e',
    '{"type":3,"invocationId":"1","result":1,"error":"x"}\u001e',
  ])("end the connection, and allow the client to reconnect: %j", async (text) => {
    const client = await RawClient.connect(hub.board());
    client.sendText(text);
    expect(await client.closed()).toBe(1000);
    expect(client.messages.slice(1)).toEqual([
      '{"type":7,"error":"Connection closed with an error.","allowReconnect":true}',
    ]);
  });

  it.for([
    ["nonsense\u001e", "Error reading JSON."],
    ["[]\u001e", "Unexpected JSON Token Type 'Array'. Expected a JSON Object."],
    ["{}\u001e", "Missing required property 'type'."],
    ['{"type":"x"}\u001e', "Expected 'type' to be of type Number."],
    ['{"type":1,"arguments":[]}\u001e', "Missing required property 'target'."],
  ] as const)("are explained with detailed errors: %j", async ([text, explanation]) => {
    const client = await RawClient.connect(hub.board("detailedErrors=1"));
    client.sendText(text);
    expect(JSON.parse(await client.next(1))).toMatchObject({
      error: `Connection closed with an error. InvalidDataException: ${explanation}`,
    });
  });

  it("without an end are kept until the rest arrives", async () => {
    const client = await RawClient.connect(hub.board());
    client.sendText(add);
    client.sendText("");
    client.sendText("\u001e");
    expect(await client.answers(1)).toEqual(['{"type":3,"invocationId":"7","result":3}']);
  });

  it("of an unknown type block all later messages", async () => {
    const client = await RawClient.connect(hub.board());
    client.send({ type: 42 });
    client.sendText(`${add}\u001e`);
    client.send({ type: 7 });
    // Not even the Close message is read; the connection ends because too many bytes are waiting.
    client.sendText(" ".repeat(33_000));
    expect(await client.closed()).toBe(1000);
    expect(client.messages).toEqual([
      "{}",
      '{"type":7,"error":"Connection closed with an error.","allowReconnect":true}',
    ]);
  });

  it("don't include Ack and Sequence if stateful reconnect isn't allowed", async () => {
    const client = await RawClient.connect(hub.board());
    client.send({ type: 8, sequenceId: 1 }, { type: 9, sequenceId: 1 });
    client.sendText(`${add}\u001e`);
    expect(await client.answers(1)).toEqual(['{"type":3,"invocationId":"7","result":3}']);
  });

  it("can have up to 32 KB", async () => {
    const client = await RawClient.connect(hub.board("detailedErrors=1"));
    client.sendText(paddedAddition(32_768));
    expect(await client.next(1)).toBe('{"type":3,"invocationId":"7","result":3}');
    client.sendText(paddedAddition(32_769));
    expect(JSON.parse(await client.next(2))).toEqual({
      type: 7,
      error:
        "Connection closed with an error. InvalidDataException: The maximum message size of 32768B was exceeded. The message size can be configured in AddHubOptions.",
      allowReconnect: true,
    });
  });

  it("that are too large make a real client reconnect", async () => {
    const client = await startClient(hub.board(), { retryDelaysMilliseconds: [0] });
    await client.connection.send("Echo", "x".repeat(33_000));
    await client.untilTold("reconnected");
    expect(client.told[0]).toBe(
      "reconnecting: Server returned an error on close: Connection closed with an error.",
    );
  });
});

describeHubs("malformed messages to the client", (hub) => {
  it.for([
    ["garbage", "Message is incomplete."],
    ["[]\u001e", "Invalid payload."],
    ['{"type":6}\u001e{"type":6}', "Message is incomplete."],
  ] as const)("make it lose the connection and reconnect: %j", async ([text, error]) => {
    const client = await startClient(hub.board(), { retryDelaysMilliseconds: [0] });
    await hub.control({ do: "sendText", text });
    await client.untilTold("reconnected");
    expect(client.told[0]).toBe(`reconnecting: ${error}`);
  });

  it("of an unknown type are ignored", async () => {
    const client = await startClient(hub.board());
    await hub.control({ do: "sendText", text: '{"type":42}\u001e' });
    expect(await client.connection.invoke("Add", 1, 2)).toBe(3);
    expect(client.told).toEqual([]);
  });
});
