/** The HTML report as its reader gets it: a file, opened in both browsers without scripts, and printed. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeHtmlReport } from "../../extension/report/html-report.tsx";
import type { RecordingModel } from "../../extension/core/model/types.ts";
import { boardRecording } from "../../panel/fixture/board.ts";
import { withDoctorRuns } from "../../panel/fixture/doctor.ts";
import { findBrowser } from "../../extension/cli/record/find-browser.ts";
import { reportStyle } from "../../scripts/report-style.ts";
import { launchPlainBrowser } from "../ci-example/launch.ts";
import { START } from "../unit/core/event-script.ts";
import { hostile, lost, modelOf } from "../unit/report/recordings.ts";

const REPORTS: Readonly<Record<string, () => RecordingModel>> = {
  "six interruptions": () => lost(6).reduce(),
  everything: () => modelOf(withDoctorRuns(boardRecording(START), START)),
  hostile: () => hostile().reduce(),
};

let folder = "";
const urlOf = (name: string): string => pathToFileURL(path.join(folder, `${name}.html`)).href;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-report-"));
  const style = await reportStyle();
  for (const [name, model] of Object.entries(REPORTS)) {
    const text = writeHtmlReport(model(), {
      hubscope: "0.0.0",
      exportedAt: START,
      style,
      zone: () => 3_600_000,
    });
    await writeFile(path.join(folder, `${name}.html`), text);
  }
});
afterAll(() => rm(folder, { recursive: true }));

/** A PDF of Chromium names each of its pages. */
const pagesOf = (pdf: Uint8Array): number =>
  Buffer.from(pdf)
    .toString("latin1")
    .match(/\/Type\s*\/Page\b/g)?.length ?? 0;

describe.each(["chromium", "firefox"] as const)("the report without scripts: %s", (name) => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchPlainBrowser(name, findBrowser(name), { "javascript.enabled": false });
    page = await browser.newPage();
    // Of Firefox, it is a setting of the profile.
    if (name === "chromium") await page.setJavaScriptEnabled(false);
  });
  afterAll(() => browser.close());

  /** Puppeteer's own click waits for promises of the page, which don't end without scripts. */
  const click = async (selector: string): Promise<void> => {
    const [x, y] = (await page.evaluate(`(() => {
      const one = document.querySelector("${selector}");
      one.scrollIntoView({ block: "center" });
      const { left, top, width, height } = one.getBoundingClientRect();
      return [left + width / 2, top + height / 2];
    })()`)) as [number, number];
    await page.mouse.click(x, y);
  };

  it("runs no script: what is for readers without them is shown", async () => {
    await page.goto("data:text/html,<noscript>none</noscript><script>document.title='ran'</script>");
    expect(await page.evaluate("[document.title, document.body.innerText]")).toEqual(["", "none"]);
  });

  it.each(Object.keys(REPORTS))("shows all of %s, and nothing is wider than a phone", async (report) => {
    await page.setViewport({ width: 420, height: 900 });
    await page.goto(urlOf(report));
    // The test looks through the protocol: the page itself runs no script, as its Content Security Policy forbids it.
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    const sections = await page.evaluate(
      `[...document.querySelectorAll("section[id]")].filter((one) => one.getBoundingClientRect().height > 20).map(({ id }) => id)`,
    );
    expect(sections).toEqual(
      expect.arrayContaining(["summary", "availability", "timeline", "findings", "interruptions", "log"]),
    );
    expect(await page.evaluate("document.images.length + document.scripts.length")).toBe(0);
  });

  it("has its details folded on the screen, and unfolds one by a click", async () => {
    await page.goto(urlOf("everything"));
    const shown = `document.querySelector(".finding-body").checkVisibility({ contentVisibilityAuto: true })`;
    expect(await page.evaluate(shown)).toBe(false);
    await click(".finding summary");
    expect(await page.evaluate(shown)).toBe(true);
  });

  it("gives the whole summary by one click", async () => {
    await page.goto(urlOf("six interruptions"));
    await click(".summary-text");
    const [selected, all] = (await page.evaluate(
      `[String(getSelection()).trim(), document.querySelector(".summary-text").textContent.trim()]`,
    )) as [string, string];
    expect(selected).toBe(all);
    expect(all).toContain("6 interruptions.");
  });
});

describe("the printed report", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchPlainBrowser("chromium");
    page = await browser.newPage();
  });
  afterAll(() => browser.close());

  it("prints six interruptions on at most four pages of A4, with all details", async () => {
    await page.goto(urlOf("six interruptions"));
    const pages = pagesOf(await page.pdf({ preferCSSPageSize: true, format: "A4" }));
    expect(pages).toBeGreaterThan(1);
    expect(pages).toBeLessThanOrEqual(4);
  });

  it("unfolds what is folded, and is light", async () => {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    await page.emulateMediaType("print");
    await page.goto(urlOf("everything"));
    const hidden = await page.evaluate(
      `[...document.querySelectorAll("details > :not(summary)")].filter((one) => one.getBoundingClientRect().height < 5).length`,
    );
    expect(hidden).toBe(0);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    await page.emulateMediaType("screen");
  });

  it.each(["light", "dark"])("passes the checks of axe: %s", async (theme) => {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
    const found: string[] = [];
    for (const report of Object.keys(REPORTS)) {
      await page.goto(urlOf(report));
      await page.evaluate(`for (const one of document.querySelectorAll("details")) one.open = true`);
      await page.evaluate(axe.source);
      for (const width of [1_280, 420]) {
        await page.setViewport({ width, height: 900 });
        const { violations } = (await page.evaluate(
          `axe.run({ preload: false, resultTypes: ["violations"] })`,
        )) as { violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[] };
        for (const { id, nodes } of violations)
          found.push(
            `${report} ${width}: ${id} ${nodes[0]?.target.join(" ") ?? ""} ${nodes[0]?.failureSummary ?? ""}`,
          );
      }
    }
    expect(found).toEqual([]);
  });
});
