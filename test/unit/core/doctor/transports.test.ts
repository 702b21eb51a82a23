import { describe, expect, it } from "vitest";
import type { DoctorTopic } from "../../../../extension/core/doctor/report.ts";
import type { TransportName } from "../../../../extension/core/protocol/terms.ts";
import {
  URL_OF_HUB,
  appBy,
  connected,
  direct,
  negotiated,
  outcome,
  refused,
  report,
  sticky,
  verdict,
  type Doing,
  type Fact,
  type Run,
} from "./doctor-script.ts";

const WAYS: readonly (readonly [DoctorTopic, TransportName])[] = [
  ["websockets", "WebSockets"],
  ["event-streams", "ServerSentEvents"],
  ["long-polling", "LongPolling"],
];
const of = (...facts: readonly Fact[]): Run => ({ facts });

describe.each(WAYS)("%s", (topic, transport) => {
  const judged = (...facts: readonly Fact[]) => outcome(topic, of(...facts));

  it("not tried", () => {
    expect(judged()).toBe(undefined);
    expect(judged(negotiated())).toBe(undefined);
  });

  it("works", () => {
    expect(judged(connected(transport))).toBe("fine");
    const figures = connected(transport, { open: 12, handshake: 5, roundTrip: 3, extensions: "deflate" });
    expect(verdict(topic, of(figures))?.say).toBe(
      "Open after 12 ms, handshake in 5 ms, a call takes 3 ms, with deflate.",
    );
  });

  it("works at the second try", () => {
    const again = connected(transport, { again: true });
    expect(judged(again)).toBe("note");
    expect(verdict(topic, of(again))?.title).toMatch(/at the second try$/);
    // An event stream is tried with one protocol only.
    if (transport !== "ServerSentEvents") expect(judged(again, connected(transport))).toBe("fine");
    expect(report(of(negotiated(), again)).headline).toBe("No problem was found");
  });

  it("works, with another protocol than the first, or with none that was tried", () => {
    const not = connected(transport, { outcome: "protocol-refused", error: "…" });
    expect(judged(not, { ...not, protocol: "messagepack" } as Fact)).toBe("fine");
    if (transport !== "ServerSentEvents")
      expect(judged(not, connected(transport, { protocol: "messagepack" }))).toBe("fine");
  });

  it("isn't offered", () => {
    const not = connected(transport, { outcome: "not-offered", error: "…" });
    expect(judged(not)).toBe(topic === "websockets" ? "problem server high" : "note");
  });

  it("is blocked by the page's policy", () => {
    expect(judged(refused(transport, { blockedBy: "connect-src" }))).toBe("problem app high");
    expect(judged(connected(transport, { outcome: "silent", blockedBy: "connect-src" }))).toBe(
      "problem app high",
    );
  });

  it("can't tell when the negotiate before it failed", () => {
    const not = connected(transport, { outcome: "negotiate-failed", error: "503" });
    expect(judged(not)).toBe("cant-tell");
    expect(judged(not, { ...not, protocol: "messagepack" } as Fact)).toBe("cant-tell");
  });

  it("can't tell when the browser was offline", () => {
    const run: Run = {
      facts: [refused(transport)],
      meanwhile: (page) => page.add({ kind: "online", online: false }),
    };
    expect(outcome(topic, run)).toBe("cant-tell");
    expect(report(run).where).toBe(null);
  });
});

