/** Circuits of Blazor Server in the model: one lane with its calls, and what became of the circuit after a loss. */
import { describe, expect, it } from "vitest";
import { circuitHistory } from "../../../extension/core/diagnosis/circuit-history.ts";
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import type { ReconnectUiState } from "../../../extension/core/protocol/blazor.ts";
import { BlazorScript, started } from "./blazor-script.ts";
import { EventScript, START } from "./event-script.ts";

describe("a circuit after a loss", () => {
  it("was kept: one lane, reconnected by a new connection", () => {
    const script = started().at(5_000).loses(1).at(5_050).connects(2).call(2, "ConnectCircuit", "accepted");
    for (const [hub, ...others] of script.lanes()) {
      expect(others).toEqual([]);
      expect(hub?.circuit).toMatchObject({
        id: "#1",
        calls: [{ answer: "accepted" }, { answer: "accepted" }],
      });
      expect(hub?.interruptions).toMatchObject([{ outcome: "reconnected", circuit: "kept" }]);
    }
  });

  it("was refused after a restart: one lane with all tries", () => {
    const script = started().at(5_000).loses(1);
    for (let number = 2; number < 12; number++) script.at(5_000 + number * 10).failsToConnect(number);
    script.at(12_000).connects(12).call(12, "ConnectCircuit", "refused").call(12, "ResumeCircuit", "refused");
    script.add({ kind: "reconnect-ui", state: "rejected" });
    for (const [hub, ...others] of script.lanes()) {
      expect(others).toEqual([]);
      expect(hub?.interruptions).toMatchObject([{ outcome: "reconnected", circuit: "refused" }]);
      expect(hub?.interruptions[0]?.attempts).toHaveLength(11);
      expect(hub?.circuit?.ui.map(({ state }) => state)).toEqual(["rejected"]);
    }
  });

  it("was resumed from its saved state", () => {
    const script = started().at(5_000).loses(1).at(6_000).connects(2);
    script.call(2, "ConnectCircuit", "refused").call(2, "ResumeCircuit", "accepted", "#2");
    for (const [hub] of script.lanes()) {
      expect(hub?.interruptions[0]?.circuit).toBe("resumed");
      expect(hub?.circuit?.id).toBe("#2");
    }
  });

  it("had ended before, by an exception", () => {
    const script = started().at(5_000);
    script.add({ kind: "circuit-error", socket: 1, error: "NullReferenceException" }).at(5_010).loses(1);
    for (const [hub] of script.lanes()) expect(hub?.interruptions[0]?.circuit).toBe("ended");
  });

  it("isn't known before the server has answered", () => {
    const script = started().at(5_000).loses(1).at(5_050).connects(2);
    script.add({ kind: "circuit", socket: 2, method: "ConnectCircuit", step: "called" });
    for (const [hub] of script.lanes()) expect(hub?.interruptions[0]?.circuit).toBeNull();
  });

  it("isn't given up while Blazor waits for its next try, which may take 20 s", () => {
    const script = started().at(5_000).loses(1);
    for (const [hub] of script.lanes()) expect(hub?.interruptions[0]?.outcome).toBe("ongoing");
    script.at(25_000).failsToConnect(2);
    for (const [hub] of script.lanes()) expect(hub?.interruptions[0]?.outcome).toBe("ongoing");
    script.add({ kind: "reconnect-ui", state: "failed" });
    for (const [hub] of script.lanes()) expect(hub?.interruptions[0]?.outcome).toBe("gave-up");
    // The user comes back to the tab, and the template tries again.
    script.at(90_000).connects(3).call(3, "ConnectCircuit", "accepted");
    for (const [hub, ...others] of script.lanes()) {
      expect(others).toEqual([]);
      expect(hub?.interruptions).toMatchObject([{ outcome: "reconnected", circuit: "kept" }]);
    }
  });

  it("doesn't change with the next loss", () => {
    const script = started().at(5_000).loses(1).at(5_050).connects(2).call(2, "ConnectCircuit", "accepted");
    script.at(9_000).loses(2).at(9_050).connects(3).call(3, "ConnectCircuit", "refused");
    for (const [hub] of script.lanes())
      expect(hub?.interruptions.map(({ circuit }) => circuit)).toEqual(["kept", "refused"]);
  });
});

