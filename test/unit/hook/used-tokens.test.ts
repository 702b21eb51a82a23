// @vitest-environment happy-dom
import { later } from "./in-a-page.ts";
import { encode } from "@msgpack/msgpack";
import { beforeEach, describe, expect, it } from "vitest";
import { createConnectionRecorder } from "../../../content-script/hook/record/connection-recorder.ts";
import { errorWords } from "../../../content-script/hook/record/error-text.ts";
import type { HttpAnswer } from "../../../content-script/hook/transport/http-request.ts";
import { createNegotiates, type Negotiates } from "../../../content-script/hook/transport/negotiates.ts";
import { createRecorder, type Recorder } from "../../../content-script/hook/record/recorder.ts";
import { createUsedTokens } from "../../../extension/core/redaction/used-tokens.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { tokenHash } from "../../../extension/core/redaction/token-hash.ts";

const ACCESS = "OpaqueAccessTok3n77";
const TOKEN = "ConnT0kenSecret55";
const RS = "\x1e";

let sent: RecordedEvent[];
let recorder: Recorder;
let negotiates: Negotiates;
beforeEach(() => {
  sent = [];
  recorder = createRecorder({ send: (events) => void sent.push(...events), idle: () => false });
  negotiates = createNegotiates(recorder, {
    beforeStart: () => undefined,
    tokenKnown: () => undefined,
    rule: () => undefined,
    hold: () => undefined,
  });
});

/** The page negotiates, and gets this answer. */
function negotiate(body: string, { status = 200, authorization = null as string | null } = {}): void {
  const watch = negotiates.sees({
    api: "fetch",
    url: "https://host.test/hub/negotiate?negotiateVersion=1",
    method: "POST",
    body: undefined,
    header: (name) => (name === "Authorization" ? authorization : null),
  });
  const answer: HttpAnswer = {
    status,
    statusText: "",
    header: () => null,
    answeredBy: undefined,
    made: false,
  };
  watch.reads(answer);
  watch.answered(answer, body);
}
const answered = (more: object): string =>
  JSON.stringify({
    negotiateVersion: 1,
    connectionId: "cid",
    connectionToken: TOKEN,
    availableTransports: [],
    ...more,
  });
const connect = (query = "") =>
  createConnectionRecorder(
    { id: 1, transport: "WebSockets", url: `wss://host.test/hub?${query}`, at: 1, request: undefined },
    recorder,
  );
async function recorded(): Promise<string> {
  await later(1_000);
  return JSON.stringify(
    sent.map((event) =>
      event.kind === "message" && event.binary !== undefined
        ? { ...event, binary: Buffer.from(event.binary, "base64").toString("latin1") }
        : event,
    ),
  );
}

