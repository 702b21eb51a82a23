/** The script for tests, used without the extension as by an app's team: the demo app on a real hub, in a plain browser. */
import { judged } from "../unit/core/judged.ts";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createReducer } from "../../extension/core/model/reducer.ts";
import { readRecordingFile } from "../../extension/core/recording/recording-file.ts";
import { readScorecard } from "../../extension/core/scenarios/read-scorecard.ts";
import { projectRoot } from "../../scripts/paths.ts";
import { launchPlainBrowser } from "../ci-example/launch.ts";
import { tryScenario } from "../ci-example/try-scenario.ts";
import { startDemo, type RunningDemo } from "../harness/demo/serve.ts";
import { describeBrowsers, describeRealHub } from "../harness/stage.ts";

const GOOD = "reconnect=1&jitter=1&rejoin=1";
const BAD = "reconnect=0&jitter=0&rejoin=0";

describe.each(["chromium", "firefox"] as const)("the script for tests: %s", (name) => {
  let browser: Browser;
  let hubscope = "";
  beforeAll(async () => {
    hubscope = await readFile(path.join(projectRoot, "dist", "page", "hubscope.js"), "utf8");
    browser = await launchPlainBrowser(name);
  });
  afterAll(() => browser.close());

  describeRealHub((hub) => {
    let demo: RunningDemo;
    let first: RunningDemo;
    beforeAll(async () => {
      const hubUrl = `${hub().url}/hubs/board`;
      demo = await startDemo({ hubUrl });
      first = await startDemo({ hubUrl, firstScript: hubscope });
    });
    afterAll(async () => {
      await demo.stop();
      await first.stop();
    });

    /** Opens the demo page, with Hubscope as its first script. */
    const openBoard = async (query: string): Promise<Page> => {
      const page = await browser.newPage();
      await page.goto(`${first.url}?${query}`);
      await page.evaluate(() => window.__hubscope.connected());
      return page;
    };

    it.concurrent("passes an app that reconnects and joins again", async () => {
      const trial = { url: `${demo.url}?${GOOD}`, hubscope, scenario: "wifi-drop-5s" };
      const { result, recording } = await tryScenario(browser, trial);
      expect(result.expectations.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
      expect(result).toMatchObject({ scenario: "wifi-drop-5s", verdict: "pass", missed: [] });
      const read = readRecordingFile(JSON.stringify(recording));
      if (!read.ok) throw new Error(read.problem);
      expect(read.leftOut).toBe(0);
      expect(read.file.scorecard?.results).toEqual([result]);
      const reducer = createReducer();
      for (const { page, events } of read.file.pages) reducer.apply(page, events);
      expect(reducer.model.dropped).toBe(0);
      const [lost] = reducer.model.hubs.flatMap(({ interruptions }) => interruptions);
      expect(judged(lost!)).toMatchObject({ outcome: "reconnected", verdict: { cause: "injected" } });
    });

    it.concurrent("fails an app that doesn't reconnect", async () => {
      const trial = { url: `${demo.url}?${BAD}`, hubscope, scenario: "wifi-drop-5s" };
      const { result } = await tryScenario(browser, trial);
      expect(result.verdict).toBe("fail");
      const recovered = result.expectations.find(({ that }) => that === "recovered");
      expect(recovered).toMatchObject({ verdict: "fail", measured: null });
      expect(recovered?.say).toMatch(/gave up/);
    });

    it.concurrent("fails an app that doesn't join again, by a custom scenario", async () => {
      const page = await openBoard("reconnect=1&jitter=1&rejoin=0");
      const result = await page.evaluate(
        (text) => window.__hubscope.run(text),
        JSON.stringify({
          scenario: 1,
          name: "lost",
          title: "Lost",
          say: "The connection is lost.",
          steps: [
            { do: "inject", fault: { name: "graceful-loss" } },
            { do: "wait", for: "disconnected", limit: 5_000 },
            { do: "wait", for: "settled", limit: 30_000 },
            { do: "pause", time: 3_500 },
            { do: "expect", that: "recovered", within: 10_000 },
            { do: "expect", that: "joined-again", within: 3_000 },
          ],
        }),
      );
      expect(result.expectations.map(({ that, verdict }) => [that, verdict])).toEqual([
        ["recovered", "pass"],
        ["joined-again", "fail"],
      ]);
      const findings = await page.evaluate(() => window.__hubscope.findings());
      expect(findings.find(({ id }) => id === "calls-not-repeated")).toMatchObject({ severity: "high" });
      const card = await page.evaluate(() => window.__hubscope.scorecard());
      const read = readScorecard(card);
      expect(read).toMatchObject({ results: [{ scenario: "lost", verdict: "fail" }] });
      await page.close();
    });

    it("ends a fault and a running scenario on request", async () => {
      const page = await openBoard(GOOD);
      const fault = await page.evaluate(() =>
        window.__hubscope.inject({ name: "offline", duration: 600_000 }),
      );
      expect(fault).toBe(1);
      await page.waitForFunction(() => (window.demo.connection.state as string) === "Reconnecting");
      await page.evaluate((one) => window.__hubscope.end(one), fault);
      await page.waitForFunction(() => (window.demo.connection.state as string) === "Connected");
      await page.evaluate(() => window.__hubscope.connected());
      const verdict = await page.evaluate(async () => {
        const running = window.__hubscope.run("wifi-drop-60s");
        await window.__hubscope.end();
        return (await running).verdict;
      });
      expect(verdict).toBe("stopped");
      expect(await page.evaluate(() => navigator.onLine)).toBe(true);
      await page.close();
    });

    it("rejects invalid arguments with an Error that says what is wrong, and changes nothing", async () => {
      const page = await openBoard(GOOD);
      const errors = await page.evaluate(async () => {
        const hubscope = window.__hubscope as unknown as Record<
          "inject" | "end" | "run" | "connected" | "send",
          (...args: unknown[]) => Promise<unknown>
        >;
        const tries = [
          hubscope.inject("abrupt-loss"),
          hubscope.inject({ name: "no-such-fault" }),
          hubscope.inject({ name: "offline", duration: -1 }),
          hubscope.inject({ name: "discard" }),
          hubscope.end("all"),
          hubscope.end(7),
          hubscope.run("no-such-scenario"),
          hubscope.run({ scenario: 1 }),
          hubscope.run("{"),
          hubscope.run("crash", { quik: true }),
          hubscope.run("crash", { hub: "board" }),
          hubscope.connected({ within: "soon" }),
          hubscope.send({ endpoint: "collector:4318" }),
        ];
        const settled = await Promise.allSettled(tries);
        return settled.map((one) =>
          one.status === "rejected" && one.reason instanceof Error ? one.reason.message : "no Error",
        );
      });
      const expected = [
        /^inject: a fault is an object/,
        /^inject: unknown fault "no-such-fault"/,
        /^inject: duration /,
        /^inject: The browser must do this/,
        /^end: takes the number of a fault/,
        /^end: That fault has already ended/,
        /^run: there is no scenario "no-such-scenario". There are wifi-drop-5s, /,
        /^run: name is lower case/,
        /^run: the scenario is not JSON/,
        /^run: there is no option "quik", only quick and hub/,
        /^run: hub is the http or https address/,
        /^connected: within is a number/,
        /^send: endpoint: it must be an address that begins with http/,
      ];
      expect(errors).toEqual(expected.map((one) => expect.stringMatching(one) as string));
      const recording = await page.evaluate(() => window.__hubscope.recording());
      expect(JSON.stringify(recording)).not.toContain('"kind":"fault"');
      expect(await page.evaluate(() => window.demo.connection.state)).toBe("Connected");
      await page.close();
    });
  });
});

describeBrowsers("the extension", (stage) => {
  describeRealHub((hub) => {
    it("defines no global variables of its own on a page", async () => {
      const page = await stage.openBoard(hub());
      const names = await page.evaluate(() =>
        Object.getOwnPropertyNames(window).filter((name) => /hubscope/i.test(name)),
      );
      expect(names).toEqual([]);
      await page.close();
    });
  });
});
