/** Pictures of a Blazor Server page whose server is restarted: the interruption, and its circuit. */
import path from "node:path";
import { launchBrowser, type BrowserName } from "../test/harness/browser/index.ts";
import { startBlazorApp } from "../test/harness/hubs/blazor/blazor-app.ts";
import { startTcpProxy } from "../test/harness/hubs/tcp-proxy.ts";
import { PanelSession } from "../test/harness/panel-session.ts";
import { buildExtension } from "./build.ts";
import { ensureBrowser } from "./browsers.ts";

/** How long the server is away: Blazor tries ten times at once, and then every 5 s. */
const AWAY = 1_500;

export async function blazorPictures(
  browserName: BrowserName,
  size: { readonly width: number; readonly height: number },
): Promise<void> {
  const { outDir: extensionDir } = await buildExtension({
    browser: browserName === "chromium" ? "chrome" : "firefox",
  });
  let app = await startBlazorApp();
  if (!app) {
    console.log("skipped: no .NET SDK");
    return;
  }
  const { port } = new URL(app.url);
  const proxy = await startTcpProxy(app.url);
  const browser = await launchBrowser(browserName, { extensionDir, executable: ensureBrowser(browserName) });
  try {
    const page = await browser.newPage(proxy.url);
    await page.waitFor("the board to be interactive", () => document.querySelector("#add:enabled") !== null);
    // The app reloads a page whose circuit was refused, and the panel would follow it.
    await page.evaluate(() => {
      document.addEventListener(
        "components-reconnect-state-changed",
        (event) => {
          if ((event as CustomEvent<{ state: string }>).detail.state === "rejected")
            event.stopImmediatePropagation();
        },
        true,
      );
    });
    const panel = new PanelSession(await page.openPanel());
    await panel.waitForHubs("connected");
    await page.click("#add:enabled");
    await app.kill();
    await new Promise((resolve) => setTimeout(resolve, AWAY));
    app = (await startBlazorApp({}, Number(port))) ?? app;
    await panel.target.waitFor("the circuit to be refused", () =>
      document.body.textContent.includes("circuit refused"),
    );
    await panel.target.click('[data-testid="interruption-row"]');
    for (const theme of ["light", "dark"] as const) {
      await browser.setTheme(theme);
      for (const tab of ["interruptions", "connections"] as const) {
        await panel.tab(tab);
        const file = path.join(
          "docs",
          `${tab === "connections" ? "circuit" : "blazor"}-${browserName}-${theme}.png`,
        );
        await panel.target.screenshot(file, size);
        console.log(file);
      }
    }
  } finally {
    await browser.close();
    await proxy.stop();
    await app.kill();
  }
}
