import { expect, it } from "vitest";
import { type Client, startClient } from "./client.ts";
import { eventually } from "./eventually.ts";
import { describeHubs } from "./hubs-under-test.ts";
import { RawClient } from "./raw-client.ts";

describeHubs("groups", (hub) => {
  /** Collects the messages that a client receives, as `user: text`. */
  function listen({ connection }: Client): string[] {
    const received: string[] = [];
    connection.on("messageReceived", (user: string, text: string) => void received.push(`${user}: ${text}`));
    return received;
  }

  it("send non-blocking invocations", async () => {
    const client = await RawClient.connect(hub.board());
    client.send({ type: 1, target: "JoinBoard", arguments: ["b"] });
    client.send({ type: 1, target: "Say", arguments: ["b", "Ada", "Hello"] });
    expect(await client.next(1)).toMatch(
      /^\{"type":1,"target":"messageReceived","arguments":\["Ada","Hello",\d{13}\]\}$/,
    );
  });

  it("reach members from joining to leaving", async () => {
    const [ada, bob] = [await startClient(hub.board()), await startClient(hub.board())];
    const [adaHeard, bobHeard] = [listen(ada), listen(bob)];
    await ada.connection.invoke("JoinBoard", "b");
    await bob.connection.invoke("Say", "b", "Bob", "1");
    await bob.connection.invoke("JoinBoard", "b");
    await bob.connection.invoke("Say", "b", "Bob", "2");
    await eventually("Ada to hear it", () => adaHeard[1]);
    await eventually("Bob to hear it", () => bobHeard[0]);
    await ada.connection.invoke("LeaveBoard", "b");
    await bob.connection.invoke("Say", "b", "Bob", "3");
    await eventually("Bob to hear it", () => bobHeard[1]);
    // Messages to a client arrive in order, so when the server's answer is there, no earlier message can follow.
    await ada.connection.invoke("Add", 1, 2);
    expect(adaHeard).toEqual(["Bob: 1", "Bob: 2"]);
    expect(bobHeard).toEqual(["Bob: 2", "Bob: 3"]);
  });

  it("belong to one hub", async () => {
    const [here, there] = [await startClient(hub.board()), await startClient(hub.at("chat"))];
    const received = listen(there);
    await there.connection.invoke("JoinBoard", "b");
    await here.connection.invoke("Say", "b", "Ada", "Hello");
    await there.connection.invoke("Add", 1, 2);
    expect(received).toEqual([]);
  });

  it("are lost in a reconnect, until the client joins again", async () => {
    const client = await startClient(hub.board(), { retryDelaysMilliseconds: [0] });
    const received = listen(client);
    await client.connection.invoke("JoinBoard", "b");
    await hub.control({ do: "dropSockets" });
    await client.untilTold("reconnected");
    await client.connection.invoke("Say", "b", "Ada", "Anyone?");
    expect(received).toEqual([]);
    await client.connection.invoke("JoinBoard", "b");
    await client.connection.invoke("Say", "b", "Ada", "Hello");
    await eventually("the message", () => received[0]);
    expect(received).toEqual(["Ada: Hello"]);
  });
});
