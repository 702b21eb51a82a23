/** The npm package, as a team uses it: installed from its archive into an empty project, next to Playwright and Puppeteer. */
import { copyFile, mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { build as bundle } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../../extension/cli/record/find-browser.ts";
import { projectRoot } from "../../scripts/paths.ts";
import { startDemo, type RunningDemo } from "../harness/demo/serve.ts";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { createNpmProject, type NpmProject, type Ran } from "../harness/npm-project.ts";
import { testsOf } from "../harness/playwright-results.ts";
import { httpCollector, json, type HttpCollector } from "../unit/otlp/http-collector.ts";

let project: NpmProject;
let hub: RunningHub;
let collector: HttpCollector;
let demo: RunningDemo;

beforeAll(async () => {
  project = await createNpmProject();
  hub = await startNodeHub();
  collector = await httpCollector((to) => json(to, 200));
  demo = await startDemo({ hubUrl: `${hub.url}/hubs/board` });
});
afterAll(async () => {
  await demo.stop();
  await hub.stop();
  await project.remove();
  await collector.stop();
});

/** The code under a heading of docs/ci.md. */
async function documented(heading: string): Promise<string> {
  const page = await readFile(path.join(projectRoot, "docs/ci.md"), "utf8");
  const code = /```ts\n(?<code>.*?)```/s.exec(page.slice(page.indexOf(`## ${heading}\n`)))?.groups?.["code"];
  if (code === undefined) throw new Error(`docs/ci.md has no code under ${heading}`);
  return code;
}

const GOOD = "reconnect=1&jitter=1&rejoin=1";

// Scenarios mostly wait: the compiler and Firefox use that time.
describe.concurrent("the npm package", () => {
  it.each(["nodenext", "bundler"])("has types that compile under %s", async (resolution) => {
    const options = {
      ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true, target: "es2022" },
      // Once is enough for the types of others.
      skipLibCheck: resolution === "bundler",
      ...{ module: resolution === "nodenext" ? "nodenext" : "esnext", moduleResolution: resolution },
      ...{ lib: ["es2023", "dom"], types: ["node"] },
    };
    await project.put(
      `tsconfig.${resolution}.json`,
      JSON.stringify({ compilerOptions: options, files: ["types.mts"] }),
    );
    await project.put(
      "types.mts",
      `import { expect, install as installInPlaywright, test } from "hubscope/playwright";
       import { install } from "hubscope/puppeteer";
       import { analyze, exportFormats, readRecording, writeExport, type Finding } from "hubscope/core";
       import { script, type ScenarioResult } from "hubscope/page";
       import { startMonitor, type Monitor, type MonitorOptions } from "hubscope/monitor";
       import type { Page } from "puppeteer-core";
       import type { Page as PlaywrightPage } from "@playwright/test";

       const options: MonitorOptions = { endpoint: "/otlp", sampleRate: 0.1, signals: ["traces"] };
       export const monitor: Monitor = startMonitor(options);
       // @ts-expect-error: no endpoint
       startMonitor({ sampleRate: 1 });
       export const path: string = script;
       export const kinds: string[] = exportFormats.map(({ kind }) => kind);
       test.use({ hubscopeOptions: { attach: "always" } });
       test("types", async ({ page, hubscope }) => {
         await expect(page).toSurvive("crash", { accept: ["pass", "warn"] });
         await expect(page).not.toSurvive({ scenario: 1 });
         await hubscope.inject({ name: "offline", duration: 5_000 });
         await hubscope.injectAtLoad({ name: "negotiate-status", status: 429, times: 1, duration: 5_000 });
         expect((await hubscope.interruptions()).map(({ looksLike }) => looksLike)).toEqual([]);
         const { traces, problems } = await hubscope.send({ endpoint: "http://localhost:4318", signals: ["traces"] });
         expect(traces.accepted + problems.length).toBe(1);
         // @ts-expect-error: needs the extension
         await hubscope.inject({ name: "discard" });
         // @ts-expect-error: no such option
         await expect(page).toSurvive("crash", { quik: true });
         const result: ScenarioResult = await hubscope.run("crash");
         expect(result.verdict).toBe("pass");
       });
       export async function use(page: Page, other: PlaywrightPage): Promise<Finding[]> {
         await install(page);
         await installInPlaywright(other);
         const recording = await readRecording("{}");
         for await (const piece of writeExport(recording, "html", { payloads: false })) piece.length;
         writeExport(recording, "trace", { from: 0, to: 1, replace: ["hosts"], replaceFields: ["$.arguments"] });
         // @ts-expect-error: no such kind
         writeExport(recording, "har", { replace: ["names"] });
         return [...(await analyze(recording)).findings];
       }`,
    );
    const { code, output } = await project.node("typescript/bin/tsc", "-p", `tsconfig.${resolution}.json`);
    expect(output).toBe("");
    expect(code).toBe(0);
  });

  it("has a monitor that bundlers split into what is loaded when, and that does nothing in Node", async () => {
    await project.put(
      "app.mjs",
      `import { startMonitor } from "hubscope/monitor";
       const monitor = startMonitor({ endpoint: "/otlp", sampleRate: 1 });
       export const answer = [monitor.sampled, await monitor.ready];`,
    );
    const { metafile } = await bundle({
      absWorkingDir: project.folder,
      entryPoints: ["app.mjs"],
      outdir: "bundled",
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "browser",
      metafile: true,
      logLevel: "error",
    });
    const app = Object.entries(metafile.outputs).find(([name]) => name.endsWith("app.js"))?.[1];
    expect(app?.bytes).toBeLessThan(4_000);
    expect(app?.imports).toMatchObject([{ kind: "dynamic-import" }]);
    expect(Object.keys(metafile.outputs).length).toBeGreaterThanOrEqual(3);
    const inNode = await project.run(process.execPath, [
      "--input-type=module",
      "-e",
      'import { answer } from "./app.mjs"; console.log(JSON.stringify(answer));',
    ]);
    expect(inNode).toEqual({ code: 0, output: "[false,false]\n" });
  });

  it("runs the documented test in Playwright; a failing one says why and has recordings attached", async () => {
    await project.put(
      "playwright.config.ts",
      `import { defineConfig } from "@playwright/test";
       export default defineConfig({
         workers: 3, fullyParallel: true, reporter: [["json", { outputFile: "result.json" }]],
         use: { baseURL: ${JSON.stringify(demo.url)}, hubscopeOptions: { otlp: { endpoint: ${JSON.stringify(collector.url)}, signals: ["traces"] } }, launchOptions: { executablePath: ${JSON.stringify(findBrowser("chromium"))} } },
       });`,
    );
    await project.put(
      "good.spec.ts",
      (await documented("With Playwright")).replace('"/board"', `"/?${GOOD}"`),
    );
    await project.put(
      "bad.spec.ts",
      `import { expect, test } from "hubscope/playwright";
       test("bad", async ({ page, hubscope }) => {
         await page.goto("/?${GOOD}");
         await hubscope.connected();
         await page.goto("/?reconnect=0");
         await expect(page).toSurvive("wifi-drop-5s");
       });`,
    );
    const { output } = await project.node("@playwright/test/cli.js", "test");
    const tests = testsOf(
      await readFile(path.join(project.folder, "result.json"), "utf8").catch(() => output),
    );
    expect(tests.map(({ title, status }) => [title, status])).toEqual([
      ["bad", "failed"],
      ["the board survives wifi-drop-5s", "passed"],
      ["the board survives crash", "passed"],
    ]);
    const [bad] = tests;
    expect(bad?.message).toContain('The scenario "wifi-drop-5s"');
    expect(bad?.message).toMatch(/✗ .*: .*gave up/);
    expect(bad?.attachments).toEqual([
      "hubscope-1.json",
      "hubscope-1.html",
      "hubscope-2.json",
      "hubscope-2.html",
    ]);
    expect(tests.slice(1).flatMap(({ attachments }) => attachments)).toEqual([]);
    // As docs/command-line.md says.
    const results = path.join(project.folder, "test-results");
    const folders = await readdir(results);
    const left = await Promise.all(
      folders.map((folder) => readdir(path.join(results, folder)).catch(() => [])),
    );
    expect(
      left
        .flat()
        .filter((name) => /^hubscope.*\.json$/.test(name))
        .sort(),
    ).toEqual(["hubscope-1.json", "hubscope-2.json"]);
    // Each test has sent its recordings: that of `bad` those of two documents.
    expect(collector.got.map(({ path: to }) => to)).toEqual(new Array(4).fill("/v1/traces"));
    expect(collector.got.filter(({ body }) => body.includes('"name":"interruption '))).toHaveLength(3);
  });

  it("drives Firefox through Puppeteer", async () => {
    await project.put(
      "firefox.mjs",
      `import puppeteer from "puppeteer-core";
       import { install } from "hubscope/puppeteer";
       import { analyze, readRecording } from "hubscope/core";
       const browser = await puppeteer.launch({ browser: "firefox", headless: true, executablePath: ${JSON.stringify(findBrowser("firefox"))} });
       try {
         const page = await browser.newPage();
         const hubscope = await install(page);
         await hubscope.connected().catch(({ message }) => console.log(message));
         await page.goto(${JSON.stringify(`${demo.url}?${GOOD}`)});
         await hubscope.connected();
         await hubscope.run("nope").catch(({ message }) => console.log(message.split(" There are")[0]));
         await hubscope.recording();
         await page.reload();
         await hubscope.connected();
         await hubscope.inject({ name: "graceful-loss" });
         // A state between the two may be too short to be seen from outside.
         let interruptions = [];
         while (interruptions[0]?.until == null)
           ({ interruptions } = await analyze(await readRecording(await hubscope.recording())));
         console.log(JSON.stringify(interruptions.map(({ cause, outcome }) => [cause, outcome])));
         console.log((await hubscope.recordings()).length, hubscope.lost);
       } finally {
         await browser.close();
       }`,
    );
    const { code, output } = await project.run(process.execPath, ["firefox.mjs"]);
    expect(output).toBe(
      "connected: Hubscope is not in this page: it was opened before Hubscope was installed, or it is not an HTML page.\n" +
        'run: there is no scenario "nope".\n' +
        '[["injected","reconnected"]]\n2 0\n',
    );
    expect(code).toBe(0);
  });

  it("has the command line", async () => {
    const hubscope = (...args: string[]): Promise<Ran> =>
      project.run(path.join(project.folder, "node_modules/.bin/hubscope"), args);
    const fixture = path.join(projectRoot, "test/fixtures/recordings/version-1.json");
    const version = await hubscope("--version");
    expect(version).toEqual({ code: 0, output: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string });
    const report = await hubscope("report", fixture, "-o", "report.html");
    expect(report).toEqual({ code: 0, output: "" });
    expect(await readFile(path.join(project.folder, "report.html"), "utf8")).toMatch(/<style>[^<]{500}/);
    // So many that two workers are started.
    await mkdir(path.join(project.folder, "recordings"));
    for (let i = 0; i < 40; i++) await copyFile(fixture, path.join(project.folder, `recordings/${i}.json`));
    const summary = await hubscope("summary", "recordings", "--json", "--jobs", "2");
    expect(JSON.parse(summary.output)).toMatchObject({ recordings: 40, unreadable: [] });
    expect((await hubscope("report", "none.json")).code).toBe(3);
    expect((await hubscope("report", "--no-such-option")).code).toBe(2);
  });
});
