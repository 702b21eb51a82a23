import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { problemText } from "../../../extension/cli/send/said.ts";
import { writeRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { projectRoot } from "../../../scripts/paths.ts";
import { foundIn, PLANTED } from "../../harness/planted-secrets.ts";
import { script } from "../core/event-script.ts";
import { endpointOf } from "../otlp/fake-collector.ts";
import { httpCollector, json, type HttpCollector } from "../otlp/http-collector.ts";
import { runCli, type CliRun } from "./run-cli.ts";

const recording = (events = script().connected().events, url = "https://board.example/"): string =>
  writeRecordingFile([{ page: "p", recording: "p", url, events }], {
    exportedAt: "2026-11-24T10:00:00Z",
    hubscope: "1.0.0",
  });

let collector: HttpCollector | undefined;
afterEach(async () => {
  await collector?.stop();
  collector = undefined;
});

async function started(...answer: Parameters<typeof httpCollector>): Promise<HttpCollector> {
  return (collector = await httpCollector(...answer));
}

/** Of one recording from standard input. */
const send = (args: readonly string[], env = {}, stdin = recording()): Promise<CliRun> =>
  runCli(["send", "-", ...args], { stdin, env });

describe("hubscope send", () => {
  it("sends all signals, and says what was accepted", async () => {
    const { url, got } = await started((to) => json(to, 200));
    const { code, out, err } = await send(["--endpoint", url, "-H", "X-Key: of mine"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^standard input: accepted: \d+ spans, \d+ log records?, \d+ data points\n$/);
    expect(got.map((one) => one.path)).toEqual(["/v1/traces", "/v1/logs", "/v1/metrics"]);
    expect(got.every(({ headers }) => headers["x-key"] === "of mine")).toBe(true);
  });

  it("sends only some, under another name, to the collector of the environment", async () => {
    const { url, got } = await started((to) => json(to, 200));
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: `${url}/otlp`,
      OTEL_EXPORTER_OTLP_HEADERS: "x-key=a%20b,X-Other=c",
      OTEL_EXPORTER_OTLP_COMPRESSION: "gzip",
    };
    const { code } = await send(["--signal", "logs,Traces", "--service", "board"], env);
    expect(code).toBe(0);
    expect(got.map((one) => one.path)).toEqual(["/otlp/v1/traces", "/otlp/v1/logs"]);
    expect(got[0]?.headers).toMatchObject({ "x-key": "a b", "x-other": "c", "content-encoding": "gzip" });
    expect(got[0]?.body).toContain('{"key":"service.name","value":{"stringValue":"board"}}');
  });

  it("replaces hosts, and sends neither secrets nor contents of messages", async () => {
    const { url, got } = await started((to) => json(to, 200));
    const events = script().connected();
    for (const { text } of PLANTED)
      events
        .message({
          ...{ socket: 1, direction: "out", type: 1, target: `Say ${text}`, invocationId: "1" },
          payload: JSON.stringify({ arguments: ["of mine", text] }),
        })
        .add({ kind: "hub-lost", hub: 1, error: `closed: ${text}` });
    await send(["-e", url, "--replace", "hosts"], {}, recording(events.events));
    const all = got.map(({ body }) => body).join("");
    expect(all).toContain("host-1.example");
    expect(all).not.toMatch(/board\.example|of mine/);
    expect(foundIn(all)).toEqual([]);
  });

  it("has nothing to send of a recording without anything", async () => {
    const { url } = await started((to) => json(to, 200));
    const { code, out } = await send(["-e", url, "-s", "traces"], {}, recording(script().page().events));
    expect([code, out]).toEqual([0, "standard input: nothing to send\n"]);
  });

  it("says what was rejected, and fails", async () => {
    const { url } = await started((to, _number, { path: to_ }) =>
      json(
        to,
        200,
        to_ === "/v1/traces"
          ? { partialSuccess: { rejectedSpans: "2", errorMessage: "too \u001b[2J old" } }
          : {},
      ),
    );
    const { code, out, err } = await send(["-e", url]);
    expect(code).toBe(3);
    expect(out).toContain("not accepted: 2 spans");
    expect(err).toContain(String.raw`too \u001B[2J old`);
  });

  it.each([
    [401, [], "It wants a key: give it with --header"],
    [403, ["-H", "Authorization: Bearer s3cr3t-token"], "It doesn't accept the headers that were sent."],
    [404, [], "the endpoint is the address in front of /v1/…"],
  ] as const)("explains %i, without a secret", async (status, args, hint) => {
    const { url } = await started((to, _n, { headers }) =>
      json(to, status, { message: `no: ${headers.authorization}` }),
    );
    const { code, out, err } = await send(["-e", url, ...args]);
    expect(code).toBe(3);
    expect(err).toContain(`${url}/v1/traces: status ${status}, no: `);
    expect(err).toContain(hint);
    expect(out + err).not.toContain("s3cr3t");
  });

  it("says that nobody listens, after some tries, and sends no other file", async () => {
    const { url, stop } = await httpCollector((to) => json(to, 200));
    await stop();
    const file = path.join(projectRoot, "test/fixtures/recordings/version-1.json");
    const { code, out, err } = await runCli(["send", "-", file, "-e", url], { stdin: recording() });
    expect(code).toBe(3);
    expect(out).toMatch(/^standard input: not sent: \d+ spans; the rest was not sent\n$/);
    expect(err.match(/connection refused: nothing listens there; next try in 0 ms, \d of 5/g)).toHaveLength(
      4,
    );
    expect(err).toContain(`hubscope: ${file}: not sent\n`);
  });

  it("says only of what there was that it was not sent", async () => {
    const { url, stop } = await httpCollector((to) => json(to, 200));
    await stop();
    const { code, out } = await send(["-e", url, "-s", "traces"]);
    expect(code).toBe(3);
    expect(out).toMatch(/^standard input: not sent: \d+ spans\n$/);
  });

  it("fails for an answer that is not one of a collector", async () => {
    const { url } = await started((to) => void to.writeHead(200).end("welcome"));
    const { code, out, err } = await send(["-e", url]);
    expect(code).toBe(3);
    expect(out).toMatch(/^standard input: not accepted: \d+ spans, /);
    expect(err).toContain(`${url}/v1/traces: status 200, the answer is not one of a collector`);
  });

  it("waits for no answer longer than OTEL_EXPORTER_OTLP_TIMEOUT", async () => {
    const { url } = await started(() => undefined);
    const began = Date.now();
    const { code, err } = await send(["-e", url], { OTEL_EXPORTER_OTLP_TIMEOUT: "40" });
    expect(code).toBe(3);
    expect(err).toMatch(/no answer within (?:[1-9]|[1-3]\d|40) ms/);
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it.each([
    [[], "hubscope: where to? Name a collector with --endpoint, such as http://localhost:4318"],
    [["-e", "localhost:4318"], "--endpoint: it must be an address that begins with http:// or https://"],
    [["-e", "https://me:pass@x.example"], "--endpoint: it may have no user name and no password in it"],
    [["-e", "http://x.example", "-H", "nothing"], "--header: a header is a name, a colon and a value"],
    [
      ["-e", "http://x.example", "-H", "Content-Type: text/plain"],
      "--header: the header content-type can't be set.",
    ],
    [["-e", "http://x.example", "-H", "a: b\nc"], "--header: the value of the header a has a character"],
    [["-e", "http://x.example", "-s", "traces,spans"], '--signal: there is no signal "spans"'],
    [["-e", "http://x.example", "--replace", "names"], "--replace: there is no names"],
  ])("refuses wrong usage: %j", async (args, says) => {
    const { code, out, err } = await send(args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(says);
    expect(err).not.toContain("pass@");
  });

  it("ignores what can't be used in the environment, and says so without its value", async () => {
    const { url } = await started((to) => json(to, 200));
    const { code, err } = await send(["-e", url], {
      OTEL_EXPORTER_OTLP_HEADERS: "s3cr3t",
      OTEL_EXPORTER_OTLP_TIMEOUT: "soon",
      OTEL_EXPORTER_OTLP_COMPRESSION: "zstd",
    });
    expect(code).toBe(0);
    expect(err).toContain(
      "OTEL_EXPORTER_OTLP_HEADERS is ignored: it is a list such as name=value,name=value.",
    );
    expect(err).toContain("OTEL_EXPORTER_OTLP_TIMEOUT is ignored");
    expect(err).toContain("OTEL_EXPORTER_OTLP_COMPRESSION is ignored: it is gzip or none.");
    expect(err).not.toContain("s3cr3t");
  });

  it("shows on a terminal how far it is", async () => {
    const { url } = await started((to) => json(to, 200));
    const { err } = await runCli(["send", "-", "-e", url], { stdin: recording(), isTTY: true });
    const clear = "\r\u001b[2K";
    expect(err.split(clear)).toEqual(["", expect.stringMatching(/^\d+ records sent$/), ""]);
  });

  it("says that a port is that of gRPC", () => {
    const problem = {
      kind: "rejected",
      url: "http://x.example:4317/v1/logs",
      status: 400,
      message: "no",
    } as const;
    expect(problemText(problem, endpointOf("http://x.example:4317"), false)).toBe(
      "http://x.example:4317/v1/logs: status 400, no. Port 4317 is usually for gRPC; OTLP over HTTP is usually on 4318.",
    );
  });
});