describe("between Blazor's tries, the lane is", () => {
  /** State and knowledge of the newest span, with the client probe and without. */
  const now = (script: BlazorScript): string[] =>
    script.lanes().map(([hub]) => {
      const { state, knowledge } = hub?.states.at(-1) ?? {};
      return `${state} (${knowledge})`;
    });
  const states = (script: BlazorScript): string[][] =>
    script.lanes().map(([hub]) => hub?.states.map(({ state }) => state) ?? []);
  const ui = (script: BlazorScript, state: ReconnectUiState): BlazorScript =>
    script.add({ kind: "reconnect-ui", state });

  it("disconnected, as long as nothing tells of a next one", () => {
    expect(now(started().at(5_000).loses(1))).toEqual(["disconnected (client)", "disconnected (wire)"]);
  });

  it("reconnecting since the loss, as soon as the reconnect UI is shown", () => {
    const script = ui(started().at(5_000).loses(1).at(5_004), "show");
    expect(now(script)).toEqual(["reconnecting (wire)", "reconnecting (wire)"]);
    for (const [hub] of script.lanes())
      expect(hub?.states.at(-1)).toMatchObject({ from: hub?.interruptions[0]?.from, until: null });
  });

  it("reconnecting if the reconnect UI was shown before the client's word", () => {
    const script = ui(started().at(5_000).closed(1).add({ kind: "hub-lost", hub: 1 }), "show");
    script.at(5_010).state("Connected", "Disconnected", undefined, 1);
    expect(now(script)).toEqual(["reconnecting (wire)", "reconnecting (wire)"]);
  });

  it("reconnecting in an app without a reconnect UI of its own, once it has tried", () => {
    const script = started().at(5_000).loses(1).at(5_050).failsToConnect(2);
    expect(now(script)).toEqual(["reconnecting (wire)", "reconnecting (wire)"]);
    script.at(10_000).failsToConnect(3).at(20_000).connects(4);
    expect(states(script)).toEqual([
      [
        ...["connecting", "connected", "reconnecting", "connecting", "reconnecting", "connecting"],
        ...["reconnecting", "connecting", "connected"],
      ],
      ["connecting", "connected", "reconnecting", "connected"],
    ]);
  });

  it("disconnected when Blazor has given up, and after a try of the user's that failed", () => {
    const script = ui(started().at(5_000).loses(1), "show").at(5_050).failsToConnect(2);
    ui(script.at(6_000), "failed");
    expect(now(script)).toEqual(["disconnected (wire)", "disconnected (wire)"]);
    script.at(60_000).failsToConnect(3);
    expect(now(script)).toEqual(["disconnected (client)", "disconnected (wire)"]);
    for (const [hub, ...others] of script.lanes()) {
      expect(others).toEqual([]);
      expect(hub?.interruptions).toMatchObject([{ outcome: "gave-up" }]);
      expect(hub?.states.find(({ from }) => from === START + 6_000)?.state).toBe("disconnected");
    }
    script.at(90_000).connects(4);
    for (const [hub, ...others] of script.lanes()) {
      expect(others).toEqual([]);
      expect(hub?.interruptions).toMatchObject([{ outcome: "reconnected", until: START + 90_000 }]);
    }
  });

  it("reconnecting again when the user has it try again", () => {
    const script = ui(started().at(5_000).loses(1), "show").at(5_050).failsToConnect(2);
    ui(ui(script.at(6_000), "failed").at(60_000), "retrying");
    script.at(60_010).failsToConnect(3);
    expect(now(script)).toEqual(["reconnecting (wire)", "reconnecting (wire)"]);
    for (const [hub] of script.lanes()) expect(hub?.interruptions).toMatchObject([{ outcome: "ongoing" }]);
  });

  it("disconnected once the circuit was rejected", () => {
    const script = ui(started().at(5_000).loses(1).at(5_050).failsToConnect(2).at(6_000), "rejected");
    expect(now(script)).toEqual(["disconnected (wire)", "disconnected (wire)"]);
  });
});

