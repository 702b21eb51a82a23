import { expect, it } from "vitest";
import { rejection, startClient } from "./client.ts";
import { describeHubs } from "./hubs-under-test.ts";
import { RawClient } from "./raw-client.ts";

const invocation = (target: string, ...args: unknown[]): object => ({
  type: 1,
  invocationId: "7",
  target,
  arguments: args,
});

describeHubs("invocations", (hub) => {
  /** The raw text of the answer to one invocation. */
  async function answer(message: object, query = ""): Promise<string> {
    const client = await RawClient.connect(hub.board(query));
    client.send(message);
    return client.next(1);
  }

  it.for([
    [null, "null"],
    [1.5, "1.5"],
    ["ü'<\"", `"ü'<\\""`],
    [{ a: [1, { b: null }] }, '{"a":[1,{"b":null}]}'],
  ] as const)("echo %j", async ([value, written]) => {
    expect(await answer(invocation("Echo", value))).toBe(`{"type":3,"invocationId":"7","result":${written}}`);
  });

  it("match the method's name case-insensitively", async () => {
    expect(await answer(invocation("aDD", 1, 2))).toBe('{"type":3,"invocationId":"7","result":3}');
  });

  it("of a method without a result are answered with null", async () => {
    expect(await answer(invocation("JoinBoard", "b"))).toBe('{"type":3,"invocationId":"7","result":null}');
    expect(await answer(invocation("Delay", 1))).toBe('{"type":3,"invocationId":"7","result":null}');
  });

  it.for([
    ["Fail", ["No"], "An unexpected error occurred invoking 'Fail' on the server. HubException: No"],
    ["Crash", [], "An unexpected error occurred invoking 'Crash' on the server."],
    ["Add", [1], "Failed to invoke 'Add' due to an error on the server."],
    ["Add", ["one", 2], "Failed to invoke 'Add' due to an error on the server."],
    [
      "Nope",
      [],
      "Failed to invoke 'Nope' due to an error on the server. HubException: Method does not exist.",
    ],
    [
      "Counter",
      [1, 1],
      "The client attempted to invoke the streaming 'Counter' method with a non-streaming invocation.",
    ],
    [
      "Sum",
      [],
      "An unexpected error occurred invoking 'Sum' on the server. HubException: Client sent 0 stream(s), Hub method expects 1.",
    ],
  ] as const)("that fail: %s%j", async ([target, args, error]) => {
    expect(JSON.parse(await answer(invocation(target, ...args)))).toEqual({
      type: 3,
      invocationId: "7",
      error,
    });
  });

  it.for([
    [
      "Crash",
      [],
      "An unexpected error occurred invoking 'Crash' on the server. InvalidOperationException: The board fell over.",
    ],
    [
      "Add",
      [1],
      "Failed to invoke 'Add' due to an error on the server. InvalidDataException: Invocation provides 1 argument(s) but target expects 2.",
    ],
    [
      "Add",
      ["one", 2],
      "Failed to invoke 'Add' due to an error on the server. InvalidDataException: Error binding arguments. Make sure that the types of the provided values match the types of the hub method being invoked.",
    ],
  ] as const)("that fail with detailed errors: %s%j", async ([target, args, error]) => {
    expect(JSON.parse(await answer(invocation(target, ...args), "detailedErrors=1"))).toMatchObject({
      error,
    });
  });

  it("without an id are never answered, not even when they fail", async () => {
    const client = await RawClient.connect(hub.board());
    client.send(
      { type: 1, target: "Nope", arguments: [] },
      { type: 1, target: "Crash", arguments: [] },
      { type: 1, target: "Add", arguments: [1, 2] },
      invocation("Add", 3, 4),
    );
    expect(await client.answers(1)).toEqual(['{"type":3,"invocationId":"7","result":7}']);
  });

  it("can be several in one frame, and one in several frames", async () => {
    const client = await RawClient.connect(hub.board());
    client.send(invocation("Add", 1, 1), invocation("Add", 2, 2));
    client.sendText('{"type":1,"invocationId":"7",');
    client.sendText('"target":"Add","arguments":[3,3]}\u001e');
    const results = (await client.answers(3)).map(
      (message) => (JSON.parse(message) as { result: number }).result,
    );
    expect(results.sort()).toEqual([2, 4, 6]);
  });

  it("of a real client return results and errors, and don't affect the connection", async () => {
    const { connection, told } = await startClient(hub.board());
    expect(await connection.invoke("Echo", { a: 1 })).toEqual({ a: 1 });
    expect(await connection.invoke("WhoAmI")).toBe(connection.connectionId);
    expect(await rejection(connection.invoke("Fail", "No"))).toBe(
      "An unexpected error occurred invoking 'Fail' on the server. HubException: No",
    );
    await connection.send("Crash");
    expect(await connection.invoke("Add", 1, 2)).toBe(3);
    expect(told).toEqual([]);
  });

  it("that flood the caller arrive complete and in order", async () => {
    const { connection } = await startClient(hub.board());
    const indexes: number[] = [];
    connection.on("flood", (index: number, filler: string) => void indexes.push(index + filler.length));
    await connection.invoke("Flood", 2_000, 100);
    expect(indexes).toEqual(Array.from({ length: 2_000 }, (_, index) => index + 100));
  });
});

describeHubs("client results", (hub) => {
  it("are requested with an id that starts with s", async () => {
    const client = await RawClient.connect(hub.board());
    client.send(invocation("AskClient", "Why?"));
    const question = await client.next(1);
    expect(question).toMatch(
      /^\{"type":1,"invocationId":"s\d+","target":"answer","arguments":\["Why\?"\]\}$/,
    );
    const { invocationId } = JSON.parse(question) as { invocationId: string };
    client.send({ type: 3, invocationId, result: { a: 1 } });
    expect(await client.next(2)).toBe('{"type":3,"invocationId":"7","result":{"a":1}}');
  });

  it("are what the client's method returns", async () => {
    const { connection } = await startClient(hub.board());
    connection.on("answer", (question: string) => `${question} Because.`);
    expect(await connection.invoke("AskClient", "Why?")).toBe("Why? Because.");
  });

  it("fail when the client throws, answers nothing, or has no such method", async () => {
    const failed = "An unexpected error occurred invoking 'AskClient' on the server. HubException:";
    const { connection } = await startClient(hub.board());
    const ask = (): Promise<string> => rejection(connection.invoke("AskClient", "Why?"));
    expect(await ask()).toBe(`${failed} Client didn't provide a result.`);
    connection.on("answer", () => {
      throw new Error("Go away");
    });
    expect(await ask()).toBe(`${failed} Error: Go away`);
    const client = await RawClient.connect(hub.board());
    client.send(invocation("AskClient", "Why?"));
    const { invocationId } = JSON.parse(await client.next(1)) as { invocationId: string };
    client.send({ type: 3, invocationId });
    expect(JSON.parse(await client.next(2))).toMatchObject({
      error: `${failed} Exception of type 'Microsoft.AspNetCore.SignalR.HubException' was thrown.`,
    });
  });
});
