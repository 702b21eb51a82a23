/** Circuits of Blazor Server in the model: one lane with its calls, and what became of the circuit after a loss. */
import { describe, expect, it } from "vitest";
import { started } from "./blazor-script.ts";
import { EventScript } from "./event-script.ts";

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
