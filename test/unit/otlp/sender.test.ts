import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Payload } from "../../../extension/otlp/send/payload.ts";
import { NoAnswer } from "../../../extension/otlp/send/ports.ts";
import { createSender, type Again, type SenderSettings } from "../../../extension/otlp/send/sender.ts";
import { START } from "../fakes/events.ts";
import { answer, endpointOf, fakeCollector, silence, spans, type Answers } from "./fake-collector.ts";

const RETRIED = [429, 502, 503, 504];

interface Settings extends Partial<SenderSettings> {
  readonly random?: number;
}

function senderTo(answers: Answers, { random = 1, ...settings }: Settings = {}) {
  const collector = fakeCollector(answers, random);
  const waits: Again[] = [];
  const sender = createSender(
    { endpoint: endpointOf(), onAgain: (again) => waits.push(again), ...settings },
    collector,
  );
  return { ...collector, waits, sender };
}

describe("the sender", () => {
  it("posts JSON to the path of the signal, and counts what was accepted", async () => {
    const { sender, requests } = senderTo(() => answer(200), { headers: { "x-key": "abcd-1234" } });
    expect(await sender.send(spans(3, '{"resourceSpans":[]}'))).toBe("answered");
    expect(requests).toMatchObject([
      {
        url: "http://127.0.0.1:4318/v1/traces",
        headers: { "content-type": "application/json", "x-key": "abcd-1234" },
        body: '{"resourceSpans":[]}',
      },
    ]);
    expect(sender.sent()).toMatchObject({
      traces: { accepted: 3, rejected: 0, dropped: 0 },
      logs: { accepted: 0 },
      problems: [],
    });
  });

  it.each(RETRIED)("tries again after %i, later each time", async (status) => {
    const { sender, times } = senderTo((_request, n) => answer(n < 4 ? status : 200));
    expect(await sender.send(spans(1))).toBe("answered");
    expect(times).toEqual([0, 1_000, 3_000, 7_000]);
  });

  it("waits any part of that time, by chance", async () => {
    const { sender, times } = senderTo((_request, n) => answer(n < 4 ? 503 : 200), { random: 0.25 });
    await sender.send(spans(1));
    expect(times).toEqual([0, 250, 750, 1_750]);
  });

  it("does as Retry-After says, in seconds or as a date", async () => {
    const at = new Date(START + 12_000).toUTCString();
    const { sender, times, waits } = senderTo((_request, n) =>
      n === 1 ? answer(429, {}, "5") : n === 2 ? answer(503, {}, at) : answer(200),
    );
    expect(await sender.send(spans(1))).toBe("answered");
    expect(times).toEqual([0, 5_000, 12_000]);
    expect(waits.map(({ wait }) => wait)).toEqual([5_000, 7_000]);
  });

  it.each([
    ["31", "31 s"],
    ["86400", "24 h"],
    ["1e6", "12 days"],
    ["1e300", "longer than a year"],
    ["99999999999", "longer than a year"],
    ["9".repeat(400), "longer than a year"],
    [new Date(START + 3_600_000).toUTCString(), "1 h"],
    ["Fri, 31 Dec 9999 23:59:59 GMT", "longer than a year"],
  ])("gives up when it should wait too long: Retry-After %s", async (wait, words) => {
    const { sender, times } = senderTo(() => answer(429, {}, wait));
    expect(await sender.send(spans(2))).toBe("given-up");
    expect(times).toEqual([0]);
    expect(sender.sent().traces).toEqual({ accepted: 0, rejected: 0, dropped: 2 });
    expect(sender.sent().problems[0]?.message).toBe(`it answers with status 429; it asks to wait ${words}`);
  });

  it.each(["", "-1", "soon", "0", "1e", "5 s", "0x10", new Date(START - 60_000).toUTCString()])(
    "backs off as usual where Retry-After says nothing: %j",
    async (wait) => {
      const { sender, times } = senderTo((_request, n) => (n === 1 ? answer(503, {}, wait) : answer(200)));
      await sender.send(spans(1));
      expect(times).toEqual([0, 1_000]);
    },
  );

  it("tries no other status again", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 300, max: 599 }).filter((status) => !RETRIED.includes(status)),
        async (status) => {
          const { sender, requests } = senderTo(() => answer(status, { code: 3, message: "no" }));
          expect(await sender.send(spans(5))).toBe("answered");
          expect(requests).toHaveLength(1);
          expect(sender.sent()).toMatchObject({
            traces: { accepted: 0, rejected: 5, dropped: 0 },
            problems: [{ kind: "rejected", status }],
          });
        },
      ),
    );
  });

  it("doesn't ask again for a signal that isn't allowed or not there", async () => {
    for (const status of [401, 403, 404]) {
      const { sender, requests } = senderTo(({ url }) => answer(url.endsWith("traces") ? status : 200));
      await sender.send(spans(1));
      expect(await sender.send(spans(4))).toBe("dropped");
      expect(await sender.send({ ...spans(2), signal: "logs" })).toBe("answered");
      expect(requests).toHaveLength(2);
      expect(sender.sent()).toMatchObject({
        traces: { accepted: 0, rejected: 1, dropped: 4 },
        logs: { accepted: 2 },
      });
    }
  });

  it("tells a partial success", async () => {
    const body = { partialSuccess: { rejectedSpans: "2", errorMessage: "no room" } };
    const { sender } = senderTo(() => answer(200, body));
    expect(await sender.send(spans(5))).toBe("answered");
    expect(sender.sent()).toMatchObject({
      traces: { accepted: 3, rejected: 2 },
      problems: [{ kind: "rejected", status: 200, message: "no room" }],
    });
  });

  it("tells a warning", async () => {
    const { sender } = senderTo(() => answer(200, { partialSuccess: { errorMessage: "slow down" } }));
    await sender.send(spans(5));
    expect(sender.sent()).toMatchObject({
      traces: { accepted: 5 },
      problems: [{ kind: "warning", message: "slow down" }],
    });
  });

  it.each([
    ["text/plain", "xxxx"],
    ["application/json", "x".repeat(70_000)],
    ["application/json", '{"partialSuccess":'],
    ["application/json", "[]"],
    ["application/json", '"ok"'],
    ["application/json", '{"partialSuccess":"ok"}'],
  ])("takes no answer that can't be understood for a success: %s %.20s", async (mediaType, body) => {
    const { sender, requests } = senderTo(() => ({ ...answer(200, body), mediaType }));
    expect(await sender.send(spans(5))).toBe("answered");
    expect(requests).toHaveLength(1);
    expect(sender.sent()).toMatchObject({
      traces: { accepted: 0, rejected: 5 },
      problems: [{ kind: "rejected", status: 200, message: "the answer is not one of a collector" }],
    });
  });

  it.each([
    ["application/json", " "],
    [null, ""],
    ["application/x-protobuf", ""],
    ["application/json", "{}"],
    ["application/json", '{"partialSuccess":null}'],
    ["application/json", '{"partialSuccess":{"rejectedSpans":"0"}}'],
  ])("takes an answer without anything for a success: %s %j", async (mediaType, body) => {
    const { sender } = senderTo(() => ({ ...answer(200, body), mediaType }));
    await sender.send(spans(5));
    expect(sender.sent()).toMatchObject({ traces: { accepted: 5, rejected: 0 }, problems: [] });
  });

  it.each([
    ["application/json", '{"error":"who are you?"}', 'the answer has "error", which OTLP doesn\'t know'],
    ["application/x-protobuf", "\n\u0002", "it answers with protobuf, which Hubscope doesn't read"],
  ])("warns of an answer that it knows only in part: %s %j", async (mediaType, body, message) => {
    const { sender } = senderTo(() => ({ ...answer(200, body), mediaType }));
    await sender.send(spans(5));
    expect(sender.sent()).toMatchObject({
      traces: { accepted: 5 },
      problems: [{ kind: "warning", message }],
    });
  });

  it.each(["999999999999999999999", "-1", "many", "", 1.5, true])(
    "says that the number of rejected records is none, and what else is said: %j",
    async (rejectedSpans) => {
      const said = (errorMessage?: string) =>
        senderTo(() => answer(200, { partialSuccess: { rejectedSpans, errorMessage } })).sender;
      const [mute, telling] = [said(), said("no room")];
      await Promise.all([mute.send(spans(5)), telling.send(spans(5))]);
      const message = "the answer doesn't say in a number how many were rejected";
      expect(mute.sent()).toMatchObject({ traces: { accepted: 0, rejected: 5 }, problems: [{ message }] });
      expect(telling.sent()).toMatchObject({
        traces: { accepted: 0, rejected: 5 },
        problems: [{ message: `${message}: no room` }],
      });
    },
  );

  it("doesn't believe more than was sent, or nonsense", async () => {
    for (const rejectedSpans of [1e9, "-1", "many", null, { valueOf: 3 }, "9".repeat(400)]) {
      const { sender } = senderTo(() => answer(200, { partialSuccess: { rejectedSpans } }));
      await sender.send(spans(5));
      const { accepted, rejected } = sender.sent().traces;
      expect(accepted + rejected).toBe(5);
    }
  });

  it("tells what is said in plain text, and only its first line", async () => {
    const { sender } = senderTo(() => ({ ...answer(400, "No HTTP/1 here.\nMore"), mediaType: "text/plain" }));
    await sender.send(spans(1));
    expect(sender.sent().problems).toMatchObject([{ message: "No HTTP/1 here." }]);
  });

  it("takes no web page for a collector", async () => {
    const { sender } = senderTo(() => ({ ...answer(200, "<!doctype html>"), mediaType: "text/html" }));
    await sender.send(spans(5));
    expect(sender.sent()).toMatchObject({ traces: { accepted: 0, rejected: 5 } });
  });

  it("waits for no answer longer than it may, and gives up in time", async () => {
    const { sender, times, requests, now } = senderTo(silence);
    expect(await sender.send(spans(5))).toBe("given-up");
    expect(times).toEqual([0, 11_000, 23_000]);
    expect(now() - START).toBe(30_000);
    expect(requests.every(({ signal }) => signal.aborted)).toBe(true);
    expect(sender.sent().problems).toMatchObject([{ kind: "unreachable", status: null }]);
  });

  it("tries again without a network, but not for what can't pass", async () => {
    const down = senderTo(() => new NoAnswer("connection refused", true));
    expect(await down.sender.send(spans(1))).toBe("given-up");
    expect(down.requests).toHaveLength(5);
    const wrong = senderTo(() => new NoAnswer("its certificate isn't trusted", false));
    expect(await wrong.sender.send(spans(1))).toBe("given-up");
    expect(wrong.requests).toHaveLength(1);
    expect(wrong.sender.sent().problems).toMatchObject([{ message: "its certificate isn't trusted" }]);
  });

  it("drops what waits when the collector can't be reached, and tries what comes later", async () => {
    let isDown = true;
    const { sender } = senderTo(() => (isDown ? new Error("down") : answer(200)));
    const fates = await Promise.all([1, 2, 3].map((records) => sender.send(spans(records))));
    expect(fates).toEqual(["given-up", "given-up", "given-up"]);
    isDown = false;
    expect(await sender.send(spans(4))).toBe("answered");
    expect(sender.sent().traces).toEqual({ accepted: 4, rejected: 0, dropped: 6 });
  });

  it("drops the oldest when its queue is full", async () => {
    const { sender, requests } = senderTo(() => answer(200), { limits: { queuedCharacters: 10 } });
    const fates = await Promise.all(
      ["a", "bbbb", "cccc", "dddd", "e".repeat(50)].map((body, i) => sender.send(spans(i + 1, body))),
    );
    expect(fates).toEqual(["answered", "dropped", "dropped", "dropped", "answered"]);
    expect(requests.map(({ body }) => body[0])).toEqual(["a", "e"]);
    expect(sender.sent().traces).toEqual({ accepted: 6, rejected: 0, dropped: 9 });
  });

  it("halves what is too large, until it fits or can't be halved", async () => {
    const halving = (records: number): Payload => ({
      ...spans(records, "x".repeat(records)),
      halves: () => (records < 2 ? [] : [halving(Math.ceil(records / 2)), halving(Math.floor(records / 2))]),
    });
    const { sender, requests } = senderTo(({ body }) => answer(body.length > 3 ? 413 : 200));
    expect(await sender.send(halving(10))).toBe("answered");
    expect(sender.sent().traces).toEqual({ accepted: 10, rejected: 0, dropped: 0 });
    expect(requests.map(({ body }) => body.length)).toEqual([10, 5, 3, 2, 5, 3, 2]);
    const never = senderTo(() => answer(413));
    await never.sender.send(halving(4));
    expect(never.sender.sent()).toMatchObject({ traces: { accepted: 0, rejected: 4 } });
  });

  it("stops at once", async () => {
    const { sender } = senderTo(silence);
    const fates = Promise.all([sender.send(spans(1)), sender.send(spans(2))]);
    sender.stop();
    expect(await fates).toEqual(["given-up", "given-up"]);
    expect(sender.sent().traces).toEqual({ accepted: 0, rejected: 0, dropped: 3 });
    expect(sender.sent().problems).toMatchObject([{ message: "sending was stopped" }]);
  });

  it("repeats no secret that a collector sends back", async () => {
    const { sender } = senderTo(
      ({ headers }) => answer(400, { message: `bad ${headers["authorization"]}` }),
      {
        headers: { authorization: "Bearer s3cr3t-token" },
      },
    );
    await sender.send(spans(1));
    const refused = senderTo(() => answer(401, { message: "unknown token s3cr3t-token" }), {
      headers: { authorization: "Bearer s3cr3t-token" },
    });
    await refused.sender.send(spans(1));
    const said = JSON.stringify([sender.sent(), refused.sender.sent()]);
    expect(said).toContain("unknown token …");
    expect(said).not.toContain("s3cr3t");
  });

  it("accounts for each record, and ends in bounded time, whatever is answered", async () => {
    const any: fc.Arbitrary<ReturnType<Answers>> = fc.oneof(
      fc
        .tuple(fc.constantFrom(200, 204, 302, 400, 404, 413, 429, 500, 503, 504), fc.json(), fc.string())
        .map(([status, body, wait]) => answer(status, body, wait)),
      fc.constant(answer(503, {}, "3")),
      fc.constant(new Error("down")),
      fc.constant(silence()),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(any, { minLength: 1, maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (answers, batches, random) => {
          const { sender, now } = senderTo(
            (_request, n) => answers[(n - 1) % answers.length] ?? answer(200),
            { random },
          );
          await Promise.all(batches.map((records) => sender.send(spans(records))));
          const { accepted, rejected, dropped } = sender.sent().traces;
          expect(accepted + rejected + dropped).toBe(batches.reduce((sum, one) => sum + one, 0));
          expect(now() - START).toBeLessThanOrEqual(30_000 * batches.length);
        },
      ),
      { numRuns: 60 },
    );
  });
});
