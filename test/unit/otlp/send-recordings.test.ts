/** What a test calls in Node, and what is checked before anything is sent. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { writeRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { explain } from "../../../extension/npm/node-send.ts";
import { sendRecordings } from "../../../extension/npm/send-recordings.ts";
import { withEnvironment } from "../../../extension/npm/with-environment.ts";
import { readSendOrder } from "../../../extension/otlp/send/read-order.ts";
import { script } from "../core/event-script.ts";
import { httpCollector, json, type HttpCollector } from "./http-collector.ts";

vi.mock("../../../extension/npm/built-in.ts", () => ({ version: "1.2.3", reportStyle: "" }));

let collector: HttpCollector | undefined;
afterEach(async () => {
  await collector?.stop();
  collector = undefined;
});

const recording = (id: string): object =>
  JSON.parse(
    writeRecordingFile(
      [{ page: id, recording: id, url: "https://board.example/", events: script().connected().events }],
      { exportedAt: "2026-11-24T10:00:00Z", hubscope: "1.0.0" },
    ),
  ) as object;

describe("sendRecordings", () => {
  it("sends those of several documents, and leaves out what is none", async () => {
    collector = await httpCollector((to) => json(to, 200));
    const { url, got } = collector;
    const { traces, logs, problems } = await sendRecordings([recording("a"), {}, recording("b")], {
      endpoint: url,
      signals: ["traces"],
      service: "board",
      headers: { "X-Key": "k" },
    });
    expect(got.map(({ path, headers }) => [path, headers["x-key"]])).toEqual([
      ["/v1/traces", "k"],
      ["/v1/traces", "k"],
    ]);
    expect(got.every(({ body }) => body.includes('"stringValue":"board"'))).toBe(true);
    expect([logs.accepted, problems]).toEqual([0, []]);
    expect(traces.accepted).toBeGreaterThan(3);
  });

  it("tells what the collector says", async () => {
    collector = await httpCollector((to) => json(to, 401));
    const result = await sendRecordings([recording("a")], { endpoint: collector.url });
    expect(result.traces.rejected).toBeGreaterThan(1);
    expect(result.problems.map(({ status }) => status)).toEqual([401, 401, 401]);
  });
});

describe("headers of the environment", () => {
  const env = { OTEL_EXPORTER_OTLP_HEADERS: "Authorization=Bearer%20k,x-team=board" };
  const options = { endpoint: "http://localhost:4318" };

  it("are sent when a test's options have none", async () => {
    collector = await httpCollector((to) => json(to, 200));
    const { url, got } = collector;
    const { options: own, problem } = withEnvironment({ endpoint: url, signals: ["logs"] }, env);
    await sendRecordings([recording("a")], own);
    expect(problem).toBeNull();
    expect(got[0]?.headers).toMatchObject({ authorization: "Bearer k", "x-team": "board" });
  });

  it("don't add to those of the options, and are ignored when they can't be read", () => {
    const own = { ...options, headers: { "x-key": "k" } };
    expect(withEnvironment(own, env)).toEqual({ options: own, problem: null });
    expect(withEnvironment(options, {}).options).toEqual({ ...options, headers: {} });
    expect(withEnvironment(options, { OTEL_EXPORTER_OTLP_HEADERS: "s3cr3t" })).toEqual({
      options,
      problem: "OTEL_EXPORTER_OTLP_HEADERS is ignored: it is a list such as name=value,name=value.",
    });
  });
});

describe("what a program asks to send", () => {
  it.each([
    [undefined, /^the options are an object/],
    [{}, /^endpoint: it must be a text/],
    [{ endpoint: "collector:4318" }, /^endpoint: it must be an address/],
    [{ endpoint: "http://c", header: {} }, /^there is no option "header"/],
    [{ endpoint: "http://c", headers: { a: 1 } }, /^headers: an object whose values are texts/],
    [{ endpoint: "http://c", headers: { "a b": "s3cr3t" } }, /^headers: a header's name/],
    [{ endpoint: "http://c", headers: { a: "s3cr3t\n" } }, /^headers: the value of the header a has/],
    [{ endpoint: "http://c", headers: { Cookie: "s3cr3t" } }, /^headers: the header Cookie can't be set/],
    [{ endpoint: "http://c", signals: "spans" }, /^signals: a list of traces, logs, metrics, not "spans"/],
    [{ endpoint: "http://c", signals: ["traces", "spans"] }, /^signals: a list of .*, not "spans"/],
    [{ endpoint: "http://c", service: "" }, /^service: a name/],
  ])("is refused when it is wrong: %j", (value, says) => {
    const order = readSendOrder(value);
    expect(order).toMatch(says);
    expect(order).not.toContain("s3cr3t");
  });

  it("takes a base address, or that of one signal", () => {
    for (const [given, url] of [
      ["http://c.example", "http://c.example/v1/logs"],
      ["https://c.example:4318/", "https://c.example:4318/v1/logs"],
      [" https://c.example/otlp/v1/traces/ ", "https://c.example/otlp/v1/logs"],
      ["https://c.example/otlp?key=k#x", "https://c.example/otlp/v1/logs?key=k"],
    ] as const) {
      const order = readSendOrder({ endpoint: given });
      if (typeof order === "string") throw new Error(order);
      expect(order.endpoint.urlOf("logs")).toBe(url);
      expect(order.endpoint.shownOf("logs")).not.toContain("key");
    }
  });
});

describe("what fetch of Node says", () => {
  const failed = (code: string, message = "") =>
    new TypeError("fetch failed", { cause: Object.assign(new Error(message), { code }) });
  it.each([
    [failed("ECONNREFUSED"), "connection refused: nothing listens there", true],
    [failed("UND_ERR_SOCKET", "other side closed"), "the connection was closed", true],
    [failed("E_NEW", "of tomorrow"), "of tomorrow", true],
    [failed("ENOTFOUND"), "there is no such host", false],
    [failed("DEPTH_ZERO_SELF_SIGNED_CERT"), /^its certificate isn't trusted/, false],
    [failed("HPE_INVALID_CONSTANT"), "what answers there doesn't speak HTTP/1.1", false],
    [failed("", "bad port"), "HTTP isn't allowed on this port", false],
    [new Error("aborted"), "aborted", true],
    ["a text", "a text", true],
  ])("is explained: %s", (error, message, mayPass) => {
    const answer = explain(error);
    expect(answer.mayPass).toBe(mayPass);
    if (typeof message === "string") expect(answer.message).toBe(message);
    else expect(answer.message).toMatch(message);
  });
});
