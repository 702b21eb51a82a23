/** Tests what is reported when the app itself ends or disturbs a connection, and the fate of its calls. */
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import { readRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { withoutProbe } from "../../causes/classify.ts";
import { fixtureFolder, type CauseFixture } from "../../causes/fixture.ts";
import { script } from "./event-script.ts";

function recorded(name: string, probe = true): RecordingModel {
  const { recording } = JSON.parse(
    readFileSync(path.join(fixtureFolder, `${name}.json`), "utf8"),
  ) as CauseFixture;
  const result = readRecordingFile(JSON.stringify(recording));
  if (!result.ok) throw new Error(result.problem);
  const reducer = createReducer();
  for (const { page, events } of result.file.pages)
    reducer.apply(page, probe ? events : withoutProbe(events));
  return reducer.model;
}

const evidenceOf = ({ hubs }: RecordingModel): string =>
  hubs
    .flatMap(({ interruptions, failedStarts }) => [...interruptions, ...failedStarts])
    .flatMap((one) => verdictOf(one).evidence)
    .map(({ text }) => text)
    .join("\n");

describe("a retry policy that allows no attempt", () => {
  it("is distinguished from a client without one: it returns null", () => {
    const text = evidenceOf(recorded("policy-returns-null.chromium"));
    expect(text).toContain("the retry policy allowed no attempt");
    expect(text).not.toContain("no automatic reconnect");
  });

  it("is distinguished from a client without one: it throws", () => {
    const text = evidenceOf(recorded("policy-throws.chromium"));
    expect(text).toContain("the retry policy threw an error (No policy today.)");
    expect(text).not.toContain("no automatic reconnect");
  });

  it("is distinguished from a client without one: a client without a policy is shown as such", () => {
    const events = script().at(0).page().hub(1, false).state("Disconnected", "Connecting");
    events.negotiate(1, "id-1").socket(1, 1).state("Connecting", "Connected", "id-1");
    events.at(1_000).closed(1).state("Connected", "Disconnected");
    expect(evidenceOf(events.reduce())).toContain("no automatic reconnect");
  });
});

describe("a token factory that fails at a reconnect", () => {
  it.each(["no-token-at-a-reconnect.chromium", "no-token-for-the-socket-at-a-reconnect.chromium"])(
    "is reported as the cause, not as a closed WebSocket: %s",
    (name) => {
      const model = recorded(name);
      expect(model.hubs[0]?.interruptions[0]?.attempts[0]?.outcome).toMatchObject({ kind: "not-sent" });
      expect(evidenceOf(model)).toContain("Attempt 1 failed: nothing was sent");
      expect(evidenceOf(model)).not.toContain("WebSockets closed before the handshake");
    },
  );
});

describe("a POST that is refused", () => {
  it.each([
    "send-refused-event-stream.chromium",
    "send-refused-long-polling.chromium",
    "send-refused-nginx.chromium",
  ])("fails only its own call: %s", (name) => {
    for (const probe of [true, false]) {
      const [hub] = recorded(name, probe).hubs;
      expect(hub?.calls.map(({ fate }) => fate)).toEqual(["completed", "failed", "completed"]);
      expect(hub?.states.at(-1)?.state).toBe("connected");
    }
  });

  it("leaves a call pending that was sent with another POST", () => {
    const events = script().connected();
    events.at(1_000).message({ socket: 1, direction: "out", type: 1, target: "Slow", invocationId: "0" });
    events.at(2_000).message({ socket: 1, direction: "out", type: 1, target: "Big", invocationId: "1" });
    events.at(2_030).add({ kind: "transport-request", socket: 1, method: "POST", duration: 30, status: 413 });
    expect(events.onlyHub().calls.map(({ target, fate }) => [target, fate])).toEqual([
      ["Slow", "pending"],
      ["Big", "failed"],
    ]);
  });
});

describe("a call in a refused POST", () => {
  it("fails on a busy machine, too, where the call was recorded late (it stayed pending)", () => {
    const events = script().connected();
    events.at(1_025).message({ socket: 1, direction: "out", type: 1, target: "Big", invocationId: "0" });
    events.at(1_040).add({ kind: "transport-request", socket: 1, method: "POST", duration: 40, status: 413 });
    expect(events.onlyHub().calls[0]?.fate).toBe("failed");
  });
});

describe("a start that the app has abandoned", () => {
  it("ends with the page: left while it negotiated or connected, in both browsers", () => {
    for (const what of ["negotiating", "connecting"])
      for (const browser of ["chromium", "firefox"])
        for (const probe of [true, false]) {
          const [hub] = recorded(`page-left-while-${what}.${browser}`, probe).hubs;
          expect(hub?.states.at(-1)?.until).not.toBeNull();
          expect(hub?.attempts.filter(({ endedAt }) => endedAt === null)).toEqual([]);
        }
  });

  it("ends without the probe, too: stop() in a slow negotiate, once the server has removed it", () => {
    const events = script().at(0).page({ probe: false }).negotiate(1, "id-1");
    expect(events.onlyHub().states.at(-1)?.state).toBe("connecting");
    events.at(16_000).add({ kind: "visibility", visible: false });
    const hub = events.onlyHub();
    expect(hub.states.at(-1)?.state).toBe("disconnected");
    expect(hub.attempts[0]?.outcome.kind).toBe("abandoned");
    expect(hub.failedStarts).toEqual([]);
  });
});

describe("an end between the handshake and Connected, which the client misses", () => {
  const missed = (end: (events: ReturnType<typeof script>) => void) => {
    const events = script().at(0).page().hub().state("Disconnected", "Connecting");
    events.at(10).negotiate(1, "id-1").at(20).socket(1, 1, "ServerSentEvents");
    end(events.at(30));
    return events.at(40);
  };
  const close = { socket: 1, direction: "in", type: 7, error: "Connection closed with an error." } as const;
  const leaves = (events: ReturnType<typeof script>) =>
    events.add({ kind: "socket-closing", socket: 1, duringMessage: true }).closed(1, null);

  it("is recorded as an end: OnConnectedAsync throws over an event stream", () => {
    const events = missed((own) => leaves(own.message(close).state("Connecting", "Disconnecting")));
    const hub = events.state("Disconnecting", "Connected", "id-1").onlyHub();
    expect(hub.states.at(-1)?.state).toBe("disconnected");
    const [interruption] = hub.interruptions;
    const { outcome, missedByClient } = interruption!;
    const verdict = verdictOf(interruption!);
    expect(verdict.cause).toBe("connect-handler-failed");
    expect([outcome, missedByClient]).toEqual(["closed-by-server", true]);
    expect(verdict.clientCallbacks.map(({ text }) => text).join()).toContain(
      "still considers itself connected",
    );
    expect(verdict.evidence.map(({ text }) => text).join()).toContain("says Connected, without a transport");
  });

  it("is a stop() if the app called it", () => {
    const events = missed((own) => leaves(own.state("Connecting", "Disconnecting")));
    const hub = events.state("Disconnecting", "Connected", "id-1").onlyHub();
    expect(hub.states.at(-1)?.state).toBe("stopped");
    expect(hub.interruptions).toEqual([]);
  });

  it("isn't the end of an earlier connection", () => {
    const events = script().connected().at(1_000).closed(1).state("Connected", "Reconnecting");
    events.at(1_010).negotiate(2, "id-2").socket(2, 2).state("Reconnecting", "Connected", "id-2");
    expect(events.onlyInterruption()).toMatchObject({ outcome: "reconnected", missedByClient: false });
  });
});

describe("two live connections of one hub URL", () => {
  it.each([true, false])("stay two lanes, no matter which of them is lost (probe: %s)", (probe) => {
    const events = script().at(0).page({ probe });
    for (const hub of [1, 2]) {
      if (probe)
        events
          .at(hub * 1_000)
          .hub(hub)
          .state("Disconnected", "Connecting", undefined, hub);
      events
        .at(hub * 1_000 + 10)
        .negotiate(hub, `id-${hub}`)
        .socket(hub, hub);
      if (probe) events.state("Connecting", "Connected", `id-${hub}`, hub);
    }
    events.at(9_000).closed(1);
    if (probe) events.add({ kind: "hub-lost", hub: 1 }).state("Connected", "Reconnecting", undefined, 1);
    events.at(9_010).negotiate(3, "id-3").socket(3, 3);
    if (probe) events.state("Reconnecting", "Connected", "id-3", 1);
    const { hubs } = events.reduce();
    expect(hubs.map(({ connectionId, interruptions }) => [connectionId, interruptions.length])).toEqual([
      ["id-3", 1],
      ["id-2", 0],
    ]);
  });
});
