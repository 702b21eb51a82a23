/** A recording that ends while its page continues, and one that begins on a page that is already running. */
import { describe, expect, it } from "vitest";
import type { Unstamped } from "../../../extension/core/events/events.ts";
import { adviceForOutcome } from "../../../extension/wording/advice-words.ts";
import { negotiateWords, whyNoHosting } from "../../../extension/wording/hub-sentences.ts";
import { statefulWord } from "../../../extension/wording/hub-words.ts";
import { hubFacts } from "../../../panel/timeline/hub-facts.tsx";
import { writeHtmlReport } from "../../../extension/report/html-report.tsx";
import { headline } from "../../../extension/popup/headline.ts";
import { isOver } from "../../../panel/state/is-over.ts";
import { START, URL_OF_HUB, script, type EventScript } from "./event-script.ts";

const ended = (
  events: EventScript,
  reason: "switched-off" | "probe-switched" = "switched-off",
): EventScript => events.add({ kind: "recording-ended", reason });
const hub = (number: number, more: object): Unstamped => ({
  kind: "hub",
  hub: number,
  url: URL_OF_HUB,
  serverTimeout: 30_000,
  keepAliveInterval: 15_000,
  hasReconnectPolicy: true,
  ...more,
});
const socket = (number: number, more: object, url = URL_OF_HUB.replace("https", "wss")): Unstamped => ({
  kind: "socket",
  socket: number,
  transport: "WebSockets",
  url: `${url}?id=…`,
  ...more,
});

describe("a recording that is switched off", () => {
  it.each([true, false])("doesn't keep showing a connection as connected (probe: %s)", (probe) => {
    const events = ended(script().connected(probe).at(5_000));
    const lane = events.onlyHub();
    expect(lane.states.at(-1)).toMatchObject({ state: "connected", until: START + 5_000 });
    expect(lane.transports[0]).toMatchObject({ until: START + 5_000, closed: null });
    expect(lane.interruptions).toEqual([]);
    expect(isOver(events.reduce())).toBe(true);
  });

  it("doesn't count a call as lost that may have been answered later", () => {
    const events = script()
      .connected()
      .message({ socket: 1, direction: "out", type: 1, target: "Ask", invocationId: "0" });
    expect(ended(events.at(5_000)).onlyHub().calls[0]).toMatchObject({ fate: "pending" });
  });

  it("shows in the report why it ended", () => {
    const report = writeHtmlReport(ended(script().connected().at(5_000)).reduce(), {
      hubscope: "1.0.0",
      style: "",
      exportedAt: START,
    });
    expect(report).toContain("while the page went on: recording was turned off.");
  });

  it("has no green dot and no count in the popup", () => {
    expect(headline({ connections: 5 }, { recording: false })).toEqual({
      text: "Recording is off: connections are not counted",
      live: false,
    });
    expect(headline({ connections: 5 }, { recording: true })).toEqual({
      text: "5 SignalR connections on this page",
      live: true,
    });
  });

  it("reports for an interruption only that the recording ended", () => {
    const events = script().connected().at(1_000).closed(1).state("Connected", "Reconnecting");
    const interruption = ended(events.at(3_000), "probe-switched").onlyInterruption();
    expect(interruption).toMatchObject({ outcome: "recording-ended", until: START + 3_000 });
    expect(adviceForOutcome(interruption)).toBe("The recording ended before the connection came back.");
  });
});