describe("WebSockets that are refused", () => {
  const judged = (...facts: readonly Fact[]) => outcome("websockets", of(...facts));
  const others = [connected("ServerSentEvents"), connected("LongPolling")];

  it("their Upgrade header is lost: sure, if the server is ASP.NET Core", () => {
    const gone = refused("WebSockets", { upgradeLost: true });
    expect(judged(negotiated(), gone, ...others)).toBe("problem between high");
    const service = negotiated({ redirectUrl: "https://x.service.signalr.net/client/", transports: [] });
    expect(judged(service, negotiated(), gone, ...others)).toBe("problem between low");
  });

  it("aren't blocked, if another is open", () => {
    const unseen = refused("WebSockets", { upgradeLost: false });
    for (const fact of [unseen, refused("WebSockets"), connected("WebSockets", { outcome: "silent" })]) {
      expect(judged(fact, direct("connected"), ...others)).toBe("note");
      const beside: Run = { before: appBy("WebSockets"), facts: [fact, direct("refused"), ...others] };
      expect(outcome("websockets", beside)).toBe("note");
      expect(verdict("websockets", beside)?.title).toBe("WebSockets failed once; the app's own is open");
      expect(outcome("websockets", { ...beside, before: appBy("LongPolling") })).toMatch(/^problem/);
    }
    const twice = refused("WebSockets", { again: true });
    const both = [twice, refused("WebSockets", { again: true, protocol: "messagepack" })];
    expect(judged(twice, direct("connected"))).toBe("note");
    expect(judged(...both, direct("connected"))).toBe("problem between low");
    expect(verdict("websockets", of(...both, direct("connected")))?.title).not.toContain("blocked");
    const gone = refused("WebSockets", { upgradeLost: true });
    expect(judged(gone, direct("connected"))).toBe("problem between low");
    expect(outcome("websockets", { before: appBy("WebSockets"), facts: [gone] })).toBe(
      "problem between medium",
    );
  });

  it("a busy server may have refused them", () => {
    const busy = connected("LongPolling", { outcome: "negotiate-failed", status: 429 });
    expect(judged(refused("WebSockets", { upgradeLost: false }), busy)).toBe("problem between low");
  });

  it("the server never saw them", () => {
    expect(judged(refused("WebSockets", { upgradeLost: false }), ...others)).toBe("problem between medium");
    expect(judged(refused("WebSockets"), ...others)).toBe("problem between low");
  });

  it("what checks the token may have refused them, too", () => {
    const run: Run = {
      began: { token: "borrowed" },
      facts: [refused("WebSockets", { upgradeLost: false }), ...others],
    };
    expect(outcome("websockets", run)).toBe("problem between low");
  });

  it("like event streams, while long polling works: the token in the address isn't read", () => {
    const facts = [
      negotiated(),
      refused("WebSockets", { upgradeLost: false }),
      refused("ServerSentEvents"),
      connected("LongPolling"),
      direct("refused"),
    ];
    const run: Run = { began: { token: "borrowed" }, facts };
    expect(outcome("websockets", run)).toBe("problem server medium");
    expect(outcome("event-streams", run)).toBe("note");
    expect(JSON.stringify(verdict("websockets", run))).toContain("OnMessageReceived");
    // Without a token there is nothing to read.
    expect(outcome("websockets", { facts })).toBe("problem between medium");
  });

  it("no stickiness explains them only if one without a negotiate connects", () => {
    const facts = [refused("WebSockets"), refused("LongPolling", { status: 404 }), sticky(4)];
    expect(judged(...facts, direct("connected"))).toBe("note");
    expect(judged(...facts, direct("refused"))).toBe("problem between low");
    expect(outcome("long-polling", of(...facts))).toBe("note");
  });

  it("open, and then nothing or the end", () => {
    expect(judged(connected("WebSockets", { outcome: "silent", open: 20 }))).toBe("problem between low");
    expect(verdict("websockets", of(connected("WebSockets", { outcome: "silent" })))?.title).toMatch(
      /don't open in time/,
    );
    expect(
      judged(refused("WebSockets", { open: 20, error: "WebSocket closed with status code: 1006" })),
    ).toBe("problem between low");
    const words = "Server returned an error on close: Connection closed with an error.";
    expect(judged(refused("WebSockets", { open: 20, error: words }))).toBe("problem server medium");
  });
});

