/** Findings in the real panel: a lost connection makes some, they are flags on the timeline, marks stay, and a scenario says what became of one. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import type { TestPage } from "../harness/browser/index.ts";
import { PanelSession } from "../harness/panel-session.ts";
import { describeBrowsers } from "../harness/stage.ts";

/** Found after one loss of a page that doesn't join its groups again. */
const FOUND = "calls-not-repeated";

describeBrowsers("findings", (stage) => {
  let hub: RunningHub;
  let page: TestPage;
  let panel: PanelSession;
  beforeAll(async () => {
    hub = await startNodeHub();
    page = await stage.openBoard(hub, "rejoin=0&retry=300");
    panel = new PanelSession(await page.openPanel());
    await panel.waitForHubs("connected");
  });
  afterAll(() => hub.stop());

  const waitForRow = (finding: string, there = true): Promise<unknown> =>
    panel.target.waitFor(
      `${finding} to be ${there ? "listed" : "gone"}`,
      (id, wanted) =>
        (document.querySelector(`[data-testid="finding-row"][data-finding="${id}"]`) !== null) === wanted,
      finding,
      there,
    );

  it("has checks that can't tell before a connection was lost", async () => {
    await panel.tab("findings");
    await panel.target.waitFor(
      "the checks",
      () => document.querySelector('[data-testid="findings-show"]') !== null,
    );
    const shown = await panel.target.evaluate(
      () => document.querySelector<HTMLElement>('[data-testid="findings-show"]')?.textContent,
    );
    expect(shown).toMatch(/Can't tell \(\d+\)/);
  });

  it("finds what a loss has cost, with its number on the tab", async () => {
    await panel.inject("abrupt-loss");
    await panel.waitForInterruptions(1);
    await panel.tab("findings");
    await waitForRow(FOUND);
    const { rows, tab } = await panel.target.evaluate(() => ({
      rows: document.querySelectorAll('[data-testid="finding-row"]').length,
      tab: document.querySelector('[data-testid="tab-findings"]')?.textContent,
    }));
    expect(tab).toBe(`Findings${rows}`);
  });

  it("says what became of it since its scenario was run", async () => {
    await panel.target.click(`[data-testid="finding-row"][data-finding="${FOUND}"]`);
    await panel.target.click('[data-testid="finding-scenario"]');
    await panel.target.waitFor(
      "the scenario to run",
      () => document.querySelector('[data-testid="scenario-running"]') !== null,
    );
    await panel.target.waitFor(
      "the scenario to be over",
      () => document.querySelector('[data-testid="scenario-running"]') === null,
    );
    await panel.tab("findings");
    await panel.target.waitFor(
      "what became of it",
      (id) => {
        const shown = document.querySelector<HTMLElement>('[data-testid="finding"]');
        return (
          shown?.dataset["finding"] === id && shown.querySelector('[data-testid="finding-later"]') !== null
        );
      },
      FOUND,
    );
    const later = await panel.target.evaluate(
      () => document.querySelector<HTMLElement>('[data-testid="finding-later"]')?.dataset["state"],
    );
    expect(later).toBe("still-there");
  });

  it("keeps for the site what is ignored", async () => {
    await panel.target.click('[data-testid="finding-ignore"]');
    await waitForRow(FOUND, false);
    await page.reload();
    await panel.waitForHubs("connected");
    // A loss in the first moments belongs to the start: what the app called then it has just called.
    await page.waitFor("the start to be over", () => performance.now() > 5_000);
    await panel.inject("abrupt-loss");
    await panel.waitForInterruptions(1);
    await panel.tab("findings");
    await panel.target.waitFor("the findings of the page", () =>
      [...document.querySelectorAll("[data-testid=findings-show] option")].some((one) =>
        one.textContent.startsWith("Ignored (1)"),
      ),
    );
    await waitForRow(FOUND, false);
  });
});
