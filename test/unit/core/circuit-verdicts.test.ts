/** What is said about a Blazor page's interruptions: cause, evidence, title and recommendation. */
import { describe, expect, it } from "vitest";
import { circuitAdvice } from "../../../extension/core/diagnosis/circuit-advice.ts";
import { circuitSteps } from "../../../extension/core/diagnosis/circuit-steps.ts";
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import type { InterruptionModel } from "../../../extension/core/model/types.ts";
import { blazorDelays, circuitState, renderBatches } from "../../../extension/wording/circuit-words.ts";
import { titleOf } from "../../../extension/wording/titles.ts";
import { writeHtmlReport } from "../../../extension/report/html-report.tsx";
import { summarise } from "../../../panel/content/summary.ts";
import { script } from "./event-script.ts";
import { started, type BlazorScript } from "./blazor-script.ts";

/** Its only interruption, with the client probe and without. */
const both = (script: BlazorScript): InterruptionModel[] =>
  script.lanes().map(([hub]) => {
    const [one, ...others] = hub?.interruptions ?? [];
    if (!one || others.length > 0) throw new Error(`${others.length + (one ? 1 : 0)} interruptions`);
    return one;
  });
const evidenceOf = (one: InterruptionModel): string =>
  verdictOf(one)
    .evidence.map(({ text }) => text)
    .join("\n");
const adviceOf = (one: InterruptionModel): string => circuitAdvice(one)?.text ?? "";

describe("an exception in a component", () => {
  // As Blazor's client does it: after JS.Error it sends Close itself, and stops.
  const script = started().at(5_000);
  script.add({
    kind: "circuit-error",
    socket: 1,
    error: "There was an unhandled exception on the current circuit",
  });
  script.at(5_004).stops(1);

  it("is the cause, with high confidence; the client's own Close is no stop() by the app", () => {
    for (const one of both(script)) {
      expect(verdictOf(one)).toMatchObject({ cause: "circuit-ended", confidence: "high" });
      expect(one).toMatchObject({ outcome: "closed-by-server", circuit: "ended", until: null });
      expect(evidenceOf(one)).toContain(
        "Exception on the server (JS.Error): There was an unhandled exception",
      );
      expect(adviceOf(one)).toContain("ErrorBoundary");
    }
  });

  it("has ended the circuit for good: nothing says that it is down so far", () => {
    for (const one of both(script))
      expect(titleOf(one, one.from + 60_000)).toBe("Circuit ended by an exception");
    const model = script.reduce();
    const report = writeHtmlReport(model, { hubscope: "1", style: "", exportedAt: 0 });
    expect(report).toContain("lost its connection for good at");
    expect(report).not.toContain("so far");
    expect(report).not.toContain("is not over");
    expect(summarise(model).growing).toBe(false);
  });

  it("isn't the cause of what is lost much later", () => {
    const later = started().at(5_000);
    later.add({ kind: "circuit-error", socket: 1, error: "x" }).at(15_000).loses(1);
    for (const one of both(later)) expect(verdictOf(one).cause).toBe("abrupt-loss");
  });
});

describe("a server that was restarted", () => {
  const script = started().at(4_000);
  script.message({ socket: 1, direction: "in", type: 1, target: "JS.RenderBatch", size: 1_234 });
  script.at(5_000).loses(1).add({ kind: "reconnect-ui", state: "show" });
  for (let number = 2; number < 12; number++) script.at(5_000 + number * 10).failsToConnect(number);
  script.at(12_000).connects(12).call(12, "ConnectCircuit", "refused").call(12, "ResumeCircuit", "refused");
  script.add({ kind: "reconnect-ui", state: "rejected" }).at(12_100);
  script.add({ kind: "circuit-left" }, { kind: "lifecycle", phase: "pagehide", persisted: false });

  it("is told with its tries, what became of the circuit, and what the user saw", () => {
    for (const one of both(script)) {
      expect(verdictOf(one)).toMatchObject({ cause: "server-gone", confidence: "medium" });
      expect(titleOf(one, 0)).toBe("Reconnected by a new connection after 7 s, circuit refused");
      const evidence = evidenceOf(one);
      for (const text of [
        "Last render batch, 1,234 bytes",
        "ConnectCircuit: refused by the server",
        "Reconnect UI: circuit rejected",
        "Page left 100 ms after the circuit was rejected",
      ])
        expect(evidence).toContain(text);
      expect(adviceOf(one)).toContain("probably restarted");
    }
  });

  it("is told with what Blazor's connections called back", () => {
    const [withProbe] = both(script);
    expect(verdictOf(withProbe!).clientCallbacks.map(({ text }) => text)).toEqual([
      "onclose, without an error",
      "start() of a new connection was called",
      "start() of 10 new connections was rejected",
      "start() of a new connection succeeded",
    ]);
  });

  it("has one list of steps, and the delays before its attempts", () => {
    const [hub] = script.lanes()[0] ?? [];
    expect(circuitSteps(hub!.circuit!).map(({ text }) => text)).toEqual([
      "Circuit started",
      "Reconnect UI: shown",
      "ConnectCircuit: refused by the server",
      "ResumeCircuit: refused by the server",
      "Reconnect UI: circuit rejected",
      "Disconnect beacon sent: the page is left",
    ]);
    expect(blazorDelays(hub!)).toHaveLength(11);
    expect(circuitState(hub!).word).toBe("page left");
    expect(renderBatches(hub!)).toEqual({ count: 1, bytes: 1_234, largest: 1_234, partly: false });
  });
});

describe("a refused circuit", () => {
  it("whose server was always there isn't called a restart", () => {
    const script = started().at(5_000).loses(1).at(5_050).connects(2).call(2, "ConnectCircuit", "refused");
    for (const one of both(script)) expect(adviceOf(one)).toContain("DisconnectedCircuitMaxRetained");
  });

  it("after more than the retention period is put down to that, also if the network was away", () => {
    const script = started().at(5_000).loses(1).at(100_000).failsToConnect(2);
    script.at(200_000).connects(3).call(3, "ConnectCircuit", "refused");
    for (const one of both(script)) expect(adviceOf(one)).toContain("DisconnectedCircuitRetentionPeriod");
  });
});

it("a paste of 60 KB is told in Blazor's terms, and the circuit was kept", () => {
  const script = started().at(5_000);
  script.message({ socket: 1, direction: "out", type: 1, target: "BeginInvokeDotNetFromJS", size: 61_000 });
  script.at(5_010).message({
    socket: 1,
    direction: "in",
    type: 7,
    allowReconnect: true,
    error: "Connection closed with an error.",
  });
  script.loses(1).at(5_050).connects(2).call(2, "ConnectCircuit", "accepted");
  for (const one of both(script)) {
    expect(verdictOf(one)).toMatchObject({ cause: "message-too-large", confidence: "medium" });
    expect(one.circuit).toBe("kept");
    expect(adviceOf(one)).toContain("large paste");
  }
});

it("from the wire alone, Blazor's callbacks aren't those of automatic reconnect", () => {
  const script = started().at(5_000).loses(1).at(5_050).connects(2).call(2, "ConnectCircuit", "accepted");
  for (const one of both(script)) {
    const told = verdictOf(one).clientCallbacks.map(({ text }) => text);
    expect(told.join()).not.toContain("onreconnect");
    expect(told.at(-1)).toContain("new connection succeeded");
  }
});

it("a connection that isn't Blazor's gets no such recommendation", () => {
  const one = script().connected().at(5_000).closed(1).state("Connected", "Disconnected").onlyInterruption();
  expect(circuitAdvice(one)).toBeNull();
});
