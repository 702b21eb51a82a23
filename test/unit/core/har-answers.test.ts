/** What a log tells of answers that aren't the server's own: redirects, and those of service workers. */
import { describe, expect, it } from "vitest";
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { modelOf, read } from "./read-other-file.ts";

const T = Date.UTC(2026, 10, 24, 10);
const HUB = "https://board.example/hubs/board";
const SIGN_IN = "https://board.example/account/login?returnUrl=x";

interface Answer {
  readonly status: number;
  readonly text?: string;
  readonly redirectURL?: string;
  readonly more?: object;
}

/** As Chrome has it. */
const entry = (method: string, url: string, after: number, answer: Answer, type = "fetch"): object => ({
  pageref: "page_1",
  _resourceType: type,
  startedDateTime: new Date(T + after).toISOString(),
  time: 20,
  request: { method, url, headers: [] },
  response: {
    ...{ status: answer.status, statusText: "", headers: [], redirectURL: answer.redirectURL ?? "" },
    content: answer.text === undefined ? { size: 0 } : { size: 9, text: answer.text },
    ...answer.more,
  },
  timings: { wait: 20, receive: 0 },
});

const negotiate = (answer: Answer): object =>
  entry("POST", `${HUB}/negotiate?negotiateVersion=1`, 0, { text: "", ...answer });

const logOf = (...entries: readonly object[]): string =>
  JSON.stringify({
    log: {
      version: "1.2",
      pages: [{ id: "page_1", title: "https://board.example/", startedDateTime: new Date(T).toISOString() }],
      entries,
    },
  });

function startOf(...entries: readonly object[]): { title: string; confidence: string; ended: unknown } {
  const { pages, events } = read(logOf(...entries));
  const [start] = modelOf(pages).pages.flatMap(({ hubs }) => hubs.flatMap((hub) => hub.failedStarts));
  if (!start) throw new Error("no failed start");
  const { title, confidence } = verdictOf(start);
  return { title, confidence, ended: events.filter(({ kind }) => kind === "negotiate-ended") };
}

const ANSWER = JSON.stringify({
  ...{ negotiateVersion: 1, connectionId: "c", connectionToken: "t" },
  availableTransports: [{ transport: "LongPolling", transferFormats: ["Text"] }],
});
const PAGE = "<!doctype html><title>Sign in</title>";

describe("a redirect in a log", () => {
  it("that leads nowhere in it is what the browser saw, not the page", () => {
    const { title, confidence, ended } = startOf(negotiate({ status: 302, redirectURL: "/account/login" }));
    expect(title).toBe("Negotiate redirected to another page, usually a sign-in page");
    expect(confidence).toBe("high");
    expect(ended).toMatchObject([{ status: null }]);
  });

  it("is one request with the page that it leads to", () => {
    const { title, ended } = startOf(
      negotiate({ status: 302, redirectURL: "/account/login?returnUrl=x#top" }),
      entry("GET", SIGN_IN, 21, { status: 200, text: PAGE }),
    );
    expect(title).toBe("Negotiate redirected to another page, usually a sign-in page (200)");
    expect(ended).toMatchObject([
      {
        status: 200,
        error: 'HTML page "Sign in"',
        redirectedTo: "https://board.example/account/login?returnUrl=…",
      },
    ]);
  });

  it("of several steps is one request, with the last answer", () => {
    const { ended } = startOf(
      negotiate({ status: 302, redirectURL: "/away" }),
      entry("GET", "https://board.example/away", 21, { status: 302, redirectURL: SIGN_IN }),
      entry("GET", SIGN_IN, 42, { status: 503, text: "closed" }),
    );
    expect(ended).toMatchObject([
      { status: 503, error: "closed", redirectedTo: expect.anything() as string },
    ]);
  });

  it("to the hub's new address is no failure", () => {
    const there = `https://new.example/hubs/board/negotiate?negotiateVersion=1`;
    const { pages, events } = read(
      logOf(
        negotiate({ status: 307, redirectURL: there }),
        entry("POST", there, 21, { status: 200, text: ANSWER }),
      ),
    );
    expect(events.filter(({ kind }) => kind.startsWith("negotiate"))).toMatchObject([
      { kind: "negotiate" },
      { kind: "negotiate-ended", status: 200, connectionId: "c" },
    ]);
    expect(modelOf(pages).pages.flatMap(({ hubs }) => hubs.flatMap((hub) => hub.failedStarts))).toEqual([]);
  });

  it("is not followed by a document that the user opens there, nor by a later request", () => {
    const redirect = negotiate({ status: 302, redirectURL: SIGN_IN });
    const opened = entry("GET", SIGN_IN, 30, { status: 200, text: PAGE }, "document");
    const later = entry("GET", SIGN_IN, 5_000, { status: 200, text: PAGE });
    for (const other of [opened, later])
      expect(startOf(redirect, other).ended).toMatchObject([{ status: null }]);
  });
});

describe("an answer of a service worker in a log", () => {
  const byWorker = (more: object): string => startOf(negotiate({ status: 504, more })).title;

  it("is told as such", () => {
    const own = "Answered by the page's service worker, not by the network (504)";
    expect(byWorker({ _fetchedViaServiceWorker: true })).toBe(own);
    expect(byWorker({ _fetchedViaServiceWorker: true, _serviceWorkerResponseSource: "fallback-code" })).toBe(
      own,
    );
  });

  it("that only passes on the network's is the network's", () => {
    const passedOn = "Gateway timeout: the server took longer than its proxy waits (504)";
    expect(byWorker({ _fetchedViaServiceWorker: true, _serviceWorkerResponseSource: "network" })).toBe(
      passedOn,
    );
    expect(byWorker({ _fetchedViaServiceWorker: false })).toBe(passedOn);
  });

  it("to a poll is told as such", () => {
    const poll = (after: number, status: number, more = {}): object =>
      entry("GET", `${HUB}?id=t`, after, { status, text: "", more });
    const { events } = read(
      logOf(
        negotiate({ status: 200, text: ANSWER }),
        poll(30, 200),
        poll(60, 504, { _fetchedViaServiceWorker: true }),
      ),
    );
    expect(events.find(({ kind }) => kind === "socket-closed")).toMatchObject({
      status: 504,
      byServiceWorker: true,
    });
  });
});
