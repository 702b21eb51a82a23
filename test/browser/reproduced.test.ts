/**
 * Real breaks that were recorded, each as the test that is generated from it: as they are in an empty project with the npm package,
 * against an app that does what it should and an ASP.NET Core server. Each passes, so the app survives; and to Hubscope it looks as the
 * real one did.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../../extension/cli/record/find-browser.ts";
import { startAspNetHub, type RunningAspNetHub } from "../harness/hubs/aspnet/aspnet-hub.ts";
import { hasDotnet } from "../harness/hubs/dotnet/build.ts";
import { createNpmProject, type NpmProject } from "../harness/npm-project.ts";
import { testsOf, type Tested } from "../harness/playwright-results.ts";
import { serveSteadyApp, type ServedApp } from "../harness/steady-app/serve.ts";
import { firstLooksLike, generatedFrom } from "./reproduced/generated.ts";

/** Of `test/fixtures/causes`, with the cause. */
const CAUSES = [
  ["server-timeout", "server-timeout"],
  ["client-ping-timeout", "client-ping-timeout"],
  ["offline", "offline"],
  ["frozen", "tab-frozen"],
  ["token-expired", "token-expired"],
  ["server-killed", "server-gone"],
  ["server-close-reconnect-allowed", "server-close"],
  ["server-close-for-good", "server-closed-for-good"],
  ["close-code-1001", "closed-by-server-socket"],
  ["network-cut", "abrupt-loss"],
  ["start-negotiate-429", "start-failed"],
] as const;

const CARELESS = "careless";

describe.skipIf(!hasDotnet())("a test generated from a recorded break", () => {
  let project: NpmProject;
  let server: RunningAspNetHub | null;
  let apps: readonly ServedApp[] = [];
  let results: ReadonlyMap<string, Tested> = new Map();

  beforeAll(async () => {
    [project, server] = await Promise.all([createNpmProject(), startAspNetHub()]);
    const hub = `${server?.url}/hubs/secure?keepAlive=1000&clientTimeout=3000`;
    apps = await Promise.all([false, true].map((careless) => serveSteadyApp({ hub, careless })));
    const [steady, careless] = apps.map(({ url }) => JSON.stringify(url));
    for (const [file] of CAUSES) await project.put(`${file}.spec.ts`, (await generatedFrom(file)).text);
    await project.put(
      `${CARELESS}.spec.ts`,
      `${(await generatedFrom("server-close-for-good")).text}test.use({ baseURL: ${careless} });`,
    );
    await project.put(
      "playwright.config.ts",
      `import { defineConfig } from "@playwright/test";
       export default defineConfig({
         workers: 2, fullyParallel: true, reporter: [["json", { outputFile: "result.json" }]],
         use: {
           baseURL: ${steady}, hubscopeOptions: { attach: "always" },
           launchOptions: { executablePath: ${JSON.stringify(findBrowser("chromium"))} },
         },
       });`,
    );
    const { output } = await project.node("@playwright/test/cli.js", "test");
    const report = await readFile(path.join(project.folder, "result.json"), "utf8").catch(() => output);
    results = new Map(testsOf(report).map((one) => [one.file.replace(".spec.ts", ""), one]));
  });
  afterAll(async () => {
    await Promise.all([...apps.map((app) => app.stop()), server?.stop(), project.remove()]);
  });

  it.each(CAUSES)("reproduces %s: %s", async (file, cause) => {
    const { status, message, recording } = results.get(file) ?? {};
    expect([status, message]).toEqual(["passed", ""]);
    expect(firstLooksLike(recording ?? "")).toBe(cause);
    expect((await generatedFrom(file)).cause).toBe(cause);
  });

  it("is red for an app that doesn't come back, though the break is the same, and says so", () => {
    const { status, message, recording } = results.get(CARELESS) ?? {};
    expect(status).toBe("failed");
    expect(message).toMatch(/✗ Recovered in time: .*the app didn't restart it/);
    expect(message).not.toContain("toContain");
    expect(firstLooksLike(recording ?? "")).toBe("server-closed-for-good");
  });
});
