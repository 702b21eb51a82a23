/** The sender over real HTTP. */
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { sleepWith } from "../../../extension/core/scenarios/sleep.ts";
import { payloadOf } from "../../../extension/otlp/payload.ts";
import { postWith, type PostOptions } from "../../../extension/otlp/send/post.ts";
import { createSender, type Sender, type SenderSettings } from "../../../extension/otlp/send/sender.ts";
import type { OtlpBatch } from "../../../extension/otlp/types.ts";
import { endpointOf, spans } from "./fake-collector.ts";
import { httpCollector, json, type HttpCollector } from "./http-collector.ts";

let collector: HttpCollector | undefined;
afterEach(async () => {
  await collector?.stop();
  collector = undefined;
});

async function started(...answer: Parameters<typeof httpCollector>): Promise<HttpCollector> {
  collector = await httpCollector(...answer);
  return collector;
}

const sleep = sleepWith({ set: setTimeout, clear: clearTimeout });

/** Chance waits no time. */
const senderTo = (
  url: string,
  settings: Partial<SenderSettings> = {},
  post: Partial<PostOptions> = {},
): Sender =>
  createSender(
    { endpoint: endpointOf(url), ...settings },
    { post: postWith({ fetch, ...post }), now: Date.now, random: () => 0, sleep },
  );

const aSpan = (i: number): Extract<OtlpBatch, { signal: "traces" }>["records"][number] => ({
  traceId: "1".repeat(32),
  spanId: "2".repeat(16),
  name: `span ${i} \ud800`,
  kind: 1,
  startTimeUnixNano: "1",
  endTimeUnixNano: "2",
  attributes: [],
  status: { code: 0 },
});
const batchOf = (count: number): OtlpBatch => ({
  signal: "traces",
  resource: { attributes: [] },
  scope: { name: "hubscope", version: "1" },
  records: Array.from({ length: count }, (_, i) => aSpan(i)),
});

describe("the sender over HTTP", () => {
  it("sends a batch as JSON", async () => {
    const { url, got } = await started((to) => json(to, 200));
    const sender = senderTo(`${url}/base/?key=k`, { headers: { "X-Key": "abc" } });
    expect(await sender.send(payloadOf(batchOf(3)))).toBe("answered");
    expect(got).toMatchObject([
      { path: "/base/v1/traces?key=k", headers: { "content-type": "application/json", "x-key": "abc" } },
    ]);
    expect(JSON.parse(got[0]?.body ?? "")).toMatchObject({
      resourceSpans: [
        { scopeSpans: [{ scope: { name: "hubscope" }, spans: [{ name: "span 0 \ufffd" }, {}, {}] }] },
      ],
    });
    expect(sender.sent().traces.accepted).toBe(3);
  });

  it("sends it compressed", async () => {
    const { url, got } = await started((to) => json(to, 200));
    const compress = (body: string) => ({ encoding: "gzip", bytes: new Uint8Array(gzipSync(body)) });
    await senderTo(url, {}, { compress }).send(spans(1, '{"a":1}'));
    expect(got).toMatchObject([{ headers: { "content-encoding": "gzip" }, body: '{"a":1}' }]);
  });

  it("tries again after 429, 503, and a closed connection", async () => {
    const { url, got } = await started((to, number) => {
      if (number === 1) json(to, 429, { message: "slower" }, { "retry-after": "1" });
      else if (number === 2) json(to, 503);
      else if (number === 3) to.destroy();
      else json(to, 200);
    });
    const began = Date.now();
    expect(await senderTo(url).send(spans(1))).toBe("answered");
    expect(Date.now() - began).toBeGreaterThan(990);
    expect(got).toHaveLength(4);
  });

  it.each([
    ["an answer that never comes", (): void => undefined],
    ["an answer that never ends", (to: Parameters<typeof json>[0]) => void to.writeHead(200).write("{")],
  ])("waits no longer than it may for %s", async (_name, answer) => {
    const { url } = await started(answer);
    const sender = senderTo(url, { limits: { request: 60, total: 100 } });
    expect(await sender.send(spans(1))).toBe("given-up");
    expect(sender.sent().problems).toMatchObject([
      {
        kind: "unreachable",
        status: null,
        message: expect.stringMatching(/^no answer within \d+ ms$/) as string,
      },
    ]);
  });

  it("reads only the beginning of an answer that doesn't end", async () => {
    const { url } = await started((to) => {
      to.writeHead(400);
      const more = (): void => {
        while (!to.destroyed && to.write("x".repeat(8_192)));
        if (!to.destroyed) to.once("drain", more);
      };
      more();
    });
    const sender = senderTo(url);
    expect(await sender.send(spans(1))).toBe("answered");
    expect(sender.sent().traces.rejected).toBe(1);
  });

  it("takes an answer that doesn't end for none of a collector", async () => {
    const { url } = await started((to) => {
      to.writeHead(200, { "content-type": "application/json" });
      const more = (): void => {
        while (!to.destroyed && to.write("x".repeat(8_192)));
        if (!to.destroyed) to.once("drain", more);
      };
      more();
    });
    const sender = senderTo(url);
    await sender.send(spans(1));
    expect(sender.sent()).toMatchObject({
      traces: { accepted: 0, rejected: 1 },
      problems: [{ status: 200, message: "the answer is not one of a collector" }],
    });
  });

  it("halves what is too large", async () => {
    const { url, got } = await started((to, _number, { body }) => json(to, body.length > 1_500 ? 413 : 200));
    const sender = senderTo(url);
    await sender.send(payloadOf(batchOf(40)));
    expect(sender.sent().traces).toEqual({ accepted: 40, rejected: 0, dropped: 0 });
    const taken = got
      .filter(({ body }) => body.length <= 1_500)
      .flatMap(({ body }) => body.match(/span \d+/g));
    expect(new Set(taken).size).toBe(40);
  });

  it("follows no redirect, so that a secret stays with the collector it is for", async () => {
    const elsewhere = await httpCollector((to) => json(to, 200));
    const { url } = await started((to) =>
      json(to, 307, {}, { location: `${elsewhere.url}/v1/traces?key=abc` }),
    );
    const sender = senderTo(url, { headers: { "x-key": "secret" } });
    await sender.send(spans(1));
    await elsewhere.stop();
    expect(elsewhere.got).toEqual([]);
    const message = `it redirects to ${elsewhere.url}, which isn't followed: if the collector is there, name that address`;
    expect(sender.sent()).toMatchObject({ traces: { rejected: 1 }, problems: [{ status: 307, message }] });
  });

  it("says that nobody listens", async () => {
    const { url, stop } = await httpCollector((to) => json(to, 200));
    await stop();
    const sender = senderTo(url);
    expect(await sender.send(spans(1))).toBe("given-up");
    expect(sender.sent()).toMatchObject({ traces: { dropped: 1 }, problems: [{ kind: "unreachable" }] });
  });
});