describe("event streams that fail", () => {
  const judged = (...facts: readonly Fact[]) => outcome("event-streams", of(...facts));
  const silent = connected("ServerSentEvents", { outcome: "silent", duration: 10_000 });
  const late = refused("ServerSentEvents", { duration: 5_000 });

  it("are held back: sure, if long polling works", () => {
    expect(judged(silent, connected("LongPolling"))).toBe("problem between high");
    expect(judged(late, connected("LongPolling"))).toBe("problem between medium");
    // Long polls are slow, too.
    expect(judged(silent, connected("LongPolling", { duration: 4_000 }))).toBe("problem between low");
    const facts = [silent, connected("LongPolling")];
    expect(outcome("event-streams", { facts, before: appBy("ServerSentEvents") })).toBe(
      "problem between low",
    );
    expect(judged(silent, refused("LongPolling"))).toBe("problem between low");
  });

  it("may be held back by a service worker", () => {
    const before: Doing = (page) =>
      page
        .at(0)
        .page()
        .hub()
        .state("Disconnected", "Connecting")
        .at(10)
        .add(
          {
            kind: "negotiate",
            request: 1,
            url: `${URL_OF_HUB}/negotiate`,
            api: "fetch",
            askedStatefulReconnect: false,
          },
          { kind: "negotiate-ended", request: 1, status: 503, byServiceWorker: true },
        );
    expect(outcome("event-streams", { before, facts: [silent, connected("LongPolling")] })).toBe(
      "problem between medium",
    );
  });

  it("are just refused, also over a slow network", () => {
    expect(judged(refused("ServerSentEvents"), connected("LongPolling"))).toBe("problem between low");
    const slow = [negotiated({ duration: 4_000 }), late, connected("LongPolling")];
    expect(judged(...slow)).toBe("problem between low");
    expect(verdict("event-streams", of(...slow))?.title).toBe("Event streams don't open");
  });
});

it.each(WAYS)(
  "%s: a connection that the server ends at once is no matter of what is between",
  (topic, transport) => {
    const ended = (error?: string) => {
      const { error: _, ...rest } = { ...refused(transport, { open: 20 }), error: undefined };
      return { ...rest, ...(error === undefined ? {} : { error }) } as Fact;
    };
    const words = "Server returned an error on close: Connection closed with an error.";
    expect(outcome(topic, of(ended(words)))).toBe("problem server medium");
    const inOrder = "The underlying connection was closed before the hub handshake could complete.";
    // Nobody says how an event stream ended.
    const expected = transport === "ServerSentEvents" ? "problem between low" : "problem server low";
    expect(outcome(topic, of(ended(inOrder)))).toBe(expected);
    expect(outcome(topic, of(ended()))).toBe(expected);
    expect(outcome(topic, of(ended("WebSocket closed with status code: 1006")))).toBe("problem between low");
  },
);

it("a stream that ends right after the handshake, as the server ends the others", () => {
  const closed = {
    open: 20,
    handshake: 5,
    error: "The server closed the connection at once, without a reason.",
  };
  const facts = [refused("WebSockets", closed), refused("ServerSentEvents", closed)];
  expect(outcome("websockets", of(...facts))).toBe("problem server low");
  expect(outcome("event-streams", of(...facts))).toBe("note");
  const cut = { ...closed, error: "WebSocket closed with status code: 1006" };
  expect(verdict("websockets", of(refused("WebSockets", cut)))?.say).toContain("Right after the handshake");
});

it("a server without JSON has no problem with event streams", () => {
  const no = { outcome: "protocol-refused", error: "…" } as const;
  const run: Run = {
    before: appBy("WebSockets", "messagepack"),
    facts: [
      negotiated(),
      connected("WebSockets", no),
      connected("WebSockets", { protocol: "messagepack" }),
      connected("ServerSentEvents", no),
      connected("LongPolling", no),
      connected("LongPolling", { protocol: "messagepack" }),
      connected("WebSockets", { ...no, skipNegotiation: true }),
    ],
  };
  expect(report(run)).toMatchObject({ where: null, headline: "No problem was found" });
});

it("long polling that is refused by the server", () => {
  for (const status of [401, 500])
    expect(outcome("long-polling", of(refused("LongPolling", { status })))).toBe("problem server low");
  expect(outcome("long-polling", of(refused("LongPolling")))).toBe("problem between low");
});
