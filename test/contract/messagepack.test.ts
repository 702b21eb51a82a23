import { decode, encode } from "@msgpack/msgpack";
import { expect, it } from "vitest";
import { WebSocket } from "ws";
import { eventually } from "./eventually.ts";
import { describeHubs, type HubUnderTest } from "./hubs-under-test.ts";
import { connectUrl, negotiate } from "./raw-client.ts";

interface Binary {
  /** All received frames, unchanged. */
  readonly frames: { data: Buffer; isBinary: boolean }[];
  /** The messages in the frames after the handshake. */
  messages(): unknown[];
  send(...messages: unknown[]): void;
  sendBytes(bytes: Buffer): void;
}

/** A short message, preceded by its length. */
function framed(message: unknown): Buffer {
  const body = encode(message);
  const { length } = body;
  const prefix = length < 0x80 ? [length] : [(length & 0x7f) | 0x80, length >> 7];
  return Buffer.concat([Buffer.from(prefix), body]);
}

function unframed(bytes: Buffer): unknown[] {
  const messages: unknown[] = [];
  for (let at = 0; at < bytes.length;) {
    let length = 0;
    let shift = 0;
    for (let more = true; more; shift += 7) {
      const byte = bytes[at++] ?? 0;
      length |= (byte & 0x7f) << shift;
      more = byte > 0x7f;
    }
    messages.push(decode(bytes.subarray(at, (at += length))));
  }
  return messages;
}

async function connect(hub: HubUnderTest, query = "", protocol = "messagepack"): Promise<Binary> {
  const { json } = await negotiate(hub.board(query));
  const socket = new WebSocket(connectUrl(hub.board(query), json.connectionToken));
  const frames: { data: Buffer; isBinary: boolean }[] = [];
  socket.on("message", (data: Buffer, isBinary) => void frames.push({ data, isBinary }));
  socket.on("error", () => undefined);
  await new Promise((resolve) => socket.once("open", resolve));
  socket.send(`{"protocol":"${protocol}","version":1}\u001e`);
  await eventually("the handshake", () => frames[0]);
  const handshake = Buffer.from("{}\u001e");
  return {
    frames,
    messages: () => unframed(Buffer.concat(frames.map(({ data }) => data)).subarray(handshake.length)),
    send: (...messages) => socket.send(Buffer.concat(messages.map(framed))),
    sendBytes: (bytes) => socket.send(bytes),
  };
}

async function answer(client: Binary, index = 0): Promise<unknown> {
  return eventually(`answer ${index}`, () => client.messages()[index]);
}

describeHubs("MessagePack on the wire", (hub) => {
  it("begins with JSON, in a binary frame", async () => {
    const { frames } = await connect(hub);
    expect(frames).toEqual([{ data: Buffer.from("{}\u001e"), isBinary: true }]);
  });

  it("sends completions as arrays", async () => {
    const client = await connect(hub);
    client.send([1, {}, "1", "Add", [1, 2], []]);
    expect(await answer(client)).toEqual([3, {}, "1", 3, 3]);
    client.send([1, {}, "2", "JoinBoard", ["b"]]);
    expect(await answer(client, 1)).toEqual([3, {}, "2", 3, null]);
    client.send([1, {}, "3", "Fail", ["No"]]);
    expect(await answer(client, 2)).toEqual([
      3,
      {},
      "3",
      1,
      "An unexpected error occurred invoking 'Fail' on the server. HubException: No",
    ]);
    client.send([1, {}, null, "Say", ["b", "Ada", "Hello"], []]);
    expect(await answer(client, 3)).toEqual([
      1,
      {},
      null,
      "messageReceived",
      ["Ada", "Hello", expect.any(Number)],
      [],
    ]);
  });

  it("sends streams as arrays, in both directions", async () => {
    const client = await connect(hub);
    client.send([4, {}, "1", "Counter", [2, 1], []]);
    await answer(client, 2);
    expect(client.messages()).toEqual([
      [2, {}, "1", 0],
      [2, {}, "1", 1],
      [3, {}, "1", 2],
    ]);
    client.send([1, {}, "2", "Sum", [], ["3"]], [2, {}, "3", 1], [2, {}, "3", 2.5], [3, {}, "3", 2]);
    expect(await answer(client, 3)).toEqual([3, {}, "2", 3, 3.5]);
  });

  it("requests client results as arrays", async () => {
    const client = await connect(hub);
    client.send([1, {}, "1", "AskClient", ["Why?"], []]);
    const question = (await answer(client)) as unknown[];
    expect(question).toEqual([1, {}, expect.stringMatching(/^s\d+$/), "answer", ["Why?"], []]);
    client.send([3, {}, question[2], 3, { a: 1 }]);
    expect(await answer(client, 1)).toEqual([3, {}, "1", 3, { a: 1 }]);
  });

  it("sends pings and Close with as few bytes as possible", async () => {
    const client = await connect(hub, "keepAlive=50");
    await eventually("a ping", () => client.frames[1]);
    expect(client.frames[1]).toEqual({ data: Buffer.from([0x02, 0x91, 0x06]), isBinary: true });
    client.send([7, null]);
    await eventually("the Close", () => client.frames.find(({ data }) => data[2] === 7));
    expect(client.frames.at(-1)?.data).toEqual(Buffer.from([0x04, 0x93, 0x07, 0xc0, 0xc2]));
  });

  it("accepts several messages in one frame, and one in several frames", async () => {
    const client = await connect(hub);
    client.send([1, {}, "1", "Add", [1, 1], []], [1, {}, "2", "Add", [2, 2], []]);
    const third = framed([1, {}, "3", "Echo", ["x".repeat(200)], []]);
    client.sendBytes(third.subarray(0, 1));
    client.sendBytes(third.subarray(1, 100));
    client.sendBytes(third.subarray(100));
    await answer(client, 2);
    expect(client.messages().map((message) => (message as unknown[])[2])).toEqual(["1", "2", "3"]);
  });

  it.for([
    ["no array", framed("nonsense")],
    ["no type", framed([])],
    ["a type that is no number", framed(["x"])],
    ["no bytes", Buffer.from([0])],
    ["a completion of no kind", framed([3, {}, "1", 7])],
  ] as const)(
    "closes the connection when there is %s, and allows the client to reconnect",
    async ([, bytes]) => {
      const client = await connect(hub);
      client.sendBytes(bytes);
      expect(await answer(client)).toEqual([7, "Connection closed with an error.", true]);
    },
  );

  it("explains arguments that don't fit with detailed errors", async () => {
    const client = await connect(hub, "detailedErrors=1");
    client.send([1, {}, "1", "Add", [1, "two"], []]);
    expect(await answer(client)).toEqual([
      3,
      {},
      "1",
      1,
      "Failed to invoke 'Add' due to an error on the server. InvalidDataException: Error binding arguments. Make sure that the types of the provided values match the types of the hub method being invoked.",
    ]);
  });

  it("limits the size of messages, too", async () => {
    const client = await connect(hub, "maximumMessage=500");
    client.send([1, {}, "1", "Echo", ["x".repeat(600)], []]);
    expect(await answer(client)).toEqual([7, "Connection closed with an error.", true]);
  });

  it("is also available under Blazor's name", async () => {
    const client = await connect(hub, "", "blazorpack");
    client.send([1, {}, "1", "Add", [1, 2], []]);
    expect(await answer(client)).toEqual([3, {}, "1", 3, 3]);
  });
});
