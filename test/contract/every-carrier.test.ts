import { Subject } from "@microsoft/signalr";
import { expect, it } from "vitest";
import { carriedBy, describeCarriers } from "./carriers.ts";
import { collect, rejection, startClient } from "./client.ts";
import { eventually } from "./eventually.ts";

describeCarriers("calls over every transport and protocol", (hub, carrier) => {
  const settings = carriedBy(carrier);

  it("return results and errors", async () => {
    const { connection, told } = await startClient(hub.board(), settings);
    expect(await connection.invoke("Add", 1, 2.5)).toBe(3.5);
    expect(await connection.invoke("WhoAmI")).toBe(connection.connectionId);
    expect(await connection.invoke("JoinBoard", "b")).toBeNull();
    expect(await rejection(connection.invoke("Fail", "No"))).toBe(
      "An unexpected error occurred invoking 'Fail' on the server. HubException: No",
    );
    expect(await rejection(connection.invoke("Add", 1))).toBe(
      "Failed to invoke 'Add' due to an error on the server.",
    );
    await connection.send("Crash");
    expect(await connection.invoke("Add", 1, 2)).toBe(3);
    expect(told).toEqual([]);
  });

  it.for([null, true, -1, 2 ** 40, 1.5, "ü'<\"\n", [1, "a", null], { a: [1, { b: null }] }])(
    "echo %j",
    async (value) => {
      const { connection } = await startClient(hub.board(), settings);
      expect(await connection.invoke("Echo", value)).toEqual(value);
    },
  );

  it("arrive complete and in order in a flood", async () => {
    const { connection } = await startClient(hub.board(), settings);
    const indexes: number[] = [];
    connection.on("flood", (index: number, filler: string) => void indexes.push(index + filler.length));
    await connection.invoke("Flood", 500, 300);
    await eventually("the flood", () => indexes[499]);
    expect(indexes).toEqual(Array.from({ length: 500 }, (_, index) => index + 300));
  });

  it("stream to the client", async () => {
    const client = await startClient(hub.board(), settings);
    const counter = collect<number>(client, "Counter", 5, 1);
    expect(await counter.ended).toBe("complete");
    expect(counter.items).toEqual([0, 1, 2, 3, 4]);
    expect(await collect(client, "Counter", -1, 1).ended).toBe(
      "error: An error occurred on the server while streaming results. HubException: The count must not be negative.",
    );
  });

  it("stream until they are cancelled", async () => {
    const client = await startClient(hub.board(), settings);
    const ticks = collect<object>(client, "Ticks", "ABC", 5);
    expect(await eventually("a tick", () => ticks.items[0])).toEqual({
      symbol: "ABC",
      price: expect.any(Number) as number,
      at: expect.any(Number) as number,
    });
    ticks.subscription.dispose();
    await eventually("the cancellation", async () =>
      (await hub.log()).find(({ type }) => type === "CancelInvocation"),
    );
    expect(await client.connection.invoke("Add", 1, 2)).toBe(3);
  });

  it("stream to the server", async () => {
    const { connection } = await startClient(hub.board(), settings);
    const numbers = new Subject<number>();
    const total = connection.invoke("Sum", numbers);
    for (const number of [1, 2, 3.5]) numbers.next(number);
    numbers.complete();
    expect(await total).toBe(6.5);
    const failing = new Subject<number>();
    const failed = rejection(connection.invoke("Sum", failing));
    failing.error(new Error("Oops"));
    expect(await failed).toContain("HubException: Oops");
  });

  it("ask the client", async () => {
    const { connection } = await startClient(hub.board(), settings);
    const failed = "An unexpected error occurred invoking 'AskClient' on the server. HubException:";
    expect(await rejection(connection.invoke("AskClient", "Why?"))).toBe(
      `${failed} Client didn't provide a result.`,
    );
    connection.on("answer", (question: string) => `${question} Because.`);
    expect(await connection.invoke("AskClient", "Why?")).toBe("Why? Because.");
  });

  it("reach groups, whatever transports the other members use", async () => {
    const here = await startClient(hub.board(), settings);
    const there = await startClient(hub.board());
    const received: string[] = [];
    for (const { connection } of [here, there]) {
      connection.on(
        "messageReceived",
        (user: string, text: string) => void received.push(`${user}: ${text}`),
      );
      await connection.invoke("JoinBoard", "b");
    }
    await here.connection.invoke("Say", "b", "Ada", "Hello");
    await eventually("both to hear it", () => received[1]);
    await there.connection.invoke("LeaveBoard", "b");
    await there.connection.invoke("Say", "b", "Bob", "Bye");
    await eventually("the other one to hear it", () => received[2]);
    expect(received).toEqual(["Ada: Hello", "Ada: Hello", "Bob: Bye"]);
  });
});
