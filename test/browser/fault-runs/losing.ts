/** Faults that lose connections. */
import { expect, it } from "vitest";
import { globals } from "../../harness/globals.ts";
import { ALL, TIMED_OUT, type Scene } from "./scene.ts";

export function describeLosing(scene: Scene): void {
  it("abrupt-loss: the app is notified at once; a stateful connection resumes and the app doesn't notice", async () => {
    const fault = await scene.run.begin({ name: "abrupt-loss" });
    await scene.reconnect(ALL);
    expect(await scene.run.invoke("stateful", "Add", 1, 2)).toBe(3);
    expect(await scene.run.told("stateful")).toEqual([]);
    await scene.clean(fault);
  });

  it("graceful-loss: all connections get a new id, a stateful one, too", async () => {
    const fault = await scene.run.begin({ name: "graceful-loss" });
    await scene.reconnect([...ALL, "stateful"]);
    await scene.clean(fault);
  });

  it("miss-window: the resume is refused, and a new id follows", async () => {
    const id = await scene.run.page.evaluate(() => window.clients["stateful"]!.connectionId());
    const fault = await scene.run.begin({ name: "miss-window", after: 200 });
    await scene.run.untilTold("stateful", "reconnected");
    expect(await scene.run.page.evaluate(() => window.clients["stateful"]!.connectionId())).not.toBe(id);
    await scene.reconnect(ALL);
    await scene.clean(fault);
  });

  it("close-code: the app's callback contains the code; other transports have none", async () => {
    const fault = await scene.run.begin({ name: "close-code", code: 4001, reason: "bye" });
    await scene.reconnect(["socket"], /^reconnecting WebSocket closed with status code: 4001 \(bye\)\.$/);
    expect(await scene.run.told("stream")).toEqual([]);
    expect(await scene.run.told("polling")).toEqual([]);
    await scene.clean(fault);
  });

  it("server-close: the app's callback contains the server's reason, and the client reconnects", async () => {
    const fault = await scene.run.begin({ name: "server-close", allowReconnect: true, error: "run" });
    await scene.reconnect(ALL, /^reconnecting Server returned an error on close: run/);
    await scene.clean(fault);
  });

  it("half-open, in: the client receives nothing until its server timeout", async () => {
    const fault = await scene.run.begin({ name: "half-open", direction: "in" });
    // With long polling the client has no server timeout, as each poll shows that the server is alive.
    await scene.reconnect(["socket", "stream"], TIMED_OUT);
    expect(await scene.run.told("polling")).toEqual([]);
    await scene.run.end(fault);
    await scene.clean(fault, "undone");
  });

  it("half-open, out: the server receives nothing until its client timeout", async () => {
    const fault = await scene.run.begin({ name: "half-open", direction: "out" });
    await scene.reconnect(["socket", "stream"], /^reconnecting/);
    await scene.run.end(fault);
    expect(await scene.run.over(fault)).toMatch(/^(undone|completed)$/);
    expect(await globals(scene.run.page)).toBe(scene.before);
  });

  it("idle-cut: connections without messages for too long are lost", async () => {
    // The server pings once a second and the client less often, so there are gaps between two pings that are long enough for a
    // cut. A new connection must not be cut before it is idle for that time, see below.
    const fault = await scene.run.begin({ name: "idle-cut", idle: 800, duration: 3_500 });
    await scene.reconnect(["socket", "stream"]);
    await scene.clean(fault);
  });

  it("lifetime-limit: connections that reach the limit are lost", async () => {
    // A client that is cut while it is still sending its first ping stays "connected" for ever, as it checks for a loss
    // only before that ping. Over event streams the ping is a request, which may take longer.
    const fault = await scene.run.begin({ name: "lifetime-limit", limit: 1_500, duration: 2_500 });
    await scene.reconnect(ALL);
    await scene.clean(fault);
  });

  it("drain: connections are lost one by one during the window", async () => {
    const fault = await scene.run.begin({ name: "drain", window: 800 });
    await scene.reconnect([...ALL, "stateful"], /^reconnecting/);
    await scene.clean(fault);
    const times: number[] = [];
    for (const name of [...ALL, "stateful"] as const)
      times.push((await scene.run.times(name, "reconnecting"))[0]!);
    times.sort((a, b) => a - b);
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(400);
  });
}
