import { describe, expect, it } from "vitest";
import { defaultCommand } from "../../../../extension/core/faults/default-command.ts";
import {
  BEGAN,
  appBy,
  appState,
  connected,
  direct,
  outcome,
  refused,
  report,
  verdict,
  type Doing,
  type Run,
} from "./doctor-script.ts";

const judged = (run: Run) => outcome("beside-app", run);
const title = (run: Run) => verdict("beside-app", run)?.title;
const SOCKETS = [connected("WebSockets")];
const LATENCY = defaultCommand("latency", { scope: "page" });
const POLLS = [refused("WebSockets"), connected("LongPolling")];

describe("beside the app", () => {
  it("not judged without an app at this hub, or before anything was tried", () => {
    expect(judged({ facts: SOCKETS })).toBe(undefined);
    expect(judged({ before: appBy("WebSockets") })).toBe(undefined);
    const elsewhere = { url: "https://board.example/hubs/other" };
    expect(judged({ began: elsewhere, before: appBy("WebSockets"), facts: SOCKETS })).toBe(undefined);
    // Nothing works, and the app isn't connected either: the other topics say why.
    expect(judged({ before: appState("Connecting", "Disconnected"), facts: [refused("WebSockets")] })).toBe(
      undefined,
    );
  });

  it("the same way works", () => {
    const run = { before: appBy("WebSockets"), facts: SOCKETS };
    expect(judged(run)).toBe("fine");
    expect(title(run)).toBe("The app uses WebSockets with JSON");
    expect(verdict("beside-app", run)?.say).toBe("The doctor's connection by the same way works, too.");
  });

  it("the same transport works, the app's protocol doesn't, or is one of its own", () => {
    const facts = [
      ...SOCKETS,
      connected("WebSockets", { protocol: "messagepack", outcome: "protocol-refused" }),
    ];
    expect(judged({ before: appBy("WebSockets", "messagepack"), facts })).toBe("note");
    const own = { before: appBy("WebSockets", "protobuf"), facts };
    expect(judged(own)).toBe("fine");
    expect(verdict("beside-app", own)?.say).toBe("The doctor's connection by WebSockets works, too.");
  });

  it("the app's way failed for the doctor", () => {
    expect(judged({ before: appBy("WebSockets"), facts: POLLS })).toBe("note");
    expect(judged({ before: appBy("LongPolling"), facts: POLLS })).toBe("fine");
    // The run ended before the app's way was tried.
    const early = {
      before: appBy("LongPolling"),
      facts: [connected("ServerSentEvents")],
      end: "cancelled" as const,
    };
    expect(judged(early)).toBe(undefined);
  });

  it("the app is connected, and the doctor isn't: can't tell why", () => {
    const run = { before: appBy("WebSockets"), facts: [refused("WebSockets"), direct("refused")] };
    expect(judged(run)).toBe("cant-tell");
  });

  it("the app doesn't allow WebSockets", () => {
    const facts = [...SOCKETS, connected("LongPolling")];
    const before = appBy("LongPolling");
    expect(judged({ before, facts, began: { transports: ["LongPolling"] } })).toBe("problem app high");
    // It allows them: then it fell back.
    expect(judged({ before, facts })).toBe("note");
    expect(judged({ before, facts, began: { transports: ["WebSockets", "LongPolling"] } })).toBe("note");
    // They don't work: then it does well.
    expect(judged({ before, facts: POLLS, began: { transports: ["LongPolling"] } })).toBe("fine");
  });

  it("the app may use only what doesn't work here", () => {
    const before = appState("Connecting", "Disconnected");
    expect(judged({ before, facts: POLLS, began: { transports: ["WebSockets"] } })).toBe(
      "problem app medium",
    );
    expect(judged({ before, facts: POLLS, began: { skipNegotiation: true } })).toBe("problem app medium");
    // What wasn't tried yet may work.
    const other = { transports: ["ServerSentEvents"] as const };
    expect(judged({ before, facts: POLLS, began: other })).toBe("problem app low");
  });

  it.each([
    ["has stopped", appState("Connecting", "Connected", "Disconnected"), /.*/, undefined],
    ["is starting", appState("Connecting"), /still trying/, "note"],
    ["is reconnecting", appState("Connecting", "Connected", "Reconnecting"), /still trying/, "note"],
    ["couldn't start", appState("Connecting", "Disconnected"), /the app doesn't/, "problem app low"],
  ] as const)("the app %s", (_, before, words, expected) => {
    const run = { before, facts: SOCKETS };
    expect(title(run)).toMatch(words);
    if (expected) expect(judged(run)).toBe(expected);
  });

  it("the app called stop()", () => {
    const run: Run = {
      facts: SOCKETS,
      before: (page) =>
        page.connected().at(50).state("Connected", "Disconnecting").state("Disconnecting", "Disconnected"),
    };
    expect(judged(run)).toBe("note");
    expect(verdict("beside-app", run)?.say).toBe("The app called stop().");
  });

  it("what counts is the app's state at the end of the run, not later", () => {
    const run: Run = { before: appBy("WebSockets"), facts: SOCKETS };
    expect(judged(run)).toBe("fine");
    const before: Doing = (page) =>
      appBy("WebSockets")(page).at(90_000).state("Connected", "Reconnecting").at(1);
    expect(judged({ ...run, before })).toBe("fine");
    const meanwhile: Doing = (page) => page.state("Connected", "Reconnecting");
    expect(judged({ ...run, meanwhile })).toBe("note");
    expect(report({ ...run, meanwhile }).where).toBe(null);
  });

  describe("the app lost its connection meanwhile", () => {
    const facts = SOCKETS;
    const before = appBy("WebSockets");
    const drops: Doing = (page) => page.closed(1).state("Connected", "Disconnected");
    const LOST = "The app lost its connection while the doctor ran";

    it("perhaps because of the doctor's, and is not to blame", () => {
      const run: Run = { before, facts, meanwhile: drops };
      expect(report(run).where).toBe(null);
      expect(verdict("beside-app", run)).toMatchObject({ result: "note", title: LOST });
      expect(verdict("beside-app", run)?.say).toContain("only one connection for a user");
      // Also if the doctor's connections failed.
      expect(title({ ...run, facts: [refused("WebSockets")] })).toBe(LOST);
    });

    it("and has it again", () => {
      const meanwhile: Doing = (page) =>
        page
          .state("Connected", "Reconnecting")
          .at(BEGAN + 500)
          .state("Reconnecting", "Connected");
      expect(verdict("beside-app", { before, facts, meanwhile })?.say).toContain("It is connected again.");
      // What it doesn't allow is still worth saying.
      const restricted: Run = { before: appBy("LongPolling"), facts, meanwhile };
      expect(judged({ ...restricted, began: { transports: ["LongPolling"] } })).toBe("problem app high");
    });

    it("by stop(), which the server may have asked for", () => {
      const meanwhile: Doing = (page) =>
        page.state("Connected", "Disconnecting").state("Disconnecting", "Disconnected");
      expect(judged({ before, facts, meanwhile })).toBe("note");
      expect(verdict("beside-app", { before, facts, meanwhile })?.say).toContain("while the doctor ran");
    });

    it("while the browser was offline, or a fault ran", () => {
      const offline: Doing = (page) => drops(page.add({ kind: "online", online: false }));
      expect(verdict("beside-app", { before, facts, meanwhile: offline })?.say).toContain("was offline");
      const fault: Doing = (page) => page.add({ kind: "fault", fault: 1, command: LATENCY });
      const faulted: Run = { before, facts, meanwhile: (page) => drops(fault(page)) };
      expect(verdict("beside-app", faulted)?.say).toContain("Fault lab");
      const failed: Run = { before: appState("Connecting", "Disconnected"), facts, meanwhile: fault };
      expect(judged(failed)).toBe("note");
      expect(title(failed)).toBe("The app isn't connected, and a fault ran");
    });

    it("not by leaving the page", () => {
      const meanwhile: Doing = (page) =>
        drops(page.at(BEGAN + 100).add({ kind: "lifecycle", phase: "pagehide", persisted: false }));
      expect(judged({ before, facts, meanwhile, end: null })).toBe("fine");
    });
  });
});
