/**
 * The connection doctor, in a page with the script for tests: real servers, real proxies, both browsers. What is wrong in each
 * situation is in doctor-runs/situations.ts.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { projectRoot } from "../../scripts/paths.ts";
import { launchPlainBrowser } from "../ci-example/launch.ts";
import { until } from "../harness/browser/index.ts";
import { serveClients } from "../harness/clients/serve.ts";
import { startAspNetHub } from "../harness/hubs/aspnet/aspnet-hub.ts";
import { hasDotnet } from "../harness/hubs/dotnet/build.ts";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { foundIn, PLANTED } from "../harness/planted-secrets.ts";
import { isInstalled } from "../harness/situation/gateway.ts";
import {
  closePage,
  doctorRunsOf,
  eventsOf,
  openPage,
  recordingOf,
  runDoctor,
  testToken,
  type Surgery,
} from "./doctor-runs/run.ts";
import { SITUATIONS } from "./doctor-runs/situations.ts";

const startHub = async (): Promise<RunningHub> => (await startAspNetHub()) ?? startNodeHub();

describe.each(["chromium", "firefox"] as const)("connection doctor: %s", (name) => {
  describe(hasDotnet() ? "ASP.NET Core hub" : "embedded hub (no .NET SDK)", () => {
    let surgery: Surgery;
    beforeAll(async () => {
      const [hubscope, browser, clients, ...hubs] = await Promise.all([
        readFile(path.join(projectRoot, "dist", "page", "hubscope.js"), "utf8"),
        launchPlainBrowser(name),
        serveClients(),
        startHub(),
        startHub(),
      ]);
      surgery = { browser, hubscope, clients, hubs };
    }, 180_000);
    afterAll(async () => {
      await surgery.browser.close();
      await surgery.clients.stop();
      for (const hub of surgery.hubs) await hub.stop();
    });

    for (const situation of SITUATIONS) {
      const { gateway } = situation;
      const missing = gateway && !isInstalled(gateway) ? ` (skipped: no ${gateway.kind})` : "";
      it.skipIf(missing !== "")(`${situation.name}${missing}`, { concurrent: true }, async () => {
        const { report, started, recordings } = await runDoctor(surgery, situation);
        expect(started).toEqual(
          situation.start instanceof RegExp ? expect.stringMatching(situation.start) : situation.start,
        );
        const { where, verdicts, facts } = report;
        const problems = verdicts.filter((one) => one.result === "problem" && one.confidence !== "low");
        const shown = JSON.stringify({ verdicts, facts }, null, 1);
        expect({ where, problems: problems.map(({ topic }) => topic) }, shown).toEqual({
          where: situation.where,
          problems: situation.problems,
        });
        if (situation.says) expect(JSON.stringify(verdicts), shown).toMatch(situation.says);
        if (situation.saysNot) expect(JSON.stringify(verdicts), shown).not.toMatch(situation.saysNot);
        for (const fact of situation.facts ?? [])
          expect(facts, shown).toContainEqual(expect.objectContaining(fact));
        expect(recordings.flatMap(foundIn)).toEqual([]);
        if (name === "chromium") expect(facts).not.toContainEqual(expect.objectContaining(UNPROVEN));
        if (started !== null && !situation.losesApp)
          expect(othersOf(recordings[1])).toEqual(othersOf(recordings[0]));
      });
    }

    describe("on a page with a token", () => {
      const SECRET = PLANTED[0]!.secret;
      let page: Page;
      let hub: RunningHub;
      let token: string;
      let appsId: string;
      beforeEach(async () => {
        [hub] = surgery.hubs as [RunningHub];
        await hub.control({ do: "reset" });
        token = testToken(3_600, { sub: SECRET });
        page = await openPage(surgery);
        const started = await page.evaluate((settings) => window.connect("app", settings), {
          hub: `${hub.url}/hubs/secure?password=${SECRET}`,
          tokens: [token],
        });
        expect(started).toBe("connected");
        appsId = await page.evaluate(() => window.clients["app"]?.connectionId() ?? "");
        return () => closePage(page);
      });

      it("leaves nothing behind, and no secret in the recording", async () => {
        const before = await page.evaluate(() => document.documentElement.outerHTML);
        const report = await page.evaluate(() => window.__hubscope.doctor({ stay: 500 }));
        expect(report.where).toBe(null);
        const recording = await recordingOf(page);
        const [run] = doctorRunsOf(recording);
        expect(run).toMatchObject({ began: { token: "borrowed" }, end: "completed" });
        for (const text of [recording, JSON.stringify(report)]) {
          expect(text).not.toContain(SECRET);
          for (const part of token.split(".").filter((one) => one !== "")) expect(text).not.toContain(part);
        }
        await leftAt(hub, [appsId]);
        expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
        expect(await page.evaluate(() => window.clients["app"]?.state())).toBe("Connected");
      });

      it("cleans up when it is cancelled", async () => {
        const running = page
          .evaluate(() => window.__hubscope.doctor({ stay: 600_000 }))
          .catch((error: unknown) => String(error));
        await until("connections to be left open", async () =>
          doctorRunsOf(await recordingOf(page)).some(({ tries }) => tries?.check === "stay"),
        );
        await until("one of each transport, and the app's", async () => (await openAt(hub)).length === 4);
        await page.evaluate(() => window.__hubscope.end());
        expect(await running).toMatch(/doctor: it was ended/);
        expect(doctorRunsOf(await recordingOf(page))).toMatchObject([{ end: "cancelled" }]);
        await leftAt(hub, [appsId]);
        expect(await page.evaluate(() => window.clients["app"]?.state())).toBe("Connected");
      });
    });
  });
});

/** Chromium drops a socket without a goodbye. */
const UNPROVEN = { kind: "doctor-resume", outcome: "unproven" };

/** The recorded events of everything but the doctor. Messages go on, and other pages come to the front. */
const othersOf = (recording: string): readonly string[] =>
  eventsOf(recording)
    .map(({ kind }) => kind)
    .filter(
      (kind) =>
        !kind.startsWith("doctor") && !["message", "counts", "long-task", "visibility"].includes(kind),
    );

/** Ids of the connections that the server has, by its log. */
async function openAt(hub: RunningHub): Promise<readonly string[]> {
  const open = new Set<string>();
  for (const { event, connectionId } of await hub.log()) {
    if (event === "connected") open.add(connectionId);
    if (event === "disconnected") open.delete(connectionId);
  }
  return [...open];
}

const leftAt = (hub: RunningHub, ids: readonly string[]): Promise<unknown> =>
  until("the server to have only the app's connection", async () => {
    const open = await openAt(hub);
    return open.join() === ids.join() ? true : Promise.reject(new Error(open.join()));
  });
