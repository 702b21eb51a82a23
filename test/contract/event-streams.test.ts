import { expect, it } from "vitest";
import { eventually } from "./eventually.ts";
import { describeHubs } from "./hubs-under-test.ts";
import { connectUrl, refusedUpgrade } from "./raw-client.ts";
import { RawHttp } from "./raw-http.ts";

const jsonHandshake = { protocol: "json", version: 1 };
const add = { type: 1, invocationId: "7", target: "Add", arguments: [1, 2] };

/** Collects the text of an event stream; `ended` is true when the server has ended it. */
function read(response: Response): { text: string; ended: boolean } {
  const got = { text: "", ended: false };
  const collect = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
      got.text += decoder.decode(chunk, { stream: true });
    got.ended = true;
  };
  collect().catch(() => undefined);
  return got;
}

describeHubs("event streams", (hub) => {
  it("begin with a comment, and forbid buffering and caching", async () => {
    const response = await (await RawHttp.negotiate(hub.board())).events();
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("cache-control")).toBe("no-cache,no-store");
    expect(response.headers.get("content-encoding")).toBe("identity");
    const got = read(response);
    await eventually("the comment", () => got.text || undefined);
    expect(got.text).toBe(":\r\n");
  });

  it("carry messages as unnamed events, and accept POSTs", async () => {
    const client = await RawHttp.negotiate(hub.board());
    const got = read(await client.events());
    expect(await client.send(jsonHandshake)).toEqual([200, ""]);
    await eventually("the handshake", () => got.text.includes("{}") || undefined);
    expect(await client.send(add)).toEqual([200, ""]);
    await eventually("the result", () => got.text.includes("result") || undefined);
    expect(got.text).toBe(
      ':\r\ndata: {}\u001e\r\n\r\ndata: {"type":3,"invocationId":"7","result":3}\u001e\r\n\r\n',
    );
  });

  it("end with the connection", async () => {
    const client = await RawHttp.negotiate(hub.board());
    const got = read(await client.events());
    await client.send(jsonHandshake, { type: 7 });
    await eventually("the end", () => got.ended || undefined);
    expect(got.text).toContain('{"type":7}\u001e\r\n\r\n');
    expect(await client.send(add)).toEqual([404, "No Connection with that ID"]);
  });

  it("process a handshake that was sent before the stream was opened", async () => {
    const client = await RawHttp.negotiate(hub.board());
    expect(await client.send(jsonHandshake)).toEqual([200, ""]);
    const got = read(await client.events());
    await eventually("the handshake", () => got.text.includes("{}") || undefined);
  });

  it("carry the server's pings", async () => {
    const client = await RawHttp.negotiate(hub.board("keepAlive=100"));
    const got = read(await client.events());
    await client.send(jsonHandshake);
    await eventually("a ping", () => got.text.includes('data: {"type":6}\u001e') || undefined);
  });

  it("reject protocols that aren't text", async () => {
    const client = await RawHttp.negotiate(hub.board());
    const got = read(await client.events());
    await client.send({ protocol: "messagepack", version: 1 });
    await eventually("the end", () => got.ended || undefined);
    expect(got.text).toBe(
      `:\r\ndata: {"error":"Cannot use the 'messagepack' protocol on the current transport. The transport does not support 'Binary' transfer format."}\u001e\r\n\r\n`,
    );
  });

  it("are limited to one per connection, and its transport can't be changed", async () => {
    const client = await RawHttp.negotiate(hub.board());
    await client.events();
    const events = { Accept: "text/event-stream" };
    expect(await client.refusal("GET", events)).toEqual([409, ""]);
    expect(await client.refusal("GET")).toEqual([400, "Cannot change transports mid-connection"]);
    expect(await client.refusal("DELETE")).toEqual([
      400,
      "Cannot terminate this connection using the DELETE endpoint.",
    ]);
    expect(await refusedUpgrade(connectUrl(hub.board(), client.token))).toEqual({
      status: 400,
      body: "Cannot change transports mid-connection",
    });
  });

  it("that the client closes end the connection", async () => {
    const client = await RawHttp.negotiate(hub.board());
    const got = read(await client.events());
    await client.send(jsonHandshake);
    await eventually("the handshake", () => got.text.includes("{}") || undefined);
    client.abort();
    await eventually("the end", async () => (await hub.log()).find(({ event }) => event === "disconnected"));
    await eventually("the server to forget it", async () => {
      const [status] = await client.send(add);
      return status === 404 || undefined;
    });
  });
});