describe("a recording that begins on a running page", () => {
  it("shows open connections and their end, without the probe", () => {
    const events = script().at(60_000).page({ probe: false });
    events.add(
      socket(4, { already: "connected", since: START, connectionId: "id-7", protocol: "messagepack" }),
    );
    expect(events.onlyHub()).toMatchObject({
      connectionId: "id-7",
      protocol: "messagepack",
      transport: "WebSockets",
      attempts: [],
      states: [{ state: "connected", from: START + 60_000, until: null }],
      transports: [{ since: START, from: START + 60_000 }],
    });
    events.at(70_000).closed(4);
    expect(events.onlyHub().states.at(-1)).toMatchObject({ state: "disconnected", from: START + 70_000 });
  });

  it("shows a connection that was connecting when the recording began", () => {
    const events = script().at(60_000).page({ probe: false });
    events.add(socket(4, { already: "open", since: START + 59_000 })).at(61_000);
    events.add({ kind: "handshake", socket: 4, direction: "in" });
    expect(events.onlyHub().states.map(({ state }) => state)).toEqual(["connecting", "connected"]);
  });

  it("recognises a stateful reconnect of a connection whose start wasn't recorded", () => {
    const events = script().at(60_000).page({ probe: false });
    events.add(socket(4, { already: "connected", request: 9 }));
    events.at(61_000).closed(4).at(61_500).connecting(5, 9).add({ kind: "socket-opened", socket: 5 });
    events.message({ socket: 5, direction: "in", type: 9, sequenceId: 4 });
    expect(events.onlyInterruption().outcome).toBe("resumed");
  });

  it("matches each client with its connection by the connection id", () => {
    const events = script().at(60_000).page();
    events.add(
      hub(1, { state: "Connected", connectionId: "a" }),
      hub(2, { state: "Connected", connectionId: "b" }),
      hub(3, { state: "Reconnecting" }),
      socket(5, { already: "connected", connectionId: "b" }, "wss://other.example/client/"),
      socket(4, { already: "connected", connectionId: "a" }),
    );
    const { hubs } = events.reduce();
    expect(hubs.map(({ hub: id, transports }) => [id, transports.map((one) => one.socket)])).toEqual([
      [1, [4]],
      [2, [5]],
      [3, []],
    ]);
    expect(hubs.map(({ states }) => states.at(-1)?.state)).toEqual([
      "connected",
      "connected",
      "reconnecting",
    ]);
    // Its loss wasn't recorded.
    expect(hubs[2]?.interruptions).toEqual([]);
    events.at(62_000).state("Reconnecting", "Connected", "c", 3);
    expect(events.reduce().hubs[2]).toMatchObject({ connectionId: "c", interruptions: [] });
  });

  it("shows a client that was reconnecting when the recording began, and that then gave up", () => {
    const events = script().at(60_000).page();
    events
      .add(hub(1, { state: "Reconnecting" }))
      .at(61_000)
      .state("Reconnecting", "Disconnected");
    expect(events.onlyHub().states.map(({ state }) => state)).toEqual(["reconnecting", "disconnected"]);
  });

  it("shows a stop() that had started before", () => {
    const events = script().at(60_000).page();
    events
      .add(hub(1, { state: "Disconnecting" }))
      .at(61_000)
      .state("Disconnecting", "Disconnected");
    expect(events.onlyHub().states.map(({ state }) => state)).toEqual(["stopped"]);
  });

  it("gives a hub that hasn't said yet that it's connected, or lost, the socket that it has", () => {
    const events = script().at(60_000).page();
    events.add(hub(1, { state: "Connecting" })).add(socket(4, { already: "connected", connectionId: "a" }));
    events.add(hub(2, { state: "Reconnecting", url: `${URL_OF_HUB}2` }));
    events.add(socket(5, { already: "connected", connectionId: "b" }, `${URL_OF_HUB}2`));
    events.at(60_010).state("Connecting", "Connected", "a");
    const { hubs } = events.reduce();
    expect(hubs.map(({ hub: id, transports }) => [id, transports.map((one) => one.socket)])).toEqual([
      [1, [4]],
      [2, [5]],
    ]);
  });

  it("gives a connection that is resumed its next socket, whether its first one was found or not", () => {
    const events = script().at(60_000).page();
    events.add(hub(1, { state: "Connected", connectionId: "a" }));
    events.add(socket(4, { already: "connected", request: 1, connectionId: "a" }));
    events.add(hub(2, { state: "Connected", connectionId: "b", url: `${URL_OF_HUB}2` }));
    events.at(61_000);
    events.add({ kind: "socket-closed", socket: 4, code: 1006, reason: "", wasClean: false });
    events.add(socket(6, { request: 1 })).add(socket(7, { request: 2 }, `${URL_OF_HUB}2`));
    const { hubs } = events.reduce();
    expect(hubs.map(({ hub: id, transports }) => [id, transports.map((one) => one.socket)])).toEqual([
      [1, [4, 6]],
      [2, [7]],
    ]);
    expect(hubs.map(({ states }) => states.at(-1)?.state)).toEqual(["resumed", "resumed"]);
  });

  it("takes a new HubConnection for the next try of one that was already lost", () => {
    const events = script().at(60_000).page();
    events
      .add(hub(1, { state: "Disconnected" }))
      .at(61_000)
      .hub(2);
    events.state("Disconnected", "Connecting", undefined, 2);
    expect(events.onlyHub()).toMatchObject({ hub: 2 });
  });

  it("reports nothing about a negotiate before the recording", () => {
    const events = script().at(60_000).page();
    events.add(hub(1, { state: "Connected", connectionId: "id-1" }));
    events.add(socket(4, { already: "connected", since: START, connectionId: "id-1", protocol: "json" }));
    const lane = events.onlyHub();
    expect(negotiateWords(lane)).toBe("not known: before the recording began");
    expect(whyNoHosting(lane)).toBe("the negotiate was before the recording began");
    expect(statefulWord(lane)).toBe("unknown");
    expect(hubFacts(lane).join()).not.toMatch(/no negotiate|stateful/);
    const report = writeHtmlReport(events.reduce(), { hubscope: "1.0.0", style: "", exportedAt: START });
    expect(report).not.toContain("skipNegotiation");
    expect(report).toContain("<td>unknown</td>");
  });

  it("recognises skipNegotiation by an address without an id", () => {
    const events = script().at(0).page({ probe: false });
    const url = URL_OF_HUB.replace("https", "wss");
    events.add({ kind: "socket", socket: 1, transport: "WebSockets", url });
    const lane = events.onlyHub();
    expect(negotiateWords(lane)).toContain("skipped (skipNegotiation)");
    expect(statefulWord(lane)).toBe("off");
  });
});

describe("a negotiate without a connection", () => {
  it.each([
    [500, "answered with 500"],
    [null, "no answer: it failed"],
    [200, "answered with 200, but not by a SignalR hub"],
  ] as const)("is judged by its answer (%s)", (status, words) => {
    const lane = script().at(0).page({ probe: false }).negotiateFails(1, status, "x").onlyHub();
    expect(negotiateWords(lane)).toBe(words);
    expect(whyNoHosting(lane)).toBe(`the negotiate was ${words}`);
  });
});

describe("advice after a successful automatic reconnect", () => {
  it("reports that no action is needed only if nothing was lost", () => {
    const lost = (call: boolean): string => {
      const events = script().connected().at(1_000);
      if (call) events.message({ socket: 1, direction: "out", type: 1, target: "Save", invocationId: "0" });
      events.at(1_100).closed(1).state("Connected", "Reconnecting");
      events.at(1_200).negotiate(2, "id-2").socket(2, 2).state("Reconnecting", "Connected", "id-2");
      return adviceForOutcome(events.onlyInterruption());
    };
    expect(lost(false)).toBe("No action needed: automatic reconnect worked.");
    expect(lost(true)).toContain("doesn't restore what was lost");
  });
});