describe("a token that the page has used is never recorded:", () => {
  it("the Authorization header of a negotiate, in the error of that negotiate", async () => {
    negotiate(`Token ${ACCESS} is not valid`, { status: 401, authorization: `Bearer ${ACCESS}` });
    const text = await recorded();
    expect(text).toContain("Token … is not valid");
    expect(text).not.toContain(ACCESS);
  });

  it("the access token of a negotiate response, in its redirect", async () => {
    const url = `https://host.test/redirected/${ACCESS}?asrs.op=${ACCESS}&${ACCESS}=1`;
    negotiate(JSON.stringify({ url, accessToken: ACCESS }));
    const text = await recorded();
    expect(text).toContain("https://host.test/redirected/…?asrs.op=…&…");
    expect(text).not.toContain(ACCESS);
  });

  it("the connection token, in a handshake error, method names, a Close message, and the close reason", async () => {
    negotiate(answered({}));
    const conversation = connect();
    conversation.sent(`{"protocol":"json","version":1}${RS}`, 0);
    conversation.received(`{"error":"bad ${TOKEN}"}${RS}`, 0);
    conversation.received(
      `${JSON.stringify({ type: 1, target: `T_${TOKEN}`, arguments: [{ [TOKEN]: 1 }] })}${RS}`,
      0,
    );
    conversation.received(`${JSON.stringify({ type: 3, invocationId: TOKEN, error: TOKEN })}${RS}`, 0);
    conversation.received(`${JSON.stringify({ type: 7, error: `${TOKEN} expired` })}${RS}`, 0);
    conversation.closed({ code: 4001, reason: `token ${TOKEN}`, wasClean: true });
    const text = await recorded();
    expect(text).toContain("T_…");
    expect(text).toContain('"reason":"token …"');
    expect(text).not.toContain(TOKEN);
  });

  it("access_token and id of an address: encoded, decoded, and escaped by JSON", async () => {
    const token = "opaque+token/77==";
    const conversation = connect(`id=connT0ken&access_token=${encodeURIComponent(token)}`);
    for (const form of [
      token,
      encodeURIComponent(token),
      "opaque\\u002Btoken/77==",
      "opaque+token\\/77==",
      "connT0ken",
    ])
      conversation.received(`{"type":1,"target":"x","arguments":["${form}"]}${RS}`, 0);
    const text = await recorded();
    expect(text).not.toMatch(/opaque|T0ken/);
    expect(text.match(/\["x"|\[\\"…\\"\]/g)).toHaveLength(5);
  });

  it("any token, in the bytes of MessagePack and of unknown protocols", async () => {
    negotiate(answered({ accessToken: ACCESS }));
    const conversation = connect();
    conversation.sent(`{"protocol":"messagepack","version":1}${RS}`, 0);
    conversation.received(new TextEncoder().encode(`{}${RS}`), 0);
    const message = encode([1, {}, null, "Say", [`it is ${ACCESS}`]]);
    conversation.received(new Uint8Array([message.length, ...message]), 0);
    const other = connect();
    other.sent(`{"protocol":"${TOKEN}","version":1}${RS}`, 0);
    other.received(new TextEncoder().encode(`{}${RS}it is ${ACCESS}`), 0);
    const text = await recorded();
    expect(text.split(`it is ${"*".repeat(ACCESS.length)}`)).toHaveLength(3);
    expect(text).not.toContain(ACCESS);
    expect(text).not.toContain(TOKEN);
  });

  it("a token in a method name that was queued before the token was known", async () => {
    const conversation = connect();
    const call = `{"type":1,"target":"T_${TOKEN}","arguments":[]}${RS}`;
    conversation.received(call, 0);
    negotiate(answered({}));
    conversation.received(call, 0);
    await recorded();
    expect(sent.at(-1)).toMatchObject({ target: "T_…" });
  });

  it("the connection id of negotiate version 0: a hash replaces it, and errors don't contain it", async () => {
    const id = "V0ConnTok3nSecret";
    negotiate(JSON.stringify({ connectionId: id, availableTransports: [] }));
    recorder.record({ kind: "hub-lost", hub: 1, error: `No connection ${id}` });
    const text = await recorded();
    expect(text).toContain(tokenHash(id));
    expect(text).toContain("No connection …");
    expect(text).not.toContain(id);
  });

  it("ids of a negotiate response that was cut off, in its error and in the client's", async () => {
    negotiate('{"connectionId":"V0ConnTok3nSecret","availableTransports":[');
    recorder.record({ kind: "hub-lost", hub: 1, error: 'Unexpected end: "V0ConnTok3nSecret"' });
    const text = await recorded();
    expect(text).toContain('{\\"connectionId\\":\\"…\\",\\"availableTransports\\":[');
    expect(text).not.toContain("V0ConnTok3nSecret");
  });

  it("but a token that equals a constant of the recording format doesn't change the format", async () => {
    negotiate(answered({}), { authorization: "Bearer WebSockets" });
    negotiate(answered({}), { authorization: "Bearer negotiate" });
    connect();
    await recorded();
    expect(sent).toContainEqual(expect.objectContaining({ kind: "socket", transport: "WebSockets" }));
    expect(sent).toContainEqual(expect.objectContaining({ kind: "negotiate" }));
  });
});

describe("a password that ends after the recorded part", () => {
  const password = "hunter2secret";
  const address = `https://mira:${password}@host`;
  const cap = (payloadCap: number): void => {
    recorder.mode = { ...recorder.mode, payloadCap };
  };

  it("is removed from a text", async () => {
    const message = `{"type":1,"target":"x","arguments":["ä${address}"]}`;
    for (let end = message.indexOf("hunter"); end < message.indexOf("@"); end++) {
      cap(end + 1);
      connect().received(message + RS, 0);
    }
    expect(await recorded()).not.toContain("hunter");
    const message0 = sent.find(({ kind }) => kind === "message");
    expect(message0).toMatchObject({
      payload: '{"type":1,"target":"x","arguments":["ähttps://…',
      truncated: true,
    });
  });

  it("is removed from bytes", async () => {
    const message = encode([1, {}, null, "Say", [address]]);
    const conversation = connect();
    conversation.sent(`{"protocol":"messagepack","version":1}${RS}`, 0);
    conversation.received(new TextEncoder().encode(`{}${RS}`), 0);
    for (let end = 24; end < 36; end++) {
      cap(end);
      conversation.received(new Uint8Array([message.length, ...message]), 0);
    }
    const text = await recorded();
    expect(text).toContain("https://*****");
    expect(text).not.toContain("hunter");
    const sizes = sent.flatMap((event) =>
      event.kind === "message" ? [Buffer.from(event.binary ?? "", "base64").length] : [],
    );
    expect(sizes).toEqual([24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35]);
  });

  it("is removed from a long error that is read only in part", async () => {
    const jwts = `eyJhbGciOiJub25lIn0.${"a".repeat(500)}.c2ln `.repeat(50);
    for (let end = 1; end < 40; end++) {
      const before = jwts.slice(0, 20_000 - 1 - end);
      recorder.record({
        kind: "hub-lost",
        hub: 1,
        error: errorWords(`${before} ${address}${"x".repeat(9)} `),
      });
    }
    expect(await recorded()).not.toContain("hunter");
  });

  it("is removed from a page's title", async () => {
    for (let end = 1; end < 40; end++)
      recorder.record({
        kind: "hub-lost",
        hub: 1,
        error: errorWords(`<html><title>${"a ".repeat((200 - end) / 2)}${address} and more</title>`),
      });
    expect(await recorded()).not.toContain("hunter");
  });
});

describe("the list of used tokens", () => {
  it("contains the newest tokens, and none that is too short or too long", () => {
    const tokens = createUsedTokens();
    for (const token of ["", null, undefined, "1234567", "x".repeat(10_000)]) tokens.remember(token);
    expect(tokens.texts).toEqual([]);
    for (let i = 0; i < 100; i++) tokens.remember(`token-${i}-long`);
    expect(tokens.texts).toHaveLength(32);
    expect(tokens.texts.at(-1)).toBe("token-99-long");
  });

  it("keeps a token that is used again, and adds one that can't be decoded unchanged", () => {
    const tokens = createUsedTokens();
    tokens.remember("the first %zz \ud800");
    for (let i = 0; i < 100; i++) {
      tokens.remember(`token-${i}-long`);
      tokens.remember("the first %zz \ud800");
    }
    expect(tokens.texts).toContain("the first %zz \ud800");
  });

  it("isn't changed by a token that it contains already", () => {
    const tokens = createUsedTokens();
    tokens.rememberOf("wss://h/hub?id=connT0ken&access_token=ACCESS77", "Bearer  ACCESS77");
    const { texts } = tokens;
    tokens.remember("ACCESS77");
    expect(tokens.texts).toBe(texts);
    expect(texts).toEqual(["connT0ken", "ACCESS77"]);
  });
});
