/** What Microsoft's client for browsers never does, but other clients and pages do. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { until, type TestPage } from "../harness/browser/index.ts";
import { describeBrowsers, describeRealHub } from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

const HTML = `<!doctype html><title>raw</title><script>
  /** Opens a WebSocket of its own, and sends the handshake as text or in a binary frame. */
  async function speak(hub, { negotiates, binary }) {
    const answer = negotiates && (await (await fetch(hub + "/negotiate?negotiateVersion=1", { method: "POST" })).json());
    const socket = new WebSocket(hub.replace(/^http/, "ws") + (answer ? "?id=" + answer.connectionToken : ""));
    socket.binaryType = "arraybuffer";
    await new Promise((resolve) => (socket.onopen = resolve));
    const handshake = JSON.stringify({ protocol: binary ? "messagepack" : "json", version: 1 }) + "\\x1e";
    socket.send(binary ? new TextEncoder().encode(handshake) : handshake);
    await new Promise((resolve) => (socket.onmessage = resolve));
    // A ping: its length, and an array with its type.
    socket.send(binary ? new Uint8Array([2, 0x91, 6]) : '{"type":6}\\x1e');
  }
</script>`;

declare global {
  interface Window {
    speak(hub: string, how: { negotiates: boolean; binary: boolean }): Promise<void>;
  }
}

describeBrowsers("a client of the page's own", (stage) => {
  let server: Server;
  let url = "";
  let reader: TestPage;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.setHeader("Content-Type", "text/html").end(HTML);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    reader = await stage.browser.extensionPage("popup.html");
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const recorded = (path: string, enough: (events: readonly RecordedEvent[]) => boolean) =>
    until(`the recording of ${path}`, async () => {
      const found = (await readStore(reader)).find(({ page }) => page.url === url + path);
      return found && enough(found.events) && found.events;
    });
  const isPing = (event: RecordedEvent): boolean =>
    event.kind === "message" && event.direction === "out" && event.type === 6;

  describeRealHub((hub) => {
    it.each([true, false])(
      "may send its handshake in a binary frame, as the .NET client does (negotiate: %s)",
      async (negotiates) => {
        const path = `binary-${String(negotiates)}`;
        const page = await stage.browser.newPage(url + path);
        const address = `${hub().url}/hubs/board`;
        await page.evaluate((...args) => window.speak(...args), address, { negotiates, binary: true });
        const events = await recorded(path, (all) => all.some(isPing));
        expect(events.filter(({ kind }) => kind === "handshake")).toMatchObject([
          { direction: "out", protocol: "messagepack", version: 1 },
          { direction: "in" },
        ]);
        expect(events.filter(({ kind }) => kind === "dropped" || kind === "worker-connection")).toEqual([]);
        await page.close();
      },
    );

    it("is recorded until it is left, also after document.open()", async () => {
      const page = await stage.browser.newPage(`${url}rewritten`);
      const how = { negotiates: true, binary: false };
      await page.evaluate((...args) => window.speak(...args), `${hub().url}/hubs/board`, how);
      await recorded("rewritten", (events) => events.some(isPing));
      await page.evaluate(() => {
        document.open();
        document.close();
      });
      await page.goto(`${url}next`);
      const events = await recorded("rewritten", (all) => all.some(({ kind }) => kind === "lifecycle"));
      expect(events.find(({ kind }) => kind === "lifecycle")).toMatchObject({ phase: "pagehide" });
      await page.close();
    });
  });
});
