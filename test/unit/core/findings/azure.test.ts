import { describe, expect, it } from "vitest";
import { script, type EventScript } from "../event-script.ts";
import { answer, foundIn, life } from "./app-life.ts";
import { realAnswer, realFound } from "./real-breaks.ts";

const AZURE = "https://app.service.signalr.net/client/?hub=board";

const begun = (): EventScript => script().at(0).page().hub().state("Disconnected", "Connecting");

describe("skip-negotiation-azure", () => {
  const id = "skip-negotiation-azure";
  const straight = (url: string) => {
    const timeouts = { serverTimeout: 30_000, keepAliveInterval: 15_000 } as const;
    const events = script()
      .at(0)
      .page()
      .add({ kind: "hub", hub: 1, url, hasReconnectPolicy: false, ...timeouts });
    events.state("Disconnected", "Connecting").at(20);
    events.add({ kind: "socket", socket: 1, transport: "WebSockets", url: url.replace("https:", "wss:") });
    return events.at(60).closed(1).state("Connecting", "Disconnected");
  };

  it("is found where a client goes to Azure without its token", () => {
    const { severity } = foundIn(id, straight(AZURE));
    expect(severity).toBe("high");
  });

  it("is OK where it connects, and doesn't apply where the client negotiates", () => {
    expect(realAnswer(id, "server-killed-no-negotiate.chromium").answer).toBe("ok");
    expect(answer(id, life()).answer).toBe("not-applicable");
  });

  it("can't be told where nothing shows whether Azure is behind it", () => {
    expect(realAnswer(id, "start-nobody-there-no-negotiate.chromium").answer).toBe("cant-tell");
  });
});

/** Redirected to Azure at 20 ms. */
const redirected = (to = AZURE): EventScript => {
  const events = begun().at(10).negotiate(1, "x");
  const ended = events.events.at(-1)!;
  if (ended.kind !== "negotiate-ended") throw new Error("expected the end of a negotiate");
  const { connectionId: _, transports: __, ...rest } = ended;
  events.events[events.events.length - 1] = { ...rest, t: ended.t + 10, redirectUrl: to };
  return events;
};
const negotiatedThere = (events: EventScript, t: number, answered: object): EventScript => {
  const url = `${AZURE.replace("/?", "/negotiate?")}&negotiateVersion=1`;
  events.at(t).add({ kind: "negotiate", request: 2, url, api: "fetch", askedStatefulReconnect: false });
  return events.at(t + 20).add({ kind: "negotiate-ended", request: 2, status: 200, ...answered });
};
const connectedThere = (t = 30): EventScript => {
  const events = negotiatedThere(redirected(), t, { connectionId: "a", transports: ["WebSockets"] });
  const url = `${AZURE.replace("https:", "wss:")}&id=…`;
  events.at(t + 30).add({ kind: "socket", transport: "WebSockets", socket: 1, request: 2, url });
  events.add({ kind: "socket-opened", socket: 1 });
  events.add({ kind: "handshake", socket: 1, direction: "out", protocol: "json", version: 1 });
  events.add({ kind: "handshake", socket: 1, direction: "in" });
  return events.state("Connecting", "Connected", "a");
};

describe("azure-redirect", () => {
  const id = "azure-redirect";

  it("is found where the other host doesn't answer, in both browsers", () => {
    for (const browser of ["chromium", "firefox"]) {
      const { severity, say } = realFound(id, `redirected-negotiate-never-answered.${browser}`);
      expect(severity).toBe("high");
      expect(say).toContain("1 try got no connection at 127.0.0.1");
      expect(realFound(id, `redirected-negotiate-client-gives-up.${browser}`).severity).toBe("high");
    }
  });

  it("is found where it is slow", () => {
    const { severity, say } = foundIn(id, connectedThere(7_000));
    expect(severity).toBe("medium");
    expect(say).toBe("Connecting at app.service.signalr.net takes 7 s after the redirect (median of 1).");
  });

  it("is OK where it connects soon, and doesn't apply without a redirect", () => {
    expect(answer(id, connectedThere()).answer).toBe("ok");
    expect(answer(id, life()).answer).toBe("not-applicable");
  });

  it("can't be told before a try has ended", () => {
    expect(answer(id, redirected(), 0).answer).toBe("cant-tell");
  });
});

describe("azure-units", () => {
  const id = "azure-units";

  it("is found where Azure itself answers 429", () => {
    const events = negotiatedThere(redirected(), 30, { status: 429 });
    const { severity, changes } = foundIn(id, events.state("Connecting", "Disconnected"));
    expect(severity).toBe("high");
    expect(changes[0]?.snippet?.code).toContain("az signalr update");
    expect(answer("negotiate-throttled", events).answer).toBe("ok");
  });

  it("is found where a Close message tells of the limit", () => {
    const error = "Connection count reaches limit.";
    const close = { socket: 1, direction: "in", type: 7, error, allowReconnect: false } as const;
    expect(foundIn(id, connectedThere().at(500).message(close)).measured[1]?.value).toBe(1);
  });

  it("is OK where it connects, and doesn't apply to other servers", () => {
    expect(answer(id, connectedThere()).answer).toBe("ok");
    expect(realAnswer(id, "throttled.chromium").answer).toBe("not-applicable");
  });
});

describe("serverless", () => {
  const id = "serverless";
  const called = (answered: boolean) => {
    const events = connectedThere();
    const call = { socket: 1, invocationId: "1" } as const;
    events.at(500).message({ ...call, direction: "out", type: 1, target: "Save" });
    return answered ? events.at(600).message({ ...call, direction: "in", type: 3 }) : events;
  };

  it("is found where nobody answers a call", () => {
    const { severity, say } = foundIn(id, called(false));
    expect(severity).toBe("high");
    expect(say).toBe("No result for 1 call (Save): the service runs in serverless mode.");
  });

  it("is OK where a call is answered, and doesn't apply to an app server", () => {
    expect(answer(id, called(true)).answer).toBe("ok");
    expect(answer(id, life().call(100, "Save", "1", null)).answer).toBe("not-applicable");
  });

  it("can't be told without calls, or right after one", () => {
    expect(answer(id, connectedThere()).answer).toBe("cant-tell");
    expect(answer(id, called(false), 1_000).answer).toBe("cant-tell");
  });
});
