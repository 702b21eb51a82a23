/** Cases that look like a cause but aren't, next to real ones: in many variations, so that a rule can't fit just one. */
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TransportName } from "../../../extension/core/protocol/terms.ts";
import type { HubConnectionModel } from "../../../extension/core/model/types.ts";
import { script, type EventScript } from "./event-script.ts";

const verdicts = ({ interruptions }: HubConnectionModel) => interruptions.map((one) => verdictOf(one));
const causes = (hub: HubConnectionModel): string[] =>
  verdicts(hub).map(({ cause, confidence }) => `${cause} ${confidence}`);

interface Life {
  /** Time between its messages in milliseconds. */
  readonly every: number;
  /** How many messages it received after the handshake. */
  readonly messages: number;
  /** How long it was silent before it was cut. */
  readonly quiet: number;
}

/** Interval of pings; more frequent messages are the app's. */
const PING_EVERY = 10_000;

interface Setting {
  readonly probe?: boolean;
  readonly code?: number | null;
  readonly transport?: TransportName;
  readonly keepAlive?: number;
}

/** One connection after the other, each cut at the end of its life; a moment later the next one is connected. */
function cutAfter(lives: readonly Life[], setting: Setting = {}): EventScript {
  const { probe = false, transport = "WebSockets", keepAlive = 15_000 } = setting;
  const code = setting.code === undefined ? (transport === "WebSockets" ? 1006 : null) : setting.code;
  const events = script().at(0).page({ probe });
  if (probe)
    events
      .add({
        kind: "hub",
        hub: 1,
        url: "https://board.example/hubs/board",
        serverTimeout: keepAlive * 2,
        keepAliveInterval: keepAlive,
        hasReconnectPolicy: true,
      })
      .state("Disconnected", "Connecting");
  let now = 10;
  for (const [i, { every, messages, quiet }] of lives.entries()) {
    const n = i + 1;
    events.at(now).negotiate(n, `id-${n}`).socket(n, n, transport);
    if (probe) events.state(i === 0 ? "Connecting" : "Reconnecting", "Connected", `id-${n}`);
    for (let k = 0; k < messages; k++)
      events.at((now += every)).message({ socket: n, direction: "in", type: every < PING_EVERY ? 1 : 6 });
    events.at((now += quiet)).closed(n, code);
    if (probe) events.add({ kind: "hub-lost", hub: 1 }).state("Connected", "Reconnecting");
    now += 50;
  }
  const last = lives.length + 1;
  events.at(now).negotiate(last, `id-${last}`).socket(last, last, transport);
  if (probe) events.state("Reconnecting", "Connected", `id-${last}`);
  return events;
}

