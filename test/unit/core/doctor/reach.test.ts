import { describe, expect, it } from "vitest";
import {
  URL_OF_HUB,
  appBy,
  connected,
  direct,
  negotiated,
  outcome,
  refused,
  report,
  verdict,
  type Fact,
  type Run,
} from "./doctor-script.ts";

const thrice = (fact: Fact): Run => ({ facts: [fact, fact, fact] });
const of = (fact: Fact, ...more: readonly Fact[]): Run => ({ facts: [fact, fact, fact, ...more] });
const reach = (run: Run) => outcome("reach", run);
const title = (run: Run) => verdict("reach", run)?.title;

describe("reach", () => {
  it("fine, when each negotiate is answered; not judged before the first", () => {
    expect(reach({})).toBe(undefined);
    expect(reach(thrice(negotiated()))).toBe("fine");
    expect(verdict("reach", thrice(negotiated()))?.say).toBe("3 negotiates answered, in 40 ms (median).");
  });

  it.each([
    ["a wrong path", 404, "problem server medium", /no hub at this address/],
    ["an error of the server", 500, "problem server high", /answers 500/],
    ["an error of something on the way", 525, "problem server medium", /answers 525/],
    ["a gateway without a server", 502, "problem server medium", /gateway/],
    ["a gateway whose server is slow", 504, "problem server medium", /gateway/],
    ["no healthy server", 503, "problem server medium", /isn't available/],
    ["a limit of requests", 429, "problem server medium", /takes no more connections/],
    ["a request that isn't allowed", 405, "problem server medium", /answers 405/],
    ["a user that is wanted", 401, "note", /answers 401/],
    ["a user that isn't allowed", 403, "note", /answers 403/],
  ])("%s", (_, status, expected, words) => {
    const run = thrice(negotiated({ status, error: "No." }));
    expect(reach(run)).toBe(expected);
    expect(title(run)).toMatch(words);
  });

  it("Retry-After in seconds, and as a date", () => {
    const say = (retryAfter: string) =>
      verdict("reach", thrice(negotiated({ status: 429, retryAfter })))?.say ?? "";
    expect(say("7")).toContain("It asks to wait 7 s.");
    expect(say("Sun, 29 Nov 2026 12:00:00 GMT")).toContain("wait until Sun, 29 Nov 2026 12:00:00 GMT.");
  });

  it("a page of HTML, an empty answer and another API are no hub; a server's refusal is one of a hub", () => {
    const other = { transports: undefined };
    for (const error of ["My app", "<!doctype html>", undefined]) {
      const run = thrice({ ...negotiated(), ...other, ...(error === undefined ? {} : { error }) } as Fact);
      expect(reach(run)).toBe("problem server medium");
      expect(title(run)).toMatch(/no ASP.NET Core SignalR hub/);
    }
    const run = thrice(negotiated({ transports: [], error: "The client requested version '1', but …" }));
    expect(reach(run)).toBe("problem server medium");
    expect(title(run)).toBe("The hub refuses the negotiate");
  });

  it("some answered, some not: not sure whose problem", () => {
    for (const status of [null, 404, 500])
      expect(reach({ facts: [negotiated(), negotiated({ status }), negotiated()] })).toBe(
        "problem between low",
      );
  });

  it("a server that limits connections, perhaps because of the doctor's", () => {
    const busy = (status: number) =>
      connected("LongPolling", { outcome: "negotiate-failed", status, error: `Status code '${status}'` });
    for (const status of [429, 503]) {
      const later: Run = { facts: [negotiated(), connected("WebSockets"), busy(status)] };
      expect(reach(later)).toBe("problem server low");
      expect(outcome("long-polling", later)).toBe("cant-tell");
      expect(reach({ facts: [negotiated(), negotiated({ status }), connected("WebSockets")] })).toBe(
        "problem server low",
      );
    }
    expect(verdict("reach", { facts: [negotiated(), busy(429)] })?.say).toBe(
      "1 of 2 negotiates and connections got HTTP 429. The doctor's own connections, one right after the other, may have caused it.",
    );
    const poll = refused("LongPolling", { status: 429, error: "Too Many Requests" });
    expect(outcome("long-polling", { facts: [negotiated(), busy(429), poll] })).toBe("cant-tell");
  });

  it("an app that skips the negotiate has no problem with one that fails", () => {
    for (const status of [401, 404, 429, 500, null])
      for (const facts of [[negotiated({ status })], [negotiated(), negotiated({ status })]] as const) {
        const run: Run = {
          began: { skipNegotiation: true, token: "borrowed" },
          before: appBy("WebSockets"),
          facts: [...facts, direct("connected")],
        };
        expect(reach(run)).toBe("note");
        expect(report(run).where).toBe(null);
      }
  });

  it("a redirect to a sign-in page, and any other", () => {
    const to = (redirectedTo: string) => of(negotiated({ status: 404, redirectedTo }));
    expect(reach(to("https://id.example/Account/Login?ReturnUrl=…"))).toBe("problem app medium");
    expect(reach(to("https://board.example/v2/hub/negotiate"))).toBe("problem app low");
  });

  it("a policy of the page", () => {
    const run = thrice(negotiated({ status: null, error: "Failed to fetch", blockedBy: "connect-src" }));
    expect(reach(run)).toBe("problem app high");
    expect(verdict("reach", run)).toMatchObject({
      snippet: {
        code: "Content-Security-Policy: connect-src 'self' https://board.example wss://board.example",
      },
    });
  });

  describe("no answer", () => {
    const nothing = negotiated({ status: null, error: "Failed to fetch" });
    const atOther = { url: "https://hubs.example/hubs/board" };

    it("and no more is known", () => {
      expect(reach(of(nothing))).toBe("problem between low");
      expect(reach(of(nothing, direct("refused")))).toBe("problem between low");
    });

    it("but a WebSocket connects: CORS, if the hub has another origin", () => {
      const run = { ...of(nothing, direct("connected")), began: atOther };
      expect(reach(run)).toBe("problem server medium");
      expect(verdict("reach", run)?.say).toContain("CORS");
    });

    it("but a WebSocket connects to the page's own origin, where CORS has no say", () => {
      const run = of(nothing, direct("connected"));
      expect(reach(run)).toBe("problem between low");
      expect(JSON.stringify(verdict("reach", run))).not.toContain("CORS");
    });

    it("in time isn't CORS: that fails at once", () => {
      const late = negotiated({ status: null, error: "No answer within 15 s.", duration: 15_000 });
      const run = { ...of(late, direct("connected")), began: atOther };
      expect(reach(run)).toBe("problem between low");
    });

    it("while the browser is offline", () => {
      const run: Run = { ...of(nothing), meanwhile: (page) => page.add({ kind: "online", online: false }) };
      expect(reach(run)).toBe("cant-tell");
      expect(report(run)).toMatchObject({
        where: null,
        headline: "It can't be told: The browser was offline",
      });
    });
  });

  it("an answer that a WebSocket contradicts isn't blamed on the address", () => {
    const run = of(negotiated({ status: 404 }), direct("connected"));
    expect(reach(run)).toBe("problem between low");
    // An app that needs no negotiate has no problem.
    const skips = { ...run, began: { skipNegotiation: true, transports: ["WebSockets"] as const } };
    expect(reach(skips)).toBe("note");
    expect(report(skips).where).toBe(null);
  });

  describe("a service that clients are sent on to", () => {
    const azure = "https://board.service.signalr.net/client/?hub=board";
    const onTo = (url: string): Fact => negotiated({ redirectUrl: url, transports: [] });

    it("is named", () => {
      expect(reach({ facts: [onTo(azure), negotiated({ url: azure })] })).toBe("note");
      expect(title({ facts: [onTo(azure), negotiated({ url: azure })] })).toMatch(/Azure SignalR Service/);
      expect(title({ facts: [onTo(URL_OF_HUB), negotiated()] })).toMatch(/Another server/);
    });

    it.each([401, 403, 404, 429, 500])("answers %i: that isn't the app's server, nor its token", (status) => {
      const run = {
        began: { token: "borrowed" as const, tokenExpiresAt: 1 },
        facts: [
          onTo(azure),
          negotiated({ url: azure, status }),
          onTo(azure),
          negotiated({ url: azure, status }),
        ],
      };
      expect(reach(run)).toBe("problem server medium");
      expect(title(run)).toBe(`Azure SignalR Service answers ${status}`);
      expect(outcome("token", run)).not.toContain("problem");
    });

    it("is what the page's policy has to allow, too", () => {
      const blocked = negotiated({ url: azure, status: null, blockedBy: "connect-src" });
      expect(JSON.stringify(verdict("reach", { facts: [onTo(azure), blocked] }))).toContain(
        "https://board.example wss://board.example https://board.service.signalr.net wss://board.service.signalr.net",
      );
    });
  });
});
