/** `npm run screenshots`: fresh pictures of the real panel for docs/, in both browsers, light and dark. */
import path from "node:path";
import { launchBrowser, type BrowserName, type Theme } from "../test/harness/browser/index.ts";
import { PanelSession } from "../test/harness/panel-session.ts";
import { startDemo } from "../test/harness/demo/serve.ts";
import { startNodeHub } from "../test/harness/hubs/node/node-hub.ts";
import { buildExtension } from "./build.ts";
import { ensureBrowser } from "./browsers.ts";

const SIZE = { width: 1280, height: 720 };

async function picture(browserName: BrowserName, theme: Theme, pageUrl: string): Promise<void> {
  const { outDir: extensionDir } = await buildExtension({
    browser: browserName === "chromium" ? "chrome" : "firefox",
  });
  const browser = await launchBrowser(browserName, {
    extensionDir,
    theme,
    executable: ensureBrowser(browserName),
  });
  try {
    const page = await browser.newPage(pageUrl);
    const panel = new PanelSession(await page.openPanel());
    await panel.waitForHubs("connected");
    await panel.inject("abrupt-loss");
    await panel.waitForInterruptions(1);
    await panel.inject("offline", { seconds: 3 });
    await panel.waitForInterruptions(2);
    await panel.inject("suspend", { seconds: 3 });
    await panel.waitForInterruptions(3);
    await panel.waitForHubs("connected");
    await panel.target.click('[data-testid="interruption-row"]:nth-of-type(2)');
    const save = async (view: string): Promise<void> => {
      const file = path.join("docs", `${view}-${browserName}-${theme}.png`);
      await panel.target.screenshot(file, SIZE);
      console.log(file);
    };
    await save("panel");
    await panel.tab("messages");
    await save("messages");
    await panel.tab("faults");
    await save("faults");
  } finally {
    await browser.close();
  }
}

const hub = await startNodeHub();
const demo = await startDemo({ hubUrl: hub.url });
try {
  for (const browser of ["chromium", "firefox"] as const) {
    for (const theme of ["light", "dark"] as const) await picture(browser, theme, demo.url);
  }
} finally {
  await demo.stop();
  await hub.stop();
}
