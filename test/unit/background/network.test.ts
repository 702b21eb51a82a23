/** Tests which facts from `webRequest` are reported to which frame of which tab. */
import { describe, expect, it, vi } from "vitest";
import { event } from "../fakes/events.ts";
import { seeRequest, world } from "../fakes/fake-browser.ts";
import { answered, extension, NEGOTIATE, request, told, useExtension } from "./network-bench.ts";

vi.mock("webextension-polyfill", () => import("../fakes/fake-browser.ts"));

useExtension();

/** A frame that answers whether the request was its own, like a relay: at once if it was, later if not. */
const answerAs = (at: string, own: boolean): void => {
  world.relays.set(at, (message) => {
    if (message["asks"] !== true) return undefined;
    if (own) return Promise.resolve({ ok: true, fault: 0 });
    return new Promise((resolve) => setTimeout(resolve, 500, { ok: false, error: "" }));
  });
};

describe("an upgrade", () => {
  const upgrade = { ...request, method: "GET", url: "wss://hub.example/board?id=1", frameId: 4 };

  it("that the server rejects is reported to the frame that sent it, with its status", async () => {
    const responseHeaders = [{ name: "RETRY-AFTER", value: "30" }];
    seeRequest("onHeadersReceived", "websocket", { ...upgrade, statusCode: 503, responseHeaders });
    expect(await told()).toEqual([
      {
        ...{ tab: 1, frame: 4, asks: false },
        note: { what: "upgrade", url: upgrade.url, at: 1_000, status: 503, retryAfter: "30" },
      },
    ]);
  });

  it("without an answer is reported with the network's error, and no status", async () => {
    seeRequest("onErrorOccurred", "websocket", { ...upgrade, statusCode: 0, error: "NS_ERROR_NET_RESET" });
    expect(await told()).toMatchObject([
      { tab: 1, frame: 4, note: { status: null, error: "NS_ERROR_NET_RESET" } },
    ]);
  });

  it.each([
    ["that succeeds", "onHeadersReceived", { statusCode: 101 }],
    ["of which the browser says nothing but that it failed", "onErrorOccurred", { error: "net::ERR_FAILED" }],
    ["of no tab", "onHeadersReceived", { statusCode: 404, tabId: -1 }],
  ] as const)("%s is reported to no frame", async (_which, event, details) => {
    seeRequest(event, "websocket", { ...upgrade, ...details });
    expect(await told()).toEqual([]);
  });
});

describe("the background is started by an upgrade", () => {
  const starts = (url: string): boolean =>
    (["onHeadersReceived", "onErrorOccurred"] as const).some(
      (event) => seeRequest(event, "websocket", { ...request, url, statusCode: 101 }) > 0,
    );

  it.each([
    ["wss://hub.example/board?id=1", true],
    ["ws://localhost:5000/board?access_token=a&id=1", true],
    ["wss://a.service.signalr.net/client/?hub=board&asrs.op=%2F&id=1&access_token=a", true],
    ["wss://hub.example/board", false],
    ["wss://hub.example/socket.io/?EIO=4&transport=websocket&sid=1", false],
    ["wss://hub.example/live?userid=1&room_id=2", false],
    ["wss://hub.example/id=1", false],
  ])("only with a connection token in its address: %s %s", (url, started) => {
    expect(starts(url)).toBe(started);
  });
});

describe("an upgrade of a client that skips the negotiate", () => {
  const hub = "wss://hub.example:8443/board";
  const record = async (...urls: string[]): Promise<void> => {
    const events = urls.map((url, i) =>
      event(i + 1, { kind: "socket", socket: i + 1, transport: "WebSockets", url }),
    );
    await extension.tell(
      {
        ...{ to: "background", type: "append", page: "p", top: true, url: "https://a.example/" },
        ...{ origin: "https://a.example", connections: 1, events },
      },
      { tab: { id: 1 }, frameId: 0, url: "https://a.example/" },
    );
    await extension.pass(1_000);
  };
  const refuse = (url: string): void => {
    seeRequest("onHeadersReceived", "websocket", { ...request, frameId: 2, url, statusCode: 503 });
  };

  it("is reported once its hub is known, whatever the query is", async () => {
    refuse(hub);
    expect(await told()).toEqual([]);
    await record(hub);
    refuse(`${hub}?room=7`);
    expect(await told()).toMatchObject([{ tab: 1, frame: 2, note: { what: "upgrade", status: 503 } }]);
  });

  it("is reported after the background was stopped", async () => {
    await record(hub);
    extension.stop();
    await extension.start();
    await extension.pass(1_000);
    refuse(hub);
    expect(await told()).toHaveLength(1);
  });

  it("isn't reported for another address or host", async () => {
    await record(hub);
    refuse("wss://hub.example/other");
    refuse("wss://other.example/board");
    expect(await told()).toEqual([]);
  });

  it("is reported once for a negotiated socket to the same hub", async () => {
    await record(hub, `${hub}?id=…`);
    refuse(`${hub}?id=1`);
    expect(await told()).toHaveLength(1);
  });

  it.each(["wss://*/*", "nonsense", "https://hub.example/board"])(
    "isn't looked for at what a page calls an address: %s",
    async (url) => {
      const before = world.onRequest.length;
      await record(url);
      expect(world.onRequest).toHaveLength(before);
    },
  );

  it("is looked for at the twenty newest hubs", async () => {
    const hubs = Array.from({ length: 21 }, (_, i) => `wss://hub.example/${i}/`);
    await record(...hubs);
    for (const url of hubs) refuse(url);
    expect((await told()).map(({ note }) => note.url)).toEqual(hubs.slice(1));
  });
});

