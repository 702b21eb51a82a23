import { describe, expect, it } from "vitest";
import { script, URL_OF_HUB, type EventScript } from "../event-script.ts";
import { answer, foundIn, life } from "./app-life.ts";
import { realAnswer, realFound } from "./real-breaks.ts";

/** Connected by a WebSocket with this address, at a hub with this one. */
const connectedAt = (url: string, hub = URL_OF_HUB): EventScript => {
  const timeouts = { serverTimeout: 30_000, keepAliveInterval: 15_000 } as const;
  const events = script().at(0).page();
  events.add({ kind: "hub", hub: 1, url: hub, hasReconnectPolicy: true, ...timeouts });
  events.state("Disconnected", "Connecting").at(20);
  events.add({ kind: "socket", socket: 1, transport: "WebSockets", url });
  events.add({ kind: "socket-opened", socket: 1 });
  events.add({ kind: "handshake", socket: 1, direction: "out", protocol: "json", version: 1 });
  events.add({ kind: "handshake", socket: 1, direction: "in" });
  return events.state("Connecting", "Connected", "id-1");
};

describe("token-in-url", () => {
  const id = "token-in-url";

  it("is found where the app has a secret of its own in the address", () => {
    const { severity, say, changes } = foundIn(
      id,
      connectedAt("wss://board.example/hubs/board?apiKey=…&id=…&access_token=…"),
    );
    expect(severity).toBe("medium");
    expect(say).toBe("The app puts apiKey into the hub's address: 1 request.");
    expect(changes[0]?.snippet?.code).toContain("accessTokenFactory");
  });

  it("is found where the token goes without TLS", () => {
    const events = connectedAt(
      "ws://board.example/hubs/board?id=…&access_token=…",
      "http://board.example/hubs/board",
    );
    expect(foundIn(id, events).severity).toBe("high");
  });

  it("is OK for the token in a WebSocket's address over TLS, or on this computer", () => {
    expect(answer(id, connectedAt("wss://board.example/hubs/board?id=…&access_token=…")).answer).toBe("ok");
    const local = connectedAt("ws://localhost:5000/hub?id=…&access_token=…", "http://localhost:5000/hub");
    expect(answer(id, local).answer).toBe("ok");
    expect(realAnswer(id, "token-expired.chromium").answer).toBe("ok");
    expect(answer(id, connectedAt("wss://board.example/hubs/board?room=…&id=…")).answer).toBe("ok");
  });

  it("can't be told without a request", () => {
    expect(answer(id, script().at(0).page().hub()).answer).toBe("cant-tell");
  });
});

describe("token-expires", () => {
  const id = "token-expires";

  it("is found where connections end with their token", () => {
    for (const file of [
      "token-expired.chromium",
      "token-expired.firefox",
      "token-expired-long-polling.chromium",
    ]) {
      const { severity, say } = realFound(id, file);
      expect(severity).toBe("medium");
      expect(say).toBe("1 connection ended because the access token expired.");
    }
  });

  it("weighs more where the app offers an old token after a loss", () => {
    const events = life().lost(1_000).decided(1_000, 0, 0).refused(1_010, 401).decided(1_020, 1, 2_000);
    const { severity, say } = foundIn(id, events.back(3_100));
    expect(severity).toBe("high");
    expect(say).toContain("1 reconnect was refused (401) after the connection had worked before");
  });

  it("is OK for a token that lasts", () => {
    const events = life();
    const negotiate = events.events.find(({ kind }) => kind === "negotiate")!;
    Object.assign(negotiate, { tokenExpiresAt: negotiate.t + 3_600_000 });
    expect(answer(id, events).answer).toBe("ok");
  });

  it("can't be told where no token with an expiry is seen; a first start without one is no old token", () => {
    expect(answer(id, life()).answer).toBe("cant-tell");
    expect(realAnswer(id, "start-negotiate-401.chromium").answer).toBe("cant-tell");
  });
});

