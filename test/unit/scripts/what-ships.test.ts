/** Checks two promises of SECURITY.md about the shipped scripts: they make no request, and run no text as code. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildExtension } from "../../../scripts/build.ts";

/** These scripts wrap the functions with which pages connect, so they contain their names. */
const IN_THE_PAGE = ["hook.js", "faults.js", "worker.js"];
/** It connects to a hub of the page, with the real client, when the user asks it to. */
const DOCTOR = "doctor.js";
const CONTENT_SCRIPTS = [...IN_THE_PAGE, DOCTOR, "sentinel.js", "wake.js", "relay.js"];
/** But for one of our own files. */
const REQUESTS =
  /\b(?:fetch(?!\([\w.]+\.runtime\.getURL\("worker\.js"\)\))|sendBeacon|importScripts)\s*\(|\bnew\s+(?:\w+\.)*(?:XMLHttpRequest|WebSocket|EventSource|WebTransport|RTCPeerConnection)\b/g;
const CODE_FROM_TEXT = /\beval\s*\(|\bnew\s+Function\b|[^.\w]Function\s*\(/g;

describe("what ships", () => {
  const scripts = new Map<string, string>();
  let folder = "";

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-ships-"));
    await buildExtension({ browser: "firefox", outDir: path.join(folder, "extension") });
    for (const name of await readdir(path.join(folder, "extension"))) {
      if (name.endsWith(".js"))
        scripts.set(name, await readFile(path.join(folder, "extension", name), "utf8"));
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const found = (pattern: RegExp, except: readonly string[] = []): string[] =>
    [...scripts]
      .filter(([name]) => !except.includes(name))
      .flatMap(([name, text]) => [...text.matchAll(pattern)].map(([match]) => `${name}: ${match}`));

  it("has every script", () => {
    expect([...scripts.keys()]).toEqual(
      expect.arrayContaining([...IN_THE_PAGE, DOCTOR, "background.js", "panel.js"]),
    );
  });

  it("makes no request, but for the connection doctor", () => {
    expect(found(REQUESTS, [...IN_THE_PAGE, DOCTOR])).toEqual([]);
  });

  it("runs no text as code", () => {
    expect(found(CODE_FROM_TEXT)).toEqual([]);
  });

  it("loads nothing into a page; its own pages may load only files of the package", () => {
    expect(
      found(
        /\bimport\b/g,
        [...scripts.keys()].filter((name) => !CONTENT_SCRIPTS.includes(name)),
      ),
    ).toEqual([]);
  });
});