describe("a negotiate", () => {
  const negotiate = (details: object = {}): void => {
    seeRequest("onBeforeRequest", "xmlhttprequest", { ...request, ...details });
    seeRequest("onCompleted", "xmlhttprequest", { ...request, ...answered, ...details });
  };

  it("of a frame is reported to that frame, with the time at which it was sent", async () => {
    negotiate({ frameId: 3 });
    expect(await told()).toEqual([
      { tab: 1, frame: 3, asks: false, note: { what: "negotiate", url: NEGOTIATE, at: 1_000, status: 200 } },
    ]);
  });

  it("that webRequest attributes to the top frame, but another frame of the tab has sent, is reported to no other frame", async () => {
    answerAs("1:0", false);
    answerAs("1:5", true);
    answerAs("2:0", false);
    negotiate();
    expect(await told()).toMatchObject([{ tab: 1, frame: undefined, asks: true }]);
  });

  it("that no frame has sent comes from a worker, and is reported to the top frame", async () => {
    answerAs("1:0", false);
    answerAs("1:5", false);
    negotiate();
    expect(await told()).toMatchObject([
      { tab: 1, frame: undefined, asks: true },
      { tab: 1, frame: 0, asks: false },
    ]);
  });

  it("of a shared worker is reported to every tab of its origin, and to none with another port", async () => {
    const urls = ["https://a.example:8443/one", "https://a.example/two", "https://a.example:8443/three"];
    world.tabs = urls.map((url, i) => ({ id: i + 1, url }));
    for (const id of [1, 2, 3]) answerAs(`${id}:0`, false);
    negotiate({ tabId: -1, initiator: "https://a.example:8443" });
    const tabs = (await told()).filter(({ asks }) => !asks).map(({ tab, frame }) => [tab, frame]);
    expect(tabs).toEqual([
      [1, 0],
      [3, 0],
    ]);
  });

  it("of a worker whose page has shown no other sign of SignalR makes the background load the hook there first", async () => {
    world.waiting.add("1:0");
    answerAs("1:0", false);
    negotiate({ frameId: 0 });
    expect((await told()).filter(({ asks }) => !asks)).toMatchObject([{ tab: 1, frame: 0 }]);
    expect(world.done).toEqual(["load relay.js into 1:0", "load hook.js into 1:0"]);
  });

  it("of a page that was left is reported to no other page, and doesn't load the hook there", async () => {
    world.documents.set("new", "1:0");
    world.waiting.add("1:0");
    negotiate({ documentId: "old" });
    expect((await told()).filter(({ asks }) => !asks)).toEqual([]);
    negotiate({ documentId: "old", frameId: 3 });
    expect((await told()).filter(({ asks }) => !asks)).toEqual([]);
    expect(world.done).toEqual([]);
  });

  it("of a worker is reported to the page whose worker it is, where the browser tells", async () => {
    world.documents.set("own", "1:0");
    world.waiting.add("1:0");
    answerAs("1:0", false);
    negotiate({ documentId: "own" });
    expect((await told()).filter(({ asks }) => !asks)).toMatchObject([{ tab: 1, frame: 0 }]);
    expect(world.done).toEqual(["load relay.js into 1:0", "load hook.js into 1:0"]);
  });

  it.each([0, 3])("of a document (frame %d) is never a worker's in Firefox", async (frameId) => {
    world.base = "moz-extension://hubscope/";
    world.documents.set("own", `1:${frameId}`);
    answerAs(`1:${frameId}`, false);
    negotiate({ documentId: "own", frameId });
    expect(await told()).toMatchObject([{ tab: 1, frame: frameId, asks: true }]);
    negotiate({ documentId: null, frameId });
    expect((await told()).filter(({ asks }) => !asks)).toHaveLength(1);
  });

  it("of a worker whose page isn't known is reported to no tab", async () => {
    negotiate({ tabId: -1, initiator: "null" });
    expect(await told()).toEqual([]);
  });

  it("that was redirected is reported with its original address", async () => {
    seeRequest("onBeforeRequest", "xmlhttprequest", { ...request, frameId: 3 });
    const elsewhere = {
      ...request,
      frameId: 3,
      url: `https://other.example/negotiate?negotiateVersion=1`,
      timeStamp: 1_200,
    };
    seeRequest("onBeforeRequest", "xmlhttprequest", elsewhere);
    seeRequest("onCompleted", "xmlhttprequest", { ...elsewhere, ...answered });
    expect(await told()).toMatchObject([{ note: { url: NEGOTIATE, at: 1_000 } }]);
  });

  it("with another method than POST is not reported", async () => {
    negotiate({ method: "OPTIONS", frameId: 3 });
    expect(await told()).toEqual([]);
  });

  it("is reported once, even if the browser reports its end twice", async () => {
    negotiate({ frameId: 3 });
    seeRequest("onErrorOccurred", "xmlhttprequest", { ...request, frameId: 3, error: "aborted" });
    expect(await told()).toHaveLength(1);
  });

  it("that was running when the background was stopped is not reported, but the next one is", async () => {
    seeRequest("onBeforeRequest", "xmlhttprequest", { ...request, frameId: 3 });
    extension.stop();
    await extension.start();
    seeRequest("onCompleted", "xmlhttprequest", { ...request, ...answered, frameId: 3 });
    expect(await told()).toEqual([]);
    negotiate({ frameId: 3, requestId: "8" });
    expect(await told()).toHaveLength(1);
  });

  it("is forgotten when a hundred others have begun after it and none has ended", async () => {
    for (let i = 0; i <= 100; i++)
      seeRequest("onBeforeRequest", "xmlhttprequest", { ...request, frameId: 3, requestId: `${i}` });
    for (const requestId of ["0", "1"])
      seeRequest("onCompleted", "xmlhttprequest", { ...request, ...answered, frameId: 3, requestId });
    expect(await told()).toHaveLength(1);
  });
});
