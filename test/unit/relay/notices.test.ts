/** What the relay itself notices: where a negotiate's time went, jumps of the clock, another network. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createNotices } from "../../../content-script/relay/notices.ts";
import type { BrowserEvent } from "../../../extension/core/events/browser-events.ts";
import type { Unstamped } from "../../../extension/core/events/events.ts";
import { START, event } from "../fakes/events.ts";

const URL_OF_NEGOTIATE = "https://hub.example/board/negotiate?negotiateVersion=1";

let told: Unstamped<BrowserEvent>[] = [];
let entries: object[] = [];
let page = 0;
let clock = 0;
let connection = Object.assign(new EventTarget(), { type: "wifi" });

beforeEach(() => {
  told = [];
  connection = Object.assign(new EventTarget(), { type: "wifi" });
  entries = [];
  page = 1_000;
  clock = START + 1_000;
  vi.stubGlobal("performance", {
    timeOrigin: START,
    now: () => page,
    getEntriesByType: () => entries,
  });
  vi.stubGlobal("navigator", { connection });
  vi.spyOn(Date, "now").mockImplementation(() => clock);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const start = (): ReturnType<typeof createNotices> => createNotices((one) => told.push(one));
const pass = (ms: number, asleep = 0): void => {
  page += ms;
  clock += ms + asleep;
};

const entry = (more: object = {}): object => ({
  name: URL_OF_NEGOTIATE,
  startTime: 501,
  domainLookupStart: 511,
  domainLookupEnd: 531,
  connectStart: 531,
  secureConnectionStart: 541,
  connectEnd: 581,
  requestStart: 582,
  responseStart: 782,
  responseEnd: 785,
  nextHopProtocol: "h2",
  workerStart: 0,
  ...more,
});

describe("a negotiate's timing", () => {
  const begun = event(1, {
    kind: "negotiate",
    t: START + 500,
    request: 1,
    url: URL_OF_NEGOTIATE.replace("=1", "=…"),
    api: "fetch",
    askedStatefulReconnect: false,
  });
  const ended = (more: object = {}): ReturnType<typeof event> =>
    event(2, { kind: "negotiate-ended", t: START + 790, request: 1, status: 200, ...more });

  it("is that of the page's entry for it", () => {
    entries = [entry({ startTime: 90 }), entry(), entry({ name: "https://hub.example/other" })];
    start()([begun, ended()]);
    expect(told).toEqual([
      {
        kind: "negotiate-timing",
        t: START + 790,
        request: 1,
        protocol: "h2",
        queued: 10,
        dns: 20,
        connect: 50,
        tls: 40,
        wait: 200,
        download: 3,
      },
    ]);
  });

  it("says so if the request went through a service worker", () => {
    entries = [entry({ workerStart: 502 })];
    start()([begun, ended()]);
    expect(told).toMatchObject([{ throughServiceWorker: true }]);
  });

  it.each([
    ["the browser keeps it back", [entry({ requestStart: 0, responseStart: 0 })], {}],
    ["the page's list has no room for it", [], {}],
    ["the entry is another request's", [entry({ startTime: 900 })], {}],
    ["there was no answer", [entry()], { status: null }],
    ["a fault answered", [entry()], { fault: 1 }],
  ] as const)("isn't recorded if %s", (_why, list, more) => {
    entries = [...list];
    start()([begun, ended(more)]);
    expect(told).toEqual([]);
  });
});

describe("the clock", () => {
  it("that went on while the page's stood still is a jump, once, between two batches", () => {
    const hear = start();
    pass(5_000);
    hear([]);
    pass(1_000, 60_000);
    hear([]);
    pass(1_000);
    hear([]);
    expect(told).toEqual([{ kind: "clock-jump", since: START + 6_000, t: START + 7_000, by: 60_000 }]);
  });

  it("may be corrected a little, or set back", () => {
    const hear = start();
    pass(1_000, 1_500);
    hear([]);
    expect(told).toEqual([]);
    pass(1_000, -30_000);
    hear([]);
    expect(told).toMatchObject([{ by: -30_000 }]);
  });
});

it("another kind of network is recorded, and the same one isn't", () => {
  start();
  connection.dispatchEvent(new Event("change"));
  connection.type = "cellular";
  connection.dispatchEvent(new Event("change"));
  expect(told).toEqual([{ kind: "network-type", t: START + 1_000, from: "wifi", to: "cellular" }]);
});
