// @vitest-environment happy-dom
/** The last request of a page. What arrives of it in real browsers is in test/browser/monitor.test.ts. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pagePorts } from "../../../content-script/monitor/telemetry/ports.ts";

const fetched = vi.hoisted(() => vi.fn<typeof fetch>());
// The browser's own, taken before the page can replace them.
vi.mock(import("../../../content-script/hook/platform/natives.ts"), () => ({ nativeFetch: fetched }));
vi.mock(import("../../../content-script/sentinel/platform/natives.ts"), () => ({
  nativeTimeout: setTimeout as never,
  now: () => 0,
}));

const ENDPOINT = "https://collector.example/otlp?key=1";
const TRACES = "https://collector.example/otlp/v1/traces?key=1";

describe("the last request of a page", () => {
  const beacon = vi.fn<Navigator["sendBeacon"]>();
  beforeEach(() => {
    fetched.mockReset().mockResolvedValue(new Response());
    beacon.mockReset().mockReturnValue(true);
    Object.defineProperty(navigator, "sendBeacon", { configurable: true, value: beacon });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    Reflect.deleteProperty(navigator, "sendBeacon");
  });

  const leave = (headers?: Record<string, string>): void => {
    pagePorts({ endpoint: ENDPOINT, sampleRate: 1, ...(headers ? { headers } : {}) }).postLast(
      "traces",
      "{}",
    );
  };
  const withKeepalive = (): void => {
    vi.stubGlobal("Request", { prototype: { keepalive: false } });
  };
  const withoutKeepalive = (): void => {
    vi.stubGlobal("Request", { prototype: {} });
  };

  it("goes on when the page is gone, without cookies and without the page's address", () => {
    withKeepalive();
    leave({ "api-key": "1" });
    expect(fetched).toHaveBeenCalledWith(
      TRACES,
      expect.objectContaining({
        ...{ method: "POST", body: "{}", keepalive: true, credentials: "omit", redirect: "manual" },
        ...{ referrerPolicy: "no-referrer", headers: { "api-key": "1", "content-type": "application/json" } },
      }),
    );
    expect(beacon).not.toHaveBeenCalled();
  });

  it("is a beacon in a browser whose requests end with their page", async () => {
    withoutKeepalive();
    leave();
    expect(fetched).not.toHaveBeenCalled();
    expect(beacon).toHaveBeenCalledOnce();
    const [url, body] = beacon.mock.calls[0]!;
    expect(url).toBe(TRACES);
    expect(body).toBeInstanceOf(Blob);
    expect((body as Blob).type).toBe("application/json");
    expect(await (body as Blob).text()).toBe("{}");
  });

  it("is never a beacon where the collector wants headers: it can't have any", () => {
    withoutKeepalive();
    leave({ "api-key": "1" });
    expect(fetched).toHaveBeenCalledOnce();
    expect(beacon).not.toHaveBeenCalled();
  });

  it("is a beacon where the page has replaced fetch by something that throws", () => {
    withKeepalive();
    fetched.mockImplementation(() => {
      throw new Error("the page's own");
    });
    leave();
    expect(beacon).toHaveBeenCalledOnce();
  });
});
