/** A page without SignalR doesn't start the background, whatever it opens and fetches; a page with SignalR does. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { until } from "../harness/browser/index.ts";
import { describeBrowsers } from "../harness/stage.ts";

/** Longer than either browser takes to start the background for a request. */
const WOKEN_WITHIN = 1_500;

describeBrowsers("the background of a page without SignalR", (stage) => {
  let server: Server;
  let address = "";
  beforeAll(async () => {
    const sockets = new WebSocketServer({ noServer: true });
    server = createServer((request, response) => {
      if (request.url?.startsWith("/negotiate")) response.setHeader("Content-Type", "application/json");
      else response.setHeader("Content-Type", "text/html");
      response.end("<!doctype html><title>no SignalR</title>");
    });
    server.on("upgrade", (request, socket, head) => {
      if (request.url?.includes("refused")) {
        socket.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n");
        return;
      }
      sockets.handleUpgrade(request, socket, head, (ws) => {
        ws.on("message", (text) => {
          ws.send(text, { binary: false });
        });
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const staysStopped = async (): Promise<boolean> => {
    const end = Date.now() + WOKEN_WITHIN;
    while (Date.now() < end) {
      if (await stage.browser.backgroundRuns()) return false;
      await sleep(100);
    }
    return true;
  };

  it("isn't started by its WebSockets, fetches, frames and workers", async () => {
    const page = await stage.browser.newPage(`http://${address}/`);
    await stage.browser.stopBackground();
    const done = await page.evaluate(async (host) => {
      const open = (path: string): Promise<string> =>
        new Promise((resolve) => {
          const socket = new WebSocket(`ws://${host}${path}`);
          socket.onopen = () => {
            socket.send("hello");
          };
          socket.onmessage = ({ data }) => {
            resolve(String(data));
            socket.close();
          };
          socket.onerror = () => {
            resolve("failed");
          };
        });
      const said = [
        await open("/chat"),
        await open("/socket.io/?EIO=4&transport=websocket&sid=1"),
        await open("/refused?roomid=1"),
      ];
      for (const method of ["GET", "POST"]) await fetch("/api/items?id=1", { method });
      await fetch("/negotiate");
      const request = new XMLHttpRequest();
      await new Promise((resolve) => {
        request.onload = resolve;
        request.open("POST", "/api/items?id=1");
        request.send("{}");
      });
      const source = new EventSource("/stream");
      await new Promise((resolve) => {
        source.onerror = resolve;
      });
      source.close();
      const frame = document.createElement("iframe");
      frame.src = "/frame";
      await new Promise((resolve) => {
        frame.onload = resolve;
        document.body.append(frame);
      });
      const script = `const s = new WebSocket("ws://${host}/worker"); s.onopen = () => postMessage("open");`;
      const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
      await new Promise((resolve) => {
        worker.onmessage = resolve;
      });
      worker.terminate();
      return said;
    }, address);
    expect(done).toEqual(["hello", "hello", "failed"]);
    expect(await staysStopped()).toBe(true);
    await page.reload();
    expect(await staysStopped()).toBe(true);
    await page.close();
  });

  it.each(["a negotiate", "a socket with a connection token"] as const)("is started by %s", async (what) => {
    const page = await stage.browser.newPage(`http://${address}/`);
    await stage.browser.stopBackground();
    await page.evaluate(
      (host, negotiates) => {
        if (negotiates) void fetch(`http://${host}/negotiate?negotiateVersion=1`, { method: "POST" });
        else new WebSocket(`ws://${host}/refused?id=1`);
      },
      address,
      what === "a negotiate",
    );
    await until("the background to be started", () => stage.browser.backgroundRuns());
    await page.close();
  });
});