it("a recording that begins between Blazor's tries has one lane for all that follow", () => {
  const script = new BlazorScript().at(0).page().at(5_000).failsToConnect(2).at(10_000).failsToConnect(3);
  script.at(15_000).connects(4).call(4, "ConnectCircuit", "accepted");
  for (const [hub, ...others] of script.lanes()) {
    expect(others).toEqual([]);
    expect(hub).toMatchObject({ interruptions: [], failedStarts: [{ outcome: "connected" }] });
    expect(hub?.circuit?.calls).toMatchObject([{ method: "ConnectCircuit", answer: "accepted" }]);
  }
});

describe("navigations within the page", () => {
  const says = (script: BlazorScript, ...targets: readonly string[]): BlazorScript => {
    for (const target of targets) script.message({ socket: 1, direction: "out", type: 1, target });
    return script;
  };
  const stepsOf = (script: BlazorScript): string[][] =>
    script.lanes().map(([hub]) => circuitHistory(hub!, hub!.circuit!).map(({ text }) => text));

  it("are told by what the circuit is told; enhanced ones change the page's components", () => {
    const script = says(started(), "UpdateRootComponents", "BeginInvokeDotNetFromJS").at(1_000);
    says(says(script, "OnLocationChanged").at(1_200), "UpdateRootComponents", "UpdateRootComponents");
    for (const steps of stepsOf(script))
      expect(steps).toEqual([
        "Circuit started",
        "Enhanced navigation (OnLocationChanged, UpdateRootComponents)",
      ]);
    const routed = says(started().at(1_000), "OnLocationChanged");
    for (const steps of stepsOf(routed))
      expect(steps.at(-1)).toBe("Navigation within the circuit (OnLocationChanged)");
  });

  it("are one step between two others, and no evidence of a loss", () => {
    const script = says(
      started().at(1_000),
      "OnLocationChanged",
      "OnLocationChanged",
      "UpdateRootComponents",
    );
    script.at(5_000).loses(1).at(5_050).connects(2).call(2, "ConnectCircuit", "accepted").at(6_000);
    script.message({ socket: 2, direction: "out", type: 1, target: "OnLocationChanged" });
    for (const steps of stepsOf(script))
      expect(steps).toEqual([
        "Circuit started",
        "2 navigations within the circuit (OnLocationChanged), 1 of them enhanced navigation",
        "Back in the circuit",
        "Navigation within the circuit (OnLocationChanged)",
      ]);
    for (const [hub] of script.lanes())
      expect(JSON.stringify(verdictOf(hub!.interruptions[0]!).evidence)).not.toContain("avigation");
  });

  it("aren't enhanced because a new circuit is told its components", () => {
    const script = says(started().at(1_000), "OnLocationChanged").at(5_000).loses(1).at(5_050).connects(2);
    script.call(2, "ConnectCircuit", "refused").call(2, "ResumeCircuit", "accepted", "#2").at(5_100);
    script.message({ socket: 2, direction: "out", type: 1, target: "UpdateRootComponents" });
    for (const steps of stepsOf(script))
      expect(steps[1]).toBe("Navigation within the circuit (OnLocationChanged)");
  });

  it("of another connection aren't navigations", () => {
    const script = new EventScript().connected();
    script.message({ socket: 1, direction: "out", type: 1, target: "OnLocationChanged" });
    expect(script.onlyHub().circuit).toBeNull();
  });
});

describe("pausing", () => {
  it("is neither a loss nor a stop(), and resuming continues the lane", () => {
    const script = started().at(5_000).call(1, "PauseCircuit", "accepted").at(5_010).stops(1);
    for (const [hub] of script.lanes()) expect(hub?.states.at(-1)?.state).toBe("paused");
    script.at(60_000).connects(2).call(2, "ResumeCircuit", "accepted", "#2");
    for (const [hub, ...others] of script.lanes()) {
      expect(others).toEqual([]);
      expect(hub?.interruptions).toEqual([]);
      expect(hub?.circuit?.id).toBe("#2");
      expect(hub?.states.map(({ state }) => state)).toEqual([
        "connecting",
        "connected",
        "paused",
        "connecting",
        "connected",
      ]);
    }
  });

  it("that was refused is an ordinary stop", () => {
    const script = started().at(5_000).call(1, "PauseCircuit", "refused").at(5_010).stops(1);
    for (const [hub] of script.lanes()) expect(hub?.states.at(-1)?.state).toBe("stopped");
  });
});

it("a connection with another protocol has no circuit", () => {
  expect(new EventScript().connected().onlyHub().circuit).toBeNull();
});
