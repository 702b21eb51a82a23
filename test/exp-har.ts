import { launchBrowser } from "./harness/browser/index.ts";
import { serveWorkers } from "./harness/clients/workers.ts";
import { startNodeHub } from "./harness/hubs/node/node-hub.ts";
const name = (process.argv[2] ?? "chromium") as "chromium" | "firefox";
const workers = await serveWorkers();
const hub = await startNodeHub();
const browser = await launchBrowser(name);
try {
  for (const kind of ["dedicated", "shared"] as const) {
    const page = await browser.newPage("about:blank");
    const panel = await page.openPanel();
    await page.goto(workers.url(kind, `${hub.url}/hubs/board?own=1`));
    await page.waitFor("said", () => window.workerSaid);
    await new Promise((r) => setTimeout(r, 1500));
    const har = await panel.evaluate(async () => {
      const g = globalThis as any;
      const dt = (g.browser ?? g.chrome).devtools;
      const t = performance.now();
      const log = await (g.browser ? dt.network.getHAR() : new Promise((r) => dt.network.getHAR(r)));
      const ms = performance.now() - t;
      return JSON.stringify(
        {
          ms,
          entries: log.entries.map((e: any) => ({
            url: e.request.url,
            type: e._resourceType,
            status: e.response.status,
            ws: e._webSocketMessages,
            ref: e.pageref,
            start: e.startedDateTime,
            init: e._initiator?.type,
            time: e.time,
            err: e.response._error,
            cid: e._connectionId,
            h: e.request.headers.length,
          })),
        },
        null,
        1,
      );
    });
    console.log(kind, har.slice(0, 6000));
    await page.closePanel();
    await page.close();
  }
} finally {
  await browser.close();
  await hub.stop();
  await workers.stop();
}
