/** The server's errors of calls are recognised by their text: this is what the servers really say. */
import { expect, it } from "vitest";
import { callErrorOf } from "../../extension/core/diagnosis/call-errors.ts";
import { startClient } from "./client.ts";
import { describeHubs } from "./hubs-under-test.ts";

describeHubs("errors of calls", (hub) => {
  it.each([
    ["a method that isn't there", "NoSuchMethod", [], "no method of this name"],
    ["too few arguments", "Add", [1], "don't fit"],
    ["an argument of another type", "Add", ["one", 2], "don't fit"],
  ] as const)("%s", async (_what, method, args, text) => {
    const { connection } = await startClient(hub.board());
    const error: unknown = await connection.invoke(method, ...args).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(callErrorOf((error as Error).message)?.text).toContain(text);
  });
});