describe("token-too-long", () => {
  const id = "token-too-long";

  it("is found where it is refused", () => {
    const { severity, say } = realFound(id, "start-token-too-long.chromium");
    expect(severity).toBe("high");
    expect(say).toBe("1 try was refused because the token is too long: the address had 12.2 kB.");
    expect(realFound(id, "start-token-too-long-nginx.firefox").severity).toBe("high");
    expect(realFound(id, "token-too-long-at-a-reconnect.chromium").severity).toBe("high");
  });

  const ofLength = (addressLength: number): EventScript => {
    const events = life();
    Object.assign(
      events.events.find(({ kind }) => kind === "socket")!,
      { addressLength },
    );
    return events;
  };

  it("weighs less where it is near the limit", () => {
    expect(foundIn(id, ofLength(7_000)).severity).toBe("low");
  });

  it("is OK for shorter ones", () => {
    expect(answer(id, ofLength(4_500)).say).toBe("The longest address had 4,500 B.");
    expect(realAnswer(id, "token-expired.chromium").answer).toBe("ok");
  });

  it("can't be told before a transport is started", () => {
    expect(realAnswer(id, "start-negotiate-503.chromium").answer).toBe("cant-tell");
  });
});

describe("message-near-limit", () => {
  const id = "message-near-limit";
  const sent = (size: number): EventScript =>
    life().at(500).message({ socket: 1, direction: "out", type: 1, target: "Upload", size });

  it("is found where a message ended the connection", () => {
    const { severity, say, changes } = realFound(id, "message-too-large.chromium");
    expect(severity).toBe("high");
    expect(say).toContain("1 connection ended by a message that was too large; the largest sent had 40 kB");
    expect(changes[1]?.snippet?.code).toContain("MaximumReceiveMessageSize = 65536");
    expect(realFound(id, "frame-cut-by-a-proxy.chromium").severity).toBe("high");
    expect(realFound(id, "blazor-60-kb-pasted.chromium").severity).toBe("high");
  });

  it("weighs less where messages are near the limit", () => {
    const { severity, say } = foundIn(id, sent(30_000));
    expect(severity).toBe("low");
    expect(say).toBe("The client sends messages of up to 30 kB; the limit is 32.8 kB by default.");
  });

  it("is OK for small ones, and where larger ones pass", () => {
    expect(answer(id, sent(5_000)).answer).toBe("ok");
    expect(answer(id, sent(50_000)).say).toContain("the limit was raised");
  });

  it("can't be told before the client has sent anything", () => {
    expect(answer(id, life()).answer).toBe("cant-tell");
  });
});

describe("detailed-errors", () => {
  const id = "detailed-errors";
  const failed = (error: string, hub = URL_OF_HUB): EventScript => {
    const events = connectedAt(hub.replace("http", "ws"), hub);
    events.at(500).message({ socket: 1, direction: "out", type: 1, target: "Save", invocationId: "1" });
    return events.at(510).message({ socket: 1, direction: "in", type: 3, invocationId: "1", error });
  };
  const DETAILED =
    "An unexpected error occurred invoking 'Save' on the server. SqlException: Invalid object name 'dbo.Orders'.";

  it("is found with the types, and without the texts", () => {
    const { severity, say } = foundIn(id, failed(DETAILED));
    expect(severity).toBe("medium");
    expect(say).toBe("1 error of 1 told the type and the text of an exception: SqlException.");
  });

  it("is found in a Close message", () => {
    const error =
      "Connection closed with an error. InvalidDataException: The maximum message size of 32768B was exceeded.";
    const events = life()
      .at(500)
      .message({ socket: 1, direction: "in", type: 7, error, allowReconnect: true });
    expect(foundIn(id, events).say).toContain("InvalidDataException");
  });

  it("is OK for errors without details, and for those that are meant for the client", () => {
    expect(answer(id, failed("An unexpected error occurred invoking 'Save' on the server.")).answer).toBe(
      "ok",
    );
    const own =
      "An unexpected error occurred invoking 'Save' on the server. HubException: The board is locked.";
    expect(answer(id, failed(own)).answer).toBe("ok");
  });

  it("doesn't apply on this computer", () => {
    expect(answer(id, failed(DETAILED, "http://localhost:5000/hub")).answer).toBe("not-applicable");
    expect(realAnswer(id, "message-too-large-in-detail.chromium").answer).toBe("not-applicable");
  });

  it("can't be told without the text of an error", () => {
    expect(answer(id, life()).answer).toBe("cant-tell");
  });
});
