import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { describe, expect, it } from "vitest";
import type { Evidence } from "../../../extension/core/diagnosis/verdict.ts";
import { script } from "./event-script.ts";

const texts = (told: readonly Evidence[] | undefined): string[] => (told ?? []).map(({ text }) => text);

describe("client callbacks, with the client probe", () => {
  const lost = () =>
    script()
      .connected()
      .at(500)
      .message({ socket: 1, direction: "out", type: 1, invocationId: "0", target: "Say" })
      .at(1_000)
      .closed(1)
      .add({ kind: "hub-lost", hub: 1, error: "WebSocket closed with status code: 1006." });

  it("are listed for a reconnect, together with the calls that were rejected", () => {
    const events = lost().state("Connected", "Reconnecting").at(2_000).negotiate(2, "id-2").socket(2, 2);
    const { clientCallbacks } = verdictOf(
      events.state("Reconnecting", "Connected", "id-2").onlyInterruption(),
    );
    expect(texts(clientCallbacks)).toEqual([
      "onreconnecting: WebSocket closed with status code: 1006.",
      "A call was rejected",
      "onreconnected, with a new connection id",
    ]);
    expect(new Set(clientCallbacks.map(({ knowledge }) => knowledge))).toEqual(new Set(["client"]));
  });

  it("consist of onclose with the reason, without a retry policy", () => {
    const { clientCallbacks } = verdictOf(lost().state("Connected", "Disconnected").onlyInterruption());
    expect(texts(clientCallbacks)[0]).toBe("onclose: WebSocket closed with status code: 1006.");
  });

  it("end with onclose without an error, when the retries are exhausted", () => {
    const events = lost()
      .state("Connected", "Reconnecting")
      .add({ kind: "retry", hub: 1, previousRetryCount: 0, elapsed: 0, delay: 0 })
      .at(1_100)
      .negotiateFails(2, null)
      .add({ kind: "retry", hub: 1, previousRetryCount: 1, elapsed: 100, delay: null })
      .state("Reconnecting", "Disconnected");
    expect(texts(verdictOf(events.onlyInterruption()).clientCallbacks).at(-1)).toBe(
      "onclose, without an error",
    );
  });

  it("of a failed start are a rejected promise", () => {
    const events = script().page().hub().state("Disconnected", "Connecting").at(100).negotiateFails(1, 503);
    const hub = events.at(101).state("Connecting", "Disconnected").onlyHub();
    expect(texts(verdictOf(hub.failedStarts[0]!).clientCallbacks)).toEqual([
      "start() was called",
      "start() was rejected",
    ]);
  });
});

describe("client callbacks, without the client probe", () => {
  const lost = () => script().connected(false).at(1_000).closed(1);

  it("are marked as inferred", () => {
    const { clientCallbacks } = verdictOf(
      lost().at(2_000).negotiate(2, "id-2").socket(2, 2).onlyInterruption(),
    );
    expect(texts(clientCallbacks)).toEqual([
      "Probably onreconnecting",
      "Probably onreconnected, with a new connection id",
    ]);
    expect(clientCallbacks.every(({ knowledge }) => knowledge === "wire")).toBe(true);
  });

  it("don't include a callback without evidence", () => {
    expect(texts(verdictOf(lost().onlyInterruption()).clientCallbacks)).toEqual([
      "onclose, or onreconnecting if another attempt follows: the wire doesn't show which",
    ]);
  });

  it("of a resume are none", () => {
    const events = script()
      .at(0)
      .page({ probe: false })
      .negotiate(1, "id-1", true)
      .socket(1, 1)
      .at(1_000)
      .closed(1)
      .connecting(2, 1)
      .add({ kind: "socket-opened", socket: 2 })
      .message({ socket: 2, direction: "in", type: 9, sequenceId: 1 });
    expect(texts(verdictOf(events.onlyInterruption()).clientCallbacks)).toEqual([
      "None: the state stayed Connected, and calls continued, as far as the wire shows",
    ]);
  });
});
