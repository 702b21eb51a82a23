import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  launchBrowser,
  type BrowserName,
  type TestBrowser,
  type TestPage,
} from "../harness/browser/index.ts";

/** Tests the browser driver, on which all browser tests depend, with any page and panel. */
describe.each<BrowserName>(["chromium", "firefox"])("the driver of %s", (name) => {
  let server: http.Server;
  let origin: string;
  let folder: string;
  let browser: TestBrowser;
  let page: TestPage;

  beforeAll(async () => {
    server = http.createServer((request, response) => {
      response.setHeader("Content-Type", "text/html");
      response.end(
        `<title>${request.url ?? ""}</title><input><button onclick="this.textContent += '!'">go</button>`,
      );
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-driver-"));
    browser = await launchBrowser(name, { theme: "dark", downloadDir: folder });
    page = await browser.newPage(`${origin}/one`);
  });

  afterAll(async () => {
    await browser.close();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("runs functions in the page", async () => {
    const sum = await page.evaluate(async (a: number, b: number) => Promise.resolve({ sum: a + b }), 40, 2);
    expect(sum).toEqual({ sum: 42 });
    expect(await page.evaluate((list: string[]) => list[0], [])).toBeUndefined();
    await expect(page.evaluate(() => Promise.reject(new Error("no such luck")))).rejects.toThrow(
      "no such luck",
    );
  });

  it("clicks and types as a user", async () => {
    await page.click("button");
    await page.type("input", "ab");
    await page.type("input", "c");
    await page.press("Shift+d");
    const seen = await page.evaluate(() => [
      document.querySelector("button")!.textContent,
      document.querySelector("input")!.value,
    ]);
    expect(seen).toEqual(["go!", "abcD"]);
  });

  it("saves downloads in the given folder", async () => {
    await page.evaluate(() => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["saved"]));
      link.download = "file.txt";
      link.click();
    });
    await expect
      .poll(() => readFile(path.join(folder, "file.txt"), "utf8").catch(() => ""), { timeout: 30_000 })
      .toBe("saved");
  });

  it("makes screenshots of the panel alone, in the requested size and theme", async () => {
    const panel = await page.openPanel();
    const look = await panel.evaluate(() => ({
      size: [innerWidth, innerHeight],
      dark: matchMedia("(prefers-color-scheme: dark)").matches,
    }));
    expect(look).toEqual({ size: [1280, 720], dark: true });

    const picture = path.join(folder, "panel.png");
    await panel.screenshot(picture, { width: 700, height: 500 });
    const png = await readFile(picture);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([700, 500]);

    await browser.setTheme("light");
    await panel.waitFor("the light theme", () => !matchMedia("(prefers-color-scheme: dark)").matches);
  });

  it("opens the panel again after closing it", async () => {
    await page.closePanel();
    const panel = await page.openPanel();
    expect(await panel.evaluate(() => location.pathname)).toBe("/panel.html");
  });

  it("acts on several tabs and their panels in turn", async () => {
    const first = await page.openPanel();
    const other = await browser.newPage(`${origin}/two`);
    const second = await other.openPanel();
    const visibility = () =>
      Promise.all([page, other].map((tab) => tab.evaluate(() => document.visibilityState)));
    expect(await visibility()).toEqual(["hidden", "visible"]);
    await page.bringToFront();
    expect(await visibility()).toEqual(["visible", "hidden"]);

    await Promise.all(
      [first, second].map((panel, index) =>
        panel.evaluate((text) => void (document.title = text), String(index)),
      ),
    );
    expect(await first.evaluate(() => document.title)).toBe("0");
    expect(await second.evaluate(() => document.title)).toBe("1");
    expect([await page.url(), await other.url()]).toEqual([`${origin}/one`, `${origin}/two`]);
    await other.close();
    expect(await first.evaluate(() => document.visibilityState)).toBe("visible");
  });

  it("goes back to a page in the back/forward cache", async () => {
    await page.closePanel();
    await page.evaluate(() => (document.title = "kept"));
    await page.goto(`${origin}/elsewhere`);
    await page.back();
    expect([await page.url(), await page.evaluate(() => document.title)]).toEqual([`${origin}/one`, "kept"]);
    await page.reload();
    expect(await page.evaluate(() => document.title)).toBe("/one");
  });

  it("switches the network off and on", async () => {
    const reach = () =>
      page.evaluate(async () => [
        navigator.onLine,
        await fetch("/three", { cache: "no-store" }).then(
          () => "reached",
          () => "failed",
        ),
      ]);
    await page.startOffline();
    expect(await reach()).toEqual([false, "failed"]);
    await page.endOffline();
    expect(await reach()).toEqual([true, "reached"]);
  });

  it("stops the background any number of times", async () => {
    await browser.stopBackground();
    await browser.stopBackground();
    const popup = await browser.extensionPage("popup.html");
    expect(new URL(await popup.url()).pathname).toBe("/popup.html");
    await popup.close();
  });

  // Firefox never freezes a tab.
  if (name === "firefox") return;

  it("freezes a page and resumes it", async () => {
    await page.evaluate(() => {
      document.title = "seen:";
      for (const type of ["freeze", "resume"])
        document.addEventListener(type, () => (document.title += ` ${type}`));
    });
    await page.freeze(200);
    expect(await page.evaluate(() => document.title)).toBe("seen: freeze resume");
  });
});
