import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { eventually } from "./eventually.ts";

/** Only with the embedded hub: the real ASP.NET SignalR needs .NET Framework. */
describe("ASP.NET SignalR 2.x: embedded hub", () => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await startNodeHub();
  });
  afterAll(() => hub.stop());

  it("negotiates with GET and names in Pascal case", async () => {
    const response = await fetch(`${hub.url}/signalr/negotiate?clientProtocol=2.1&connectionData=%5B%5D`);
    expect(await response.json()).toMatchObject({
      Url: "/signalr",
      ConnectionToken: expect.any(String) as string,
      ConnectionId: expect.any(String) as string,
      TryWebSockets: true,
      ProtocolVersion: "2.1",
    });
    const started = await fetch(`${hub.url}/signalr/start?transport=webSockets&clientProtocol=2.1`);
    expect(await started.json()).toEqual({ Response: "started" });
  });

  it("sends JSON without record separators", async () => {
    const url = `${hub.url.replace("http", "ws")}/signalr/connect?transport=webSockets&clientProtocol=2.1`;
    const socket = new WebSocket(`${url}&connectionToken=t&connectionData=%5B%5D&tid=3`);
    const frames: string[] = [];
    socket.on("message", (data: Buffer) => void frames.push(data.toString()));
    expect(await eventually("the first frame", () => frames[0])).toMatch(/^\{"C":"d-\w+","S":1,"M":\[\]\}$/);
    socket.send('{"H":"board","M":"Echo","A":["Hello"],"I":0}');
    await eventually("the answer", () => frames[2]);
    expect(frames[1]).toMatch(/^\{"C":"d-\w+","M":\[\{"H":"board","M":"Echo","A":\["Hello"\]\}\]\}$/);
    expect(frames[2]).toBe('{"I":"0","R":"Hello"}');
    socket.terminate();
  });
});
