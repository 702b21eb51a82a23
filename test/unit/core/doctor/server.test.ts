import { describe, expect, it } from "vitest";
import {
  appBy,
  appState,
  connected,
  direct,
  negotiated,
  outcome,
  refused,
  report,
  resumed,
  sticky,
  verdict,
  type Doing,
  type Run,
} from "./doctor-script.ts";

const not = connected("WebSockets", { protocol: "messagepack", outcome: "protocol-refused" });
const binary = connected("WebSockets", { protocol: "messagepack" });

describe("protocols", () => {
  const judged = (run: Run) => outcome("protocols", run);
  const words = (run: Run) => `${verdict("protocols", run)?.title}: ${verdict("protocols", run)?.say}`;

  it("not judged while none was answered", () => {
    expect(judged({})).toBe(undefined);
    expect(judged({ facts: [refused("WebSockets")] })).toBe(undefined);
  });

  it("all work", () => {
    const run = { facts: [connected("WebSockets"), binary] };
    expect(judged(run)).toBe("fine");
    expect(words(run)).toBe("The server speaks JSON and MessagePack: All that were tried work.");
  });

  it("one whose connection failed for another reason is not known", () => {
    const run = { facts: [connected("WebSockets"), refused("WebSockets", { protocol: "messagepack" })] };
    expect(words(run)).toBe("The server speaks JSON: Whether it speaks MessagePack is not known.");
  });

  it("one that the app doesn't use is missing", () => {
    expect(judged({ facts: [connected("WebSockets"), not] })).toBe("note");
    expect(judged({ facts: [not] })).toBe("note");
  });

  it("the app's is missing", () => {
    const before: Doing = (page) =>
      appBy("WebSockets", "messagepack")(page).at(50).closed(1).state("Connected", "Disconnected");
    const facts = [connected("WebSockets"), not];
    expect(judged({ before, facts })).toBe("problem server high");
    // While the app is connected with it, the server that it is connected to has it.
    expect(judged({ before: appBy("WebSockets", "messagepack"), facts })).toBe("note");
  });

  it("only some servers have one", () => {
    const run = {
      facts: [connected("WebSockets"), not, connected("LongPolling", { protocol: "messagepack" })],
    };
    expect(judged(run)).toBe("note");
    expect(words(run)).toMatch(/^Only some connections get MessagePack/);
  });

  it("Blazor's own", () => {
    const facts = [connected("WebSockets", { protocol: "blazorpack" })];
    expect(words({ facts })).toMatch(/^The server speaks Blazor's MessagePack/);
  });
});

describe("sticky sessions", () => {
  const judged = (run: Run) => outcome("sticky", run);

  it("not tried", () => {
    expect(judged({ facts: [connected("WebSockets")] })).toBe(undefined);
  });

  it("no server was missed", () => {
    expect(judged({ facts: [sticky(0)] })).toBe("fine");
  });

  it("other servers were reached; one may be a restart", () => {
    expect(judged({ facts: [sticky(4)] })).toBe("problem between high");
    expect(judged({ facts: [sticky(2)] })).toBe("problem between high");
    expect(judged({ facts: [sticky(1)] })).toBe("problem between medium");
  });

  it("advises what works here", () => {
    const advice = (run: Run) => JSON.stringify(verdict("sticky", run));
    expect(advice({ facts: [sticky(4), direct("connected")] })).toContain("skipNegotiation: true");
    expect(advice({ facts: [sticky(4), direct("refused")] })).toContain("ip_hash");
  });

  it("the app needs none", () => {
    const facts = [direct("connected"), sticky(4)];
    expect(judged({ facts, began: { skipNegotiation: true } })).toBe("note");
  });

  it("failed for another reason", () => {
    expect(judged({ facts: [sticky(0, 2)] })).toBe("cant-tell");
  });

  it("a service that clients are sent on to needs none", () => {
    const onTo = negotiated({ redirectUrl: "https://x.service.signalr.net/client/", transports: [] });
    expect(judged({ facts: [onTo, negotiated(), sticky(2)] })).toBe("cant-tell");
    expect(report({ facts: [onTo, negotiated(), sticky(2)] }).where).toBe(null);
    expect(verdict("sticky", { facts: [onTo, negotiated(), sticky(0)] })?.say).toContain("needs no sticky");
  });
});

describe("stateful reconnect", () => {
  const judged = (run: Run) => outcome("stateful", run);
  const asks =
    (granted: boolean): Doing =>
    (page) =>
      page
        .at(0)
        .page()
        .hub()
        .state("Disconnected", "Connecting")
        .add(
          {
            kind: "negotiate",
            request: 1,
            url: "https://board.example/hubs/board/negotiate?negotiateVersion=1&useStatefulReconnect=true",
            api: "fetch",
            askedStatefulReconnect: true,
          },
          {
            kind: "negotiate-ended",
            request: 1,
            status: 200,
            connectionId: "id-1",
            negotiateVersion: 1,
            statefulReconnect: granted,
            transports: ["WebSockets"],
          },
        )
        .socket(1, 1)
        .state("Connecting", "Connected", "id-1");

  it("not tried", () => {
    expect(judged({})).toBe(undefined);
  });

  it("works", () => {
    expect(judged({ facts: [resumed("resumed")], before: asks(true) })).toBe("fine");
    expect(judged({ facts: [resumed("resumed")], before: appBy("WebSockets") })).toBe("note");
  });

  it("is granted, and wasn't shown", () => {
    expect(judged({ facts: [resumed("unproven")], before: asks(true) })).toBe("note");
  });

  it("isn't granted to an app that asks", () => {
    expect(judged({ facts: [resumed("not-granted")], before: asks(false) })).toBe("problem server high");
    // The app's own connection has it: another server answered the doctor.
    expect(judged({ facts: [resumed("not-granted")], before: asks(true) })).toBe("note");
    expect(judged({ facts: [resumed("not-granted")], before: appBy("WebSockets") })).toBe("note");
  });

  it("says nothing of an app that it doesn't know", () => {
    for (const how of ["resumed", "unproven", "not-granted"] as const) {
      expect(verdict("stateful", { facts: [resumed(how)] })?.say).not.toContain("The app");
      expect(verdict("stateful", { facts: [resumed(how)], before: appState("Connecting") })?.say).toContain(
        "The app doesn't ask for it",
      );
    }
  });
});