describe("an idle timeout", () => {
  it("is not the cause after 14 s of silence between pings of 15 s, however often", () => {
    const life = { every: 15_000, messages: 2, quiet: 14_000 };
    for (const probe of [true, false]) {
      const hub = cutAfter([life, { ...life, messages: 4 }, { ...life, messages: 3 }], { probe }).onlyHub();
      for (const { cause } of verdicts(hub)) expect(cause).toBe("abrupt-loss");
    }
  });

  it("is not the cause after 3 s of silence, even if it happens twice", () => {
    const lives = [
      { every: 2_000, messages: 3, quiet: 3_000 },
      { every: 2_000, messages: 5, quiet: 3_050 },
    ];
    expect(causes(cutAfter(lives).onlyHub())).toEqual(["abrupt-loss medium", "abrupt-loss medium"]);
  });

  it("is not the cause after a silence that a connection has survived before", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5_000, max: 60_000 }),
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        (quiet, messages, probe) => {
          const every = quiet * 1.1 + 600;
          const hub = cutAfter(
            [
              { every, messages, quiet },
              { every, messages: messages + 1, quiet },
            ],
            { probe, keepAlive: 120_000 },
          ).onlyHub();
          for (const { cause } of verdicts(hub)) expect(cause).not.toBe("idle-timeout");
        },
      ),
      { numRuns: 100 },
    );
  });

  it("is the cause when connections of different age end after a silence of the same length", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20_300, max: 240_000 }),
        fc.integer({ min: -200, max: 200 }),
        fc.boolean(),
        (quiet, late, probe) => {
          const lives = [
            { every: 700, messages: 3, quiet },
            { every: 900, messages: 9, quiet: quiet + late },
          ];
          const hub = cutAfter(lives, { probe, keepAlive: 300_000 }).onlyHub();
          expect(causes(hub)).toEqual(["idle-timeout high", "idle-timeout high"]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("is at most probable after one cut, and only after more than the ping interval", () => {
    const once = (quiet: number, keepAlive: number) =>
      causes(cutAfter([{ every: 700, messages: 3, quiet }], { probe: true, keepAlive }).onlyHub())[0];
    expect(once(60_000, 40_000)).toBe("idle-timeout medium");
    expect(once(40_000, 60_000)).toBe("abrupt-loss medium");
    expect(once(14_000, 15_000)).toBe("abrupt-loss medium");
  });

  it("is not certain as the cause if several connections of a page are cut at the same time", () => {
    const events = script().at(0).page({ probe: false });
    const urls = ["board", "chat", "news"].map((path) => `https://board.example/hubs/${path}`);
    let n = 0;
    let now = 0;
    for (const round of [1, 2]) {
      const first = n + 1;
      for (const url of urls) {
        n++;
        events.at((now += 300)).add(
          {
            kind: "negotiate",
            request: n,
            url: `${url}/negotiate`,
            api: "fetch",
            askedStatefulReconnect: false,
          },
          { kind: "negotiate-ended", request: n, status: 200, connectionId: `id-${n}` },
        );
        events.socket(n, n);
      }
      now += 25_000 + round;
      for (let socket = first; socket <= n; socket++) events.at(now).closed(socket);
    }
    for (const hub of events.reduce().hubs)
      for (const verdict of verdicts(hub)) {
        expect(verdict.confidence).not.toBe("high");
        expect(verdict.evidence.map(({ text }) => text).join()).toContain("lost at the same time");
      }
  });

  it.each([1012, 1013, 1011, 4000])("is never the cause if close code %i gives the reason", (code) => {
    const life = { every: 700, messages: 3, quiet: 25_000 };
    const hub = cutAfter([life, { ...life, messages: 9 }, { ...life, messages: 5 }], { code }).onlyHub();
    for (const { cause } of verdicts(hub))
      expect(["closed-by-server-socket", "server-send-error"]).toContain(cause);
  });
});

describe("a lifetime limit", () => {
  it("is the cause when connections end at the same round age while messages are exchanged", () => {
    for (const probe of [true, false]) {
      // With pings every 15.9 s, both were silent for 14.1 s.
      const pinged = { every: 15_900, messages: 1, quiet: 14_100 };
      expect(causes(cutAfter([pinged, pinged], { probe }).onlyHub())).toEqual([
        "lifetime-limit high",
        "lifetime-limit high",
      ]);
      const busy = [
        { every: 1_000, messages: 29, quiet: 1_000 },
        { every: 700, messages: 40, quiet: 2_050 },
      ];
      expect(causes(cutAfter(busy, { probe }).onlyHub())).toEqual([
        "lifetime-limit high",
        "lifetime-limit high",
      ]);
    }
  });

  it("is only probable if the age isn't a round number, and certain after three times", () => {
    const life = { every: 1_000, messages: 26, quiet: 300 };
    expect(causes(cutAfter([life, life]).onlyHub())[0]).toBe("lifetime-limit medium");
    expect(causes(cutAfter([life, life, life]).onlyHub())[0]).toBe("lifetime-limit high");
  });

  it("is refuted by a connection that grew older", () => {
    const life = { every: 1_000, messages: 29, quiet: 1_000 };
    const older = { every: 1_000, messages: 50, quiet: 1_000 };
    for (const { cause } of verdicts(cutAfter([life, older, life]).onlyHub()))
      expect(cause).toBe("abrupt-loss");
  });

  it("is found for event streams, too, whose requests don't count for the silence", () => {
    const life = { every: 10_000, messages: 5, quiet: 5_000 };
    expect(causes(cutAfter([life, life], { transport: "ServerSentEvents" }).onlyHub())[0]).toBe(
      "lifetime-limit high",
    );
  });

  it("can't be distinguished from an idle timeout on connections without messages", () => {
    const silent = (quiet: number) => ({ every: 0, messages: 0, quiet });
    const setting = { probe: true, keepAlive: 120_000 };
    expect(causes(cutAfter([silent(30_000), silent(30_000)], setting).onlyHub())).toEqual([
      "idle-timeout medium",
      "idle-timeout medium",
    ]);
    expect(causes(cutAfter([silent(14_000), silent(14_000)]).onlyHub())).toEqual([
      "abrupt-loss medium",
      "abrupt-loss medium",
    ]);
  });
});
