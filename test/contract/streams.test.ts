import { Subject } from "@microsoft/signalr";
import { expect, it } from "vitest";
import { collect, rejection, startClient } from "./client.ts";
import { eventually } from "./eventually.ts";
import { describeHubs } from "./hubs-under-test.ts";
import { RawClient } from "./raw-client.ts";

const streamInvocation = (target: string, ...args: unknown[]): object => ({
  type: 4,
  invocationId: "7",
  target,
  arguments: args,
});

describeHubs("streams to the client", (hub) => {
  it("are items and a completion without a result", async () => {
    const client = await RawClient.connect(hub.board());
    client.send(streamInvocation("Counter", 2, 1));
    expect(await client.answers(3)).toEqual([
      '{"type":2,"invocationId":"7","item":0}',
      '{"type":2,"invocationId":"7","item":1}',
      '{"type":3,"invocationId":"7"}',
    ]);
  });

  it("arrive at a real client", async () => {
    const stream = collect<number>(await startClient(hub.board()), "Counter", 5, 1);
    expect(await stream.ended).toBe("complete");
    expect(stream.items).toEqual([0, 1, 2, 3, 4]);
  });

  it.for([
    [
      "Counter",
      [-1, 1],
      "An error occurred on the server while streaming results. HubException: The count must not be negative.",
    ],
    ["Counter", [1], "Failed to invoke 'Counter' due to an error on the server."],
    [
      "Nope",
      [],
      "Failed to invoke 'Nope' due to an error on the server. HubException: Method does not exist.",
    ],
    [
      "Echo",
      [1],
      "The client attempted to invoke the non-streaming 'Echo' method with a streaming invocation.",
    ],
  ] as const)("that fail: %s%j", async ([target, args, error]) => {
    const client = await RawClient.connect(hub.board());
    client.send(streamInvocation(target, ...args));
    expect(JSON.parse(await client.next(1))).toEqual({ type: 3, invocationId: "7", error });
  });

  it("end with a completion when they are cancelled", async () => {
    const client = await RawClient.connect(hub.board());
    client.send(streamInvocation("Ticks", "ABC", 20));
    const item = JSON.parse(await client.next(1)) as { item: object };
    expect(Object.keys(item.item)).toEqual(["symbol", "price", "at"]);
    client.send({ type: 5, invocationId: "7" });
    const last = await eventually("the completion", () =>
      client.messages.find((text) => text.includes('"type":3')),
    );
    expect(last).toBe('{"type":3,"invocationId":"7"}');
  });

  it("stop for a real client that has disposed of its subscription", async () => {
    const client = await startClient(hub.board());
    const stream = collect<{ symbol: string }>(client, "Ticks", "ABC", 5);
    await eventually("three ticks", () => stream.items[2]);
    stream.subscription.dispose();
    await eventually("the cancellation", async () =>
      (await hub.log()).find(({ detail }) => detail === "CancelInvocation"),
    );
    expect(stream.items.every(({ symbol }) => symbol === "ABC")).toBe(true);
    expect(await client.connection.invoke("Add", 1, 2)).toBe(3);
  });

  it("can't have the same id", async () => {
    const client = await RawClient.connect(hub.board());
    client.send(streamInvocation("Ticks", "ABC", 10_000), streamInvocation("Ticks", "ABC", 10_000));
    expect(await client.answers(2)).toContain(
      `{"type":3,"invocationId":"7","error":"Invocation ID '7' is already in use."}`,
    );
  });

  it("fail when the connection is lost", async () => {
    const client = await startClient(hub.board());
    const stream = collect(client, "Ticks", "ABC", 5);
    await eventually("a tick", () => stream.items[0]);
    await hub.control({ do: "dropSockets" });
    expect(await stream.ended).toBe("error: WebSocket closed with status code: 1006 (no reason given).");
  });
});

describeHubs("streams to the server", (hub) => {
  const sum = { type: 1, invocationId: "1", target: "Sum", arguments: [], streamIds: ["2"] };
  const item = (value: unknown): object => ({ type: 2, invocationId: "2", item: value });

  async function answer(...messages: object[]): Promise<string> {
    const client = await RawClient.connect(hub.board());
    client.send(...messages);
    return client.next(1);
  }

  it("are added up", async () => {
    expect(await answer(sum, item(1), item(2.5), { type: 3, invocationId: "2" })).toBe(
      '{"type":3,"invocationId":"1","result":3.5}',
    );
  });

  it("come from a real client's subject", async () => {
    const { connection } = await startClient(hub.board());
    const numbers = new Subject<number>();
    const total = connection.invoke("Sum", numbers);
    for (const number of [1, 2, 3]) numbers.next(number);
    numbers.complete();
    expect(await total).toBe(6);
  });

  it("that fail at the client make the method fail with the client's error", async () => {
    expect(JSON.parse(await answer(sum, item(1), { type: 3, invocationId: "2", error: "Oops" }))).toEqual({
      type: 3,
      invocationId: "1",
      error: "An unexpected error occurred invoking 'Sum' on the server. HubException: Oops",
    });
    const { connection } = await startClient(hub.board());
    const numbers = new Subject<number>();
    const total = rejection(connection.invoke("Sum", numbers));
    numbers.error(new Error("Oops"));
    expect(await total).toContain("HubException: Oops");
  });

  it("with items of the wrong type make the method fail", async () => {
    const { error } = JSON.parse(await answer(sum, item("one"), { type: 3, invocationId: "2" })) as {
      error: string;
    };
    expect(error).toContain(
      "An unexpected error occurred invoking 'Sum' on the server. HubException: Failed to bind Stream message.",
    );
  });

  it("that were not requested are ignored", async () => {
    const client = await RawClient.connect(hub.board());
    client.send(
      { type: 2, invocationId: "9", item: 1 },
      { type: 3, invocationId: "9", result: 1 },
      { type: 5, invocationId: "9" },
      { type: 1, invocationId: "1", target: "Add", arguments: [1, 2] },
    );
    expect(await client.answers(1)).toEqual(['{"type":3,"invocationId":"1","result":3}']);
  });
});
