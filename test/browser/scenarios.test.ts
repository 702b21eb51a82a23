import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readScorecard } from "../../extension/core/scenarios/read-scorecard.ts";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { until, type TestPage } from "../harness/browser/index.ts";
import { PanelSession } from "../harness/panel-session.ts";
import { describeBrowsers, waitForState } from "../harness/stage.ts";

describeBrowsers("scenarios", (stage) => {
  let hub: RunningHub;
  let page: TestPage;
  let panel: PanelSession;
  beforeAll(async () => {
    hub = await startNodeHub();
    page = await stage.openBoard(hub);
    panel = new PanelSession(await page.openPanel());
    await panel.waitForHubs("connected");
    await panel.tab("scenarios");
  });
  afterAll(() => hub.stop());

  const run = async (name: string): Promise<void> => {
    await panel.tab("scenarios");
    await panel.target.waitFor(
      "the scenario to be possible",
      (wanted) =>
        document.querySelector<HTMLButtonElement>(
          `[data-scenario="${wanted}"] [data-testid="scenario-run-one"]`,
        )?.disabled === false,
      name,
    );
    await panel.target.click(`[data-scenario="${name}"] [data-testid="scenario-run-one"]`);
  };
  const verdict = (name: string): Promise<string> =>
    panel.target.evaluate(
      (wanted) =>
        document.querySelector<HTMLElement>(`[data-testid="scenario-row"][data-scenario="${wanted}"]`)
          ?.dataset["verdict"] ?? "",
      name,
    );
  const untilOver = (): Promise<unknown> =>
    panel.target.waitFor(
      "no scenario to run",
      () => document.querySelector('[data-testid="scenario-running"]') === null,
    );

  it("runs a scenario, shows its verdict and evidence, and adds the result to the scorecard", async () => {
    await run("wifi-drop-5s");
    await panel.target.waitFor(
      "it to run",
      () => document.querySelector('[data-testid="scenario-running"]') !== null,
    );
    await untilOver();
    const expectations = await panel.target.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('[data-testid="expectation"]')].map((one) => ({
        verdict: one.dataset["verdict"],
        text: one.innerText,
      })),
    );
    expect(expectations).toHaveLength(5);
    expect(expectations[0]).toMatchObject({
      verdict: "pass",
      text: expect.stringMatching(/recovered/i) as string,
    });
    expect(["pass", "warn"]).toContain(await verdict("wifi-drop-5s"));
    // The same losses are in the recording, attributed to the faults.
    const [loss] = await panel.waitForInterruptions(1);
    expect(loss).toMatchObject({ cause: "injected", outcome: "reconnected" });
    await panel.tab("scenarios");
    await panel.target.click('[data-testid="scorecard-export"]');
    // The file is there before the browser has written it.
    const text = await until("the scorecard", async () => {
      const name = (await readdir(stage.downloads)).find((one) => /^scorecard-.*\.json$/.test(one));
      return name !== undefined && (await readFile(path.join(stage.downloads, name), "utf8"));
    });
    const card = readScorecard(JSON.parse(text));
    expect(card).toMatchObject({ browser: stage.name, results: [{ scenario: "wifi-drop-5s" }] });
  });

  it("stops a scenario halfway and leaves the page as it was", async () => {
    await run("wifi-drop-60s");
    await panel.target.waitFor("the connection to be lost", () =>
      document.querySelector('[data-testid="scenario-step"]')?.textContent.startsWith("Step 3 "),
    );
    expect(await page.evaluate(() => navigator.onLine)).toBe(false);
    await panel.target.click('[data-testid="scenario-stop"]');
    await untilOver();
    expect(await verdict("wifi-drop-60s")).toBe("stopped");
    expect(await page.evaluate(() => navigator.onLine)).toBe(true);
    await waitForState(page, "Connected");
    await panel.waitForRunning();
    expect(await page.evaluate(() => window.demo.connection.invoke("Add", 1, 2))).toBe(3);
  });

  it("undoes a fault that was injected into one hub", async () => {
    await panel.tab("faults");
    await panel.target.click('[data-testid="fault-latency"]');
    await panel.target.click('label:nth-of-type(2) > [data-testid="fault-target"]');
    await panel.target.click('[data-testid="fault-reach-hub"]');
    await panel.target.click('[data-testid="fault-inject"]');
    await panel.waitForRunning("latency");
    await panel.target.click('[data-testid="fault-undo"]');
    await panel.waitForRunning();
    const end = await panel.target.evaluate(
      () => document.querySelector<HTMLElement>('[data-testid="fault-done"]')?.dataset["end"],
    );
    expect(end).toBe("undone");
  });
});
