/** Tests what the page is told of its requests that only the network layer knows. */
import { describe, expect, it, vi } from "vitest";
import { seeRequest, world } from "../fakes/fake-browser.ts";
import { answered, BOARD, request, told, useExtension } from "./network-bench.ts";

vi.mock("webextension-polyfill", () => import("../fakes/fake-browser.ts"));

useExtension();

describe("a negotiate", () => {
  const negotiate = (details: object = {}): void => {
    seeRequest("onBeforeRequest", "xmlhttprequest", { ...request, ...details });
    seeRequest("onCompleted", "xmlhttprequest", { ...request, ...answered, ...details });
  };

  it("that is redirected to another page is reported at once, as nothing more is heard of it", async () => {
    seeRequest("onBeforeRequest", "xmlhttprequest", { ...request, frameId: 3 });
    const redirectUrl = "https://login.example/sign-in";
    seeRequest("onBeforeRedirect", "xmlhttprequest", {
      ...request,
      frameId: 3,
      statusCode: 302,
      redirectUrl,
    });
    expect(await told()).toMatchObject([
      { frame: 3, note: { seen: { method: "POST", status: 302, redirectedTo: redirectUrl } } },
    ]);
  });

  it("of which the network layer knows more is reported with it: error, and the headers that tell who answered", async () => {
    const fail = (error: string, more: object = {}): void => {
      seeRequest("onBeforeRequest", "xmlhttprequest", { ...request, frameId: 3 });
      seeRequest("onErrorOccurred", "xmlhttprequest", { ...request, frameId: 3, error, ...more });
    };
    fail("net::ERR_CERT_DATE_INVALID");
    // Chromium's word for nothing: of another origin it means something.
    fail("net::ERR_FAILED", { initiator: "https://hub.example" });
    fail("net::ERR_FAILED", { initiator: "https://app.example" });
    negotiate({
      frameId: 3,
      responseHeaders: [
        { name: "CF-Ray", value: "8f1\u0000-FRA" },
        { name: "Server", value: `cloudflare${"x".repeat(900)}` },
        { name: "Set-Cookie", value: "secret" },
        { name: "X-Request-Id", value: "0HN8KTQ5B1M7V:00000003" },
        { name: "TraceParent", value: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" },
      ],
    });
    const seen = (await told()).map(({ note }) => note.seen);
    expect(seen[0]).toMatchObject({ status: null, error: "net::ERR_CERT_DATE_INVALID" });
    expect(seen[1]).toBeUndefined();
    expect(seen[2]).toMatchObject({ error: "net::ERR_FAILED" });
    expect(seen[3]?.headers).toEqual([
      `server: ${`cloudflare${"x".repeat(900)}`.slice(0, 120)}`,
      "cf-ray: 8f1-FRA",
      "x-request-id: 0HN8KTQ5B1M7V:00000003",
      "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    ]);
  });

  it("whose preflight failed is reported with the preflight's own ending (Firefox)", async () => {
    const preflight = { ...request, frameId: 3, requestId: "8", method: "OPTIONS" };
    for (const ending of [{ error: "NS_ERROR_UNKNOWN_HOST" }, { statusCode: 404 }]) {
      seeRequest("onBeforeRequest", "xmlhttprequest", { ...request, frameId: 3 });
      seeRequest("onBeforeRequest", "xmlhttprequest", preflight);
      seeRequest("error" in ending ? "onErrorOccurred" : "onCompleted", "xmlhttprequest", {
        ...preflight,
        ...ending,
      });
      seeRequest("onErrorOccurred", "xmlhttprequest", {
        ...request,
        frameId: 3,
        error: "NS_ERROR_DOM_BAD_URI",
      });
    }
    expect((await told()).map(({ note }) => note.seen)).toMatchObject([
      { method: "POST", status: null, error: "NS_ERROR_UNKNOWN_HOST", preflight: true },
      { method: "POST", status: 404, error: "NS_ERROR_DOM_BAD_URI", preflight: true },
    ]);
  });
});

describe("an event stream or a poll", () => {
  const get = { ...request, method: "GET", frameId: 3, requestId: "9" };
  const refused = (url: string, statusCode = 404): number =>
    seeRequest("onHeadersReceived", "xmlhttprequest", { ...get, url, statusCode });
  const failed = (url: string, error: string): number =>
    seeRequest("onErrorOccurred", "xmlhttprequest", { ...get, url, error });

  it("is listened to only at the address of a hub that has negotiated", async () => {
    expect(refused(`${BOARD}?id=1`)).toBe(0);
    seeRequest("onBeforeRequest", "xmlhttprequest", { ...request, frameId: 3 });
    expect(refused(`${BOARD}?id=1`)).toBe(1);
    expect(refused("https://hub.example/items?id=1")).toBe(0);
    expect(refused(`${BOARD}/items?id=1`)).toBe(0);
    expect(failed(`${BOARD}?a=b&id=2`, "net::ERR_CONNECTION_RESET")).toBe(1);
    expect(await told()).toMatchObject([
      { frame: 3, note: { what: "transport", url: `${BOARD}?id=1`, seen: { method: "GET", status: 404 } } },
      { frame: 3, note: { seen: { status: null, error: "net::ERR_CONNECTION_RESET" } } },
    ]);
  });

  it("that was answered, or that the page ended itself, is reported to nobody", async () => {
    seeRequest("onBeforeRequest", "xmlhttprequest", { ...request, frameId: 3 });
    refused(`${BOARD}?id=1`, 200);
    for (const error of ["net::ERR_ABORTED", "NS_BINDING_ABORTED", "NS_ERROR_ABORT"])
      failed(`${BOARD}?id=1`, error);
    seeRequest("onHeadersReceived", "xmlhttprequest", {
      ...get,
      method: "POST",
      url: `${BOARD}?id=1`,
      statusCode: 413,
    });
    expect(await told()).toEqual([]);
  });

  it.each(["https://hub.example/*/negotiate?negotiateVersion=1", "https://*/negotiate?negotiateVersion=1"])(
    "isn't listened to at what a page calls an address: %s",
    (url) => {
      const before = world.onRequest.length;
      seeRequest("onBeforeRequest", "xmlhttprequest", { ...request, url });
      expect(world.onRequest).toHaveLength(before);
    },
  );
});
