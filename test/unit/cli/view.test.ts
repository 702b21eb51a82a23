import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openerFor } from "../../../extension/cli/view/open-in-browser.ts";
import { serveViewer, type Viewer } from "../../../extension/cli/view/serve-viewer.ts";
import { writeRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { range } from "../fakes/events.ts";
import { runCli } from "./run-cli.ts";

const RECORDING = writeRecordingFile(
  [{ page: "p", recording: "p", url: "https://board.example/", events: range(1, 5, {}) }],
  { exportedAt: "2026-11-24T10:00:00Z", hubscope: "1.0.0" },
);

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-test-"));
  await mkdir(at("viewer"));
  await writeFile(at("viewer/viewer.html"), "<title>panel</title>");
  await writeFile(at("viewer/viewer.js"), "1");
  await writeFile(at("a.json"), RECORDING);
  await writeFile(at("private.txt"), "private");
});
afterEach(() => rm(folder, { recursive: true }));
const at = (name: string): string => path.join(folder, name);

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: http.IncomingHttpHeaders;
}

/** Not by fetch, which makes an address tidy before it asks. */
function get(url: string, target = new URL(url).pathname, method = "GET"): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, path: target, method }, (response) => {
      let text = "";
      response.on("data", (part: Buffer) => (text += part.toString()));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, text, headers: response.headers });
      });
    });
    request.once("error", reject);
    request.end();
  });
}

describe("what hubscope view serves", () => {
  let viewer: Viewer;
  beforeEach(async () => {
    const files = [{ name: "a.json", path: at("a.json") }];
    viewer = await serveViewer({ folder: at("viewer"), files, port: 0 });
  });
  afterEach(() => viewer.stop());

  it("is the panel, the names of the files, and the files", async () => {
    expect(viewer.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\/$/);
    expect(await get(viewer.url)).toMatchObject({ status: 200, text: "<title>panel</title>" });
    expect(await get(`${viewer.url}viewer.js`)).toMatchObject({
      text: "1",
      headers: { "content-type": "text/javascript; charset=utf-8", "x-content-type-options": "nosniff" },
    });
    expect(JSON.parse((await get(`${viewer.url}recordings`)).text)).toEqual({ names: ["a.json"] });
    expect(await get(`${viewer.url}recordings/0`)).toMatchObject({ status: 200, text: RECORDING });
  });

  it("is nothing to whoever doesn't know the secret path, and nothing else", async () => {
    const secret = new URL(viewer.url).pathname;
    const others = [
      ...["/", "/recordings", "/recordings/0", "/viewer.html", "/x/recordings/0", `${secret.slice(0, -2)}/`],
      ...[
        `${secret}recordings/1`,
        `${secret}recordings/-1`,
        `${secret}recordings/0x0`,
        `${secret}private.txt`,
      ],
      ...[`${secret}../private.txt`, `${secret}..%2fprivate.txt`, `${secret}viewer.js/..`, `${secret}.`],
    ];
    for (const target of others) expect(await get(viewer.url, target), target).toMatchObject({ status: 404 });
    expect(await get(viewer.url, `${secret}recordings/0`, "POST")).toMatchObject({ status: 404 });
  });

  it("may load nothing from elsewhere, and be shown by no other site", async () => {
    const policy = (await get(viewer.url)).headers["content-security-policy"];
    expect(policy).toContain("default-src 'none'; script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect((await get(viewer.url)).headers["access-control-allow-origin"]).toBeUndefined();
  });

  it("says so when a file is gone", async () => {
    await rm(at("a.json"));
    expect(await get(`${viewer.url}recordings/0`)).toMatchObject({
      status: 500,
      text: "no such file or folder",
    });
  });
});

describe("hubscope view", () => {
  const view = (...args: string[]) => runCli(["view", "--no-open", ...args], { home: `${folder}/` });

  it("prints the address, and ends with Ctrl+C", async () => {
    expect(await view(at("a.json"))).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]+\/\n$/) as string,
      err: "hubscope: Ctrl+C ends it.\n",
    });
  });

  it("names what can't be shown", async () => {
    expect(await view(at("none.json"))).toMatchObject({
      code: 3,
      err: `hubscope: ${at("none.json")}: no such file or folder\n`,
    });
    expect(await view(at("private.txt"))).toMatchObject({
      code: 3,
      err: expect.stringContaining("private.txt: This is not a Hubscope recording") as string,
    });
    expect(await view(folder)).toMatchObject({ code: 3, err: `hubscope: ${folder}: it is a folder\n` });
    expect(await view(at("a.json"), "--port", "70000")).toMatchObject({
      code: 2,
      err: 'hubscope: --port is a number from 0 to 65535, not "70000"\n',
    });
  });

  it("says so when the port is in use", async () => {
    const server = http.createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { readonly port: number };
    expect(await view(at("a.json"), "--port", String(port))).toMatchObject({
      code: 3,
      err: "hubscope: the panel can't be served: the port is in use\n",
    });
    server.close();
  });
});

describe("the user's browser", () => {
  it("is opened by the system, without a shell", () => {
    expect(openerFor("linux", "http://x/")).toEqual(["xdg-open", ["http://x/"]]);
    expect(openerFor("darwin", "http://x/")).toEqual(["open", ["http://x/"]]);
    expect(openerFor("win32", "http://x/")).toEqual([
      "rundll32",
      ["url.dll,FileProtocolHandler", "http://x/"],
    ]);
  });
});
