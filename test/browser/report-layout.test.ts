/** The HTML report on a narrow screen and on paper. */
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { createReducer } from "../../extension/core/model/reducer.ts";
import { writeHtmlReport } from "../../extension/report/html-report.tsx";
import { reportStyle } from "../../scripts/report-style.ts";
import { findBrowser } from "../../extension/cli/record/find-browser.ts";
import { boardRecording } from "../../panel/fixture/board.ts";
import { withDoctorRuns } from "../../panel/fixture/doctor.ts";
import { wireRecording } from "../../panel/fixture/wire.ts";

const START = Date.UTC(2026, 10, 24, 10);

async function reportOf(recording: typeof boardRecording): Promise<string> {
  const reducer = createReducer();
  reducer.apply("page", recording(START));
  return writeHtmlReport(reducer.model, { hubscope: "0.0.0", exportedAt: START, style: await reportStyle() });
}

/** Every path, method and id of a recording, many times as long and without a place to break. */
function withLongNames(start: number): RecordedEvent[] {
  const text = JSON.stringify(wireRecording(start))
    .replaceAll("/hubs/", `/api/${"tenants-0123456789abcdef".repeat(4)}/hubs/`)
    .replaceAll(/"(target|connectionId)":"/g, `"$1":"${"x".repeat(120)}`);
  return JSON.parse(text) as RecordedEvent[];
}

describe.each([
  ["board", boardRecording],
  ["wire", wireRecording],
  ["long-named", withLongNames],
  ["doctor's", (start: number) => withDoctorRuns(boardRecording(start), start)],
])("the report of the %s recording", (_, recording) => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await puppeteer.launch({
      executablePath: findBrowser("chromium"),
      args: ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
    });
    page = await browser.newPage();
    await page.setContent(await reportOf(recording));
  });
  afterAll(async () => {
    await browser.close();
  });

  it("fits into 420 px: wider parts scroll by themselves", async () => {
    await page.setViewport({ width: 420, height: 900 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(420);
  });

  it("is light or dark by the reader's preference, and light on paper", async () => {
    const client = await page.createCDPSession();
    const background = async (prefers: "light" | "dark", media: "screen" | "print"): Promise<unknown> => {
      // Sets media type and feature in one command, because puppeteer's two methods reset each other.
      const features = [{ name: "prefers-color-scheme", value: prefers }];
      await client.send("Emulation.setEmulatedMedia", { media, features });
      return page.evaluate("getComputedStyle(document.body).backgroundColor");
    };
    expect(await background("light", "screen")).toBe("rgb(255, 255, 255)");
    expect(await background("dark", "screen")).toBe("rgb(26, 28, 31)");
    expect(await background("dark", "print")).toBe("rgb(255, 255, 255)");
    await client.detach();
  });

  it("prints without half-empty pages: no unbreakable part is taller than a quarter of a page", async () => {
    await page.emulateMediaType("print");
    // The printable area of A4 at 96 dpi.
    await page.setViewport({ width: 688, height: 1017 });
    const tallest = await page.evaluate(`Math.max(...[...document.querySelectorAll("body *")]
      .filter((one) => getComputedStyle(one).breakInside === "avoid" && one.tagName !== "svg")
      .map((one) => one.getBoundingClientRect().height))`);
    expect(tallest).toBeLessThan(1017 / 4);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(688);
  });
});
