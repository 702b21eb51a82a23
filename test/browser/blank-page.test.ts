/** What a page without SignalR has of Hubscope: no node, no listener on its window or document, and no hook. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeBrowsers } from "../harness/stage.ts";

const HTML = `<!doctype html><title>no SignalR</title><p>a page<script>
  function sentinelIsThere() {
    return "keepAliveIntervalInMilliseconds" in {};
  }
  /** A hook would take this function: it is the way by which it comes. */
  function poseAsHook() {
    let called = false;
    const script = () => (called = true);
    ({}).keepAliveIntervalInMilliseconds = script;
    performance.dispatchEvent(Object.assign(new Event("hubscope-script"), { script }));
    return called;
  }
  function openChannel() {
    const { port1, port2 } = new MessageChannel();
    window.ports = [port1, port2];
    window.addEventListener("resize", () => undefined);
  }
</script>`;

declare global {
  interface Window {
    sentinelIsThere(): boolean;
    poseAsHook(): boolean;
    openChannel(): void;
  }
}

describeBrowsers("a page without SignalR", (stage) => {
  let server: Server;
  let url = "";
  beforeAll(async () => {
    server = createServer((request, response) => {
      response.setHeader("Content-Type", request.url === "/data" ? "application/json" : "text/html");
      response.end(request.url === "/data" ? "{}" : HTML);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it("has no node and no hook of ours, also after it has used everything that we watch", async () => {
    const page = await stage.browser.newPage(url);
    const nodes = (): Promise<string[]> =>
      page.evaluate(() => [...document.childNodes].map(({ nodeName }) => nodeName));
    expect(await nodes()).toEqual(["html", "HTML"]);
    expect(await page.evaluate(() => window.sentinelIsThere())).toBe(true);
    await page.evaluate(async () => {
      await fetch("/data?id=1");
      const request = new XMLHttpRequest();
      await new Promise((resolve) => {
        request.onload = resolve;
        request.open("POST", "/data?id=1");
        request.send("{}");
      });
      new EventSource("/data").close();
    });
    expect(await page.evaluate(() => window.poseAsHook())).toBe(false);
    expect(await nodes()).toEqual(["html", "HTML"]);
    await page.close();
  });

  if (stage.name === "chromium")
    it("has no listener on its window and document, and no message port, in any world", async () => {
      const page = await stage.browser.newPage(url);
      expect(await page.leftBehind()).toEqual({ listeners: [], ports: 0 });
      // Both are found where they are.
      await page.evaluate(() => {
        window.openChannel();
      });
      expect(await page.leftBehind()).toEqual({ listeners: ["window resize"], ports: 2 });
      await page.close();
    });
});
